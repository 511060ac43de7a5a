-- Grade steep rises as suspect
--
-- revision: 0019
-- revises: 0018
-- created: 2024-07-13 10:24:17

-- limbeck: upgrade (postgresql)
UPDATE reading SET quality = 'suspect'
FROM (
    SELECT device_id, metric_code, recorded_at,
           value - lag(value) OVER (PARTITION BY device_id, metric_code ORDER BY recorded_at) AS rise
    FROM reading
) AS step
WHERE (step.device_id, step.metric_code, step.recorded_at) = (reading.device_id, reading.metric_code, reading.recorded_at)
  AND step.rise > 40;

-- limbeck: upgrade (mariadb)
UPDATE reading
JOIN (
    SELECT device_id, metric_code, recorded_at,
           value - lag(value) OVER (PARTITION BY device_id, metric_code ORDER BY recorded_at) AS rise
    FROM reading
) AS step USING (device_id, metric_code, recorded_at)
SET reading.quality = 'suspect'
WHERE step.rise > 40;

-- limbeck: downgrade
UPDATE reading SET quality = 'good' WHERE quality = 'suspect';

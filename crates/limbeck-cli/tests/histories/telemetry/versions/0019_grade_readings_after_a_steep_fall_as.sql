-- Grade readings after a steep fall as suspect
--
-- revision: 0019
-- revises: 0018
-- created: 2024-07-13 10:24:17

-- limbeck: upgrade (postgresql)
UPDATE reading SET quality = 'suspect'
FROM (
    SELECT device_id, metric_code, recorded_at,
           lag(value) OVER (PARTITION BY device_id, metric_code ORDER BY recorded_at) - value AS fall
    FROM reading
) AS step
WHERE (step.device_id, step.metric_code, step.recorded_at) = (reading.device_id, reading.metric_code, reading.recorded_at)
  AND step.fall > 40;

-- limbeck: upgrade (mariadb)
UPDATE reading
JOIN (
    SELECT device_id, metric_code, recorded_at,
           lag(value) OVER (PARTITION BY device_id, metric_code ORDER BY recorded_at) - value AS fall
    FROM reading
) AS step USING (device_id, metric_code, recorded_at)
SET reading.quality = 'suspect'
WHERE step.fall > 40;

-- limbeck: downgrade
UPDATE reading SET quality = 'good' WHERE quality = 'suspect';

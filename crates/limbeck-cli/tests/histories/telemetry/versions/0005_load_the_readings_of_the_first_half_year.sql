-- Load the readings of the first half-year
--
-- revision: 0005
-- revises: 0004
-- created: 2024-02-26 16:31:48

-- limbeck: upgrade (postgresql)
INSERT INTO reading (device_id, metric_code, recorded_at, value)
WITH RECURSIVE sample (number) AS (
    SELECT 0 UNION ALL SELECT number + 1 FROM sample WHERE number < 17
)
SELECT device.id, metric.code, TIMESTAMP '2024-01-01 06:00:00' + sample.number * INTERVAL '10 days',
       CASE metric.code WHEN 'air' THEN 5 + mod(sample.number * 7, 31) / 2.0 ELSE 40 + mod(sample.number * 11, 57) END
FROM sample CROSS JOIN device CROSS JOIN metric
WHERE device.id <= 3 AND metric.code IN ('air', 'humidity');

-- limbeck: upgrade (mariadb)
INSERT INTO reading (device_id, metric_code, recorded_at, value)
WITH RECURSIVE sample (number) AS (
    SELECT 0 UNION ALL SELECT number + 1 FROM sample WHERE number < 17
)
SELECT device.id, metric.code, TIMESTAMP '2024-01-01 06:00:00' + INTERVAL (sample.number * 10) DAY,
       CASE metric.code WHEN 'air' THEN 5 + mod(sample.number * 7, 31) / 2.0 ELSE 40 + mod(sample.number * 11, 57) END
FROM sample CROSS JOIN device CROSS JOIN metric
WHERE device.id <= 3 AND metric.code IN ('air', 'humidity');

-- limbeck: downgrade
DELETE FROM reading;

-- Flag readings below freezing in a view
--
-- revision: 0011
-- revises: 0010
-- created: 2024-04-25 17:41:32

-- limbeck: upgrade
CREATE VIEW frost AS
SELECT device_id, recorded_at, value AS celsius, fahrenheit(value) AS fahrenheit
FROM reading WHERE metric_code = 'air' AND value < 6;

-- limbeck: downgrade
DROP VIEW frost;

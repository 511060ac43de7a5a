-- Allow one sum for each device, metric and day
--
-- revision: 0021
-- revises: 0020
-- created: 2024-07-29 15:12:41

-- limbeck: upgrade (postgresql)
-- limbeck: no transaction
CREATE UNIQUE INDEX CONCURRENTLY uq_daily_reading ON daily_reading (device_id, metric_code, day);

-- limbeck: upgrade (mariadb)
CREATE UNIQUE INDEX uq_daily_reading ON daily_reading (device_id, metric_code, day);

-- limbeck: downgrade (postgresql)
-- limbeck: no transaction
DROP INDEX CONCURRENTLY uq_daily_reading;

-- limbeck: downgrade (mariadb)
DROP INDEX uq_daily_reading ON daily_reading;

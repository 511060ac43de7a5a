-- Store values in double precision
--
-- revision: 0024
-- revises: 0023
-- created: 2024-09-09 15:53:21

-- limbeck: upgrade (postgresql)
DROP VIEW weekly_reading;
DROP MATERIALIZED VIEW daily_reading;
DROP VIEW frost;
ALTER TABLE reading ALTER COLUMN value TYPE double precision;
CREATE VIEW frost AS
SELECT device_id, recorded_at, value AS celsius, fahrenheit(value::numeric) AS fahrenheit
FROM reading WHERE metric_code = 'air' AND value < 6;
CREATE MATERIALIZED VIEW daily_reading AS
SELECT device_id, metric_code, CAST(recorded_at AS DATE) AS day,
       count(*) AS readings, min(value) AS low, max(value) AS high, round(avg(value)::numeric, 3) AS mean
FROM reading
GROUP BY device_id, metric_code, CAST(recorded_at AS DATE);
CREATE UNIQUE INDEX uq_daily_reading ON daily_reading (device_id, metric_code, day);
CREATE VIEW weekly_reading AS
SELECT device_id, metric_code, date_trunc('week', day)::date AS week, sum(readings) AS readings,
       min(low) AS low, max(high) AS high
FROM daily_reading
GROUP BY device_id, metric_code, date_trunc('week', day)::date;

-- limbeck: upgrade (mariadb)
ALTER TABLE reading MODIFY value DOUBLE NOT NULL;

-- limbeck: downgrade (postgresql)
DROP VIEW weekly_reading;
DROP MATERIALIZED VIEW daily_reading;
DROP VIEW frost;
ALTER TABLE reading ALTER COLUMN value TYPE NUMERIC(10, 3);
CREATE VIEW frost AS
SELECT device_id, recorded_at, value AS celsius, fahrenheit(value) AS fahrenheit
FROM reading WHERE metric_code = 'air' AND value < 6;
CREATE MATERIALIZED VIEW daily_reading AS
SELECT device_id, metric_code, CAST(recorded_at AS DATE) AS day,
       count(*) AS readings, min(value) AS low, max(value) AS high, round(avg(value)::numeric, 3) AS mean
FROM reading
GROUP BY device_id, metric_code, CAST(recorded_at AS DATE);
CREATE UNIQUE INDEX uq_daily_reading ON daily_reading (device_id, metric_code, day);
CREATE VIEW weekly_reading AS
SELECT device_id, metric_code, date_trunc('week', day)::date AS week, sum(readings) AS readings,
       min(low) AS low, max(high) AS high
FROM daily_reading
GROUP BY device_id, metric_code, date_trunc('week', day)::date;

-- limbeck: downgrade (mariadb)
ALTER TABLE reading MODIFY value NUMERIC(10, 3) NOT NULL;

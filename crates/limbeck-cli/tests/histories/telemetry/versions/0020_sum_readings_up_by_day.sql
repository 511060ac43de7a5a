-- Sum readings up by day
--
-- revision: 0020
-- revises: 0012
-- branch labels: rollup
-- created: 2024-07-26 13:59:18

-- limbeck: upgrade (postgresql)
CREATE MATERIALIZED VIEW daily_reading AS
SELECT device_id, metric_code, CAST(recorded_at AS DATE) AS day,
       count(*) AS readings, min(value) AS low, max(value) AS high, round(avg(value)::numeric, 3) AS mean
FROM reading
GROUP BY device_id, metric_code, CAST(recorded_at AS DATE);

-- limbeck: upgrade (mariadb)
CREATE TABLE daily_reading (
    device_id INTEGER NOT NULL,
    metric_code VARCHAR(16) NOT NULL,
    day DATE NOT NULL,
    readings BIGINT NOT NULL,
    low NUMERIC(10, 3) NOT NULL,
    high NUMERIC(10, 3) NOT NULL,
    mean NUMERIC(10, 3) NOT NULL
);

-- limbeck: downgrade (postgresql)
DROP MATERIALIZED VIEW daily_reading;

-- limbeck: downgrade (mariadb)
DROP TABLE daily_reading;

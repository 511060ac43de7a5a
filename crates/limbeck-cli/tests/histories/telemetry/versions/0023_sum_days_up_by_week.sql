-- Sum days up by week
--
-- revision: 0023
-- revises: 0022
-- created: 2024-08-24 12:19:28

-- limbeck: upgrade (postgresql)
CREATE VIEW weekly_reading AS
SELECT device_id, metric_code, date_trunc('week', day)::date AS week, sum(readings) AS readings,
       min(low) AS low, max(high) AS high
FROM daily_reading
GROUP BY device_id, metric_code, date_trunc('week', day)::date;

-- limbeck: upgrade (mariadb)
CREATE VIEW weekly_reading AS
SELECT device_id, metric_code, day - INTERVAL WEEKDAY(day) DAY AS week, sum(readings) AS readings,
       min(low) AS low, max(high) AS high
FROM daily_reading
GROUP BY device_id, metric_code, day - INTERVAL WEEKDAY(day) DAY;

-- limbeck: downgrade
DROP VIEW weekly_reading;

-- Collect statistics for the planner
--
-- revision: 0039
-- revises: 0038
-- created: 2025-02-21 16:52:46

-- limbeck: no transaction
-- limbeck: upgrade (postgresql)
VACUUM (ANALYZE) reading;
CREATE STATISTICS reading_device_metric (dependencies) ON device_id, metric_code FROM reading_2024q2;

-- limbeck: upgrade (mariadb)
ANALYZE TABLE reading;

-- limbeck: downgrade (postgresql)
DROP STATISTICS reading_device_metric;

-- limbeck: downgrade (mariadb)
-- Statistics stay; they do no harm.

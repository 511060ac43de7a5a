-- Find extreme readings fast
--
-- revision: 0029
-- revises: 0027
-- created: 2024-11-06 13:52:32

-- An index of a partitioned table cannot be built concurrently: each partition gets its own, then they are joined.
-- limbeck: upgrade (postgresql)
-- limbeck: no transaction
CREATE INDEX ix_reading_value ON ONLY reading (metric_code, value);
CREATE INDEX CONCURRENTLY ix_reading_2024q1_value ON reading_2024q1 (metric_code, value);
CREATE INDEX CONCURRENTLY ix_reading_2024q2_value ON reading_2024q2 (metric_code, value);
CREATE INDEX CONCURRENTLY ix_reading_2024q3_value ON reading_2024q3 (metric_code, value);
CREATE INDEX CONCURRENTLY ix_reading_later_value ON reading_later (metric_code, value);
ALTER INDEX ix_reading_value ATTACH PARTITION ix_reading_2024q1_value;
ALTER INDEX ix_reading_value ATTACH PARTITION ix_reading_2024q2_value;
ALTER INDEX ix_reading_value ATTACH PARTITION ix_reading_2024q3_value;
ALTER INDEX ix_reading_value ATTACH PARTITION ix_reading_later_value;

-- limbeck: upgrade (mariadb)
CREATE INDEX ix_reading_value ON reading (metric_code, value);

-- limbeck: downgrade (postgresql)
DROP INDEX ix_reading_value;

-- limbeck: downgrade (mariadb)
DROP INDEX ix_reading_value ON reading;

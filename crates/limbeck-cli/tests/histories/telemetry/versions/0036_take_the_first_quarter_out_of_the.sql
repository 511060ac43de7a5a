-- Take the first quarter out of the readings
--
-- revision: 0036
-- revises: 0035
-- created: 2025-01-06 17:35:17

-- limbeck: upgrade (postgresql)
ALTER TABLE reading DETACH PARTITION reading_2024q1;
ALTER TABLE reading_2024q1 RENAME TO archived_reading;

-- limbeck: upgrade (mariadb)
CREATE TABLE archived_reading LIKE reading;
ALTER TABLE archived_reading REMOVE PARTITIONING;
ALTER TABLE reading EXCHANGE PARTITION reading_2024q1 WITH TABLE archived_reading;

-- limbeck: downgrade (postgresql)
ALTER TABLE archived_reading RENAME TO reading_2024q1;
ALTER TABLE reading ATTACH PARTITION reading_2024q1 FOR VALUES FROM ('2024-01-01') TO ('2024-04-01');

-- limbeck: downgrade (mariadb)
ALTER TABLE reading EXCHANGE PARTITION reading_2024q1 WITH TABLE archived_reading;
DROP TABLE archived_reading;

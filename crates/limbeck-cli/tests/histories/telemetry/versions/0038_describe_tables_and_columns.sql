-- Describe tables and columns
--
-- revision: 0038
-- revises: 0037
-- created: 2025-02-08 15:15:22

-- limbeck: upgrade (postgresql)
COMMENT ON TABLE reading IS 'One value of one metric; a partition for each quarter';
COMMENT ON COLUMN reading.quality IS 'Set by "grade"; ''suspect'' is looked at by hand';
COMMENT ON MATERIALIZED VIEW daily_reading IS $$Refreshed by refresh_sums(); stale by a day at most$$;
COMMENT ON PROCEDURE refresh_sums() IS 'Takes no lock that readers notice';

-- limbeck: upgrade (mariadb)
ALTER TABLE reading COMMENT = 'One value of one metric; a partition for each quarter';
ALTER TABLE site MODIFY latitude NUMERIC(8, 5) COMMENT 'Degrees north; "NULL" indoors';

-- limbeck: downgrade (postgresql)
COMMENT ON PROCEDURE refresh_sums() IS NULL;
COMMENT ON MATERIALIZED VIEW daily_reading IS NULL;
COMMENT ON COLUMN reading.quality IS NULL;
COMMENT ON TABLE reading IS NULL;

-- limbeck: downgrade (mariadb)
ALTER TABLE site MODIFY latitude NUMERIC(8, 5);
ALTER TABLE reading COMMENT = '';

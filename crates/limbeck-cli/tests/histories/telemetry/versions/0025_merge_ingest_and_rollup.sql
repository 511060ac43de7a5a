-- Merge ingest and rollup
--
-- revision: 0025
-- revises: 0019, 0024
-- created: 2024-09-25 10:58:27

-- limbeck: upgrade

-- limbeck: downgrade

-- Merge catalogue and billing
--
-- revision: 1a4a3935f7e3
-- revises: bcf0f1499fa7, 0c2f7c039363
-- created: 2023-09-16 10:20:17

-- limbeck: upgrade

-- limbeck: downgrade

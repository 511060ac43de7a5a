-- Call the date of registration by its name
--
-- revision: 97d7a2469587
-- revises: 49249e3acdd2
-- created: 2024-01-26 09:06:57

-- limbeck: upgrade
ALTER TABLE customer RENAME COLUMN created_at TO registered_at;

-- limbeck: downgrade
ALTER TABLE customer RENAME COLUMN registered_at TO created_at;

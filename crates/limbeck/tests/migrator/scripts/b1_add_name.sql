-- add name
--
-- revision: b1
-- revises: a1

-- limbeck: upgrade
ALTER TABLE account ADD COLUMN name TEXT;
INSERT INTO account (name) VALUES ('first');

-- limbeck: downgrade
ALTER TABLE account DROP COLUMN name;

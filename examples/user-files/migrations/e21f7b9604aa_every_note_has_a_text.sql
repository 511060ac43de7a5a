-- every note has a text
--
-- revision: e21f7b9604aa
-- revises: b83c59f0e7d4

-- limbeck: upgrade
UPDATE note SET text = '' WHERE text IS NULL;
ALTER TABLE note ADD COLUMN changed_at TEXT;

-- limbeck: downgrade
ALTER TABLE note DROP COLUMN changed_at;

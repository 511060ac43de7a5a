-- every note has a text
--
-- SQLite itself cannot change a column; Limbeck does it, and keeps the tags that refer to the notes.
--
-- revision: e21f7b9604aa
-- revises: b83c59f0e7d4

-- limbeck: upgrade
UPDATE note SET text = '' WHERE text IS NULL;
ALTER TABLE note ALTER COLUMN text SET NOT NULL;
ALTER TABLE note ADD COLUMN changed_at TEXT;

-- limbeck: downgrade
ALTER TABLE note ALTER COLUMN text DROP NOT NULL;
ALTER TABLE note DROP COLUMN changed_at;

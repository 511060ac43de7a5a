-- one row for each tag
--
-- Tags were a list with commas.
--
-- revision: b83c59f0e7d4
-- revises: 6a0e4d11c2f5

-- limbeck: upgrade
CREATE TABLE tag (
    note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (note_id, name)
) WITHOUT ROWID;

WITH RECURSIVE split (note_id, name, rest) AS (
    SELECT id, '', tags || ',' FROM note WHERE tags IS NOT NULL
    UNION ALL
    SELECT note_id, trim(substr(rest, 1, instr(rest, ',') - 1)), substr(rest, instr(rest, ',') + 1)
    FROM split
    WHERE rest <> ''
)
INSERT OR IGNORE INTO tag (note_id, name) SELECT note_id, name FROM split WHERE name <> '';

ALTER TABLE note DROP COLUMN tags;

-- limbeck: downgrade
ALTER TABLE note ADD COLUMN tags TEXT;
UPDATE note SET tags = (SELECT group_concat(name) FROM tag WHERE note_id = note.id);
DROP TABLE tag;

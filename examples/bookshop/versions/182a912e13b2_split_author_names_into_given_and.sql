-- Split author names into given and family name
--
-- revision: 182a912e13b2
-- revises: 89e2e7060c6d
-- created: 2024-02-15 18:06:42

-- limbeck: upgrade
ALTER TABLE author ADD COLUMN given_name TEXT;
ALTER TABLE author ADD COLUMN family_name TEXT;

-- Homer has one name only: it counts as the family name.
UPDATE author SET
    given_name = CASE WHEN instr(name, ' ') > 0 THEN substr(name, 1, instr(name, ' ') - 1) END,
    family_name = substr(name, instr(name, ' ') + 1);

ALTER TABLE author ALTER COLUMN family_name SET NOT NULL;
ALTER TABLE author DROP COLUMN name;
CREATE INDEX ix_author_family_name ON author (family_name COLLATE NOCASE, given_name);

-- limbeck: downgrade
DROP INDEX ix_author_family_name;
ALTER TABLE author ADD COLUMN name TEXT;
UPDATE author SET name = coalesce(given_name || ' ', '') || family_name;
ALTER TABLE author ALTER COLUMN name SET NOT NULL;
ALTER TABLE author DROP COLUMN family_name;
ALTER TABLE author DROP COLUMN given_name;

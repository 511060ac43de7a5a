-- Grade readings as suspect, between good and bad
--
-- revision: 0018
-- revises: 0017
-- created: 2024-07-06 16:10:26

-- limbeck: no transaction
-- limbeck: upgrade (postgresql)
ALTER TYPE quality ADD VALUE 'suspect' AFTER 'good';

-- limbeck: upgrade (mariadb)
ALTER TABLE reading MODIFY quality ENUM ('good', 'suspect', 'bad') NOT NULL DEFAULT 'good';

-- limbeck: downgrade (postgresql)
UPDATE reading SET quality = 'bad' WHERE quality = 'suspect';
ALTER TYPE quality RENAME TO quality_old;
CREATE TYPE quality AS ENUM ('good', 'bad');
ALTER TABLE reading
    ALTER COLUMN quality DROP DEFAULT,
    ALTER COLUMN quality TYPE quality USING quality::text::quality,
    ALTER COLUMN quality SET DEFAULT 'good';
DROP TYPE quality_old;

-- limbeck: downgrade (mariadb)
UPDATE reading SET quality = 'bad' WHERE quality = 'suspect';
ALTER TABLE reading MODIFY quality ENUM ('good', 'bad') NOT NULL DEFAULT 'good';

-- Grade readings by quality
--
-- revision: 0014
-- revises: 0013
-- created: 2024-05-24 09:02:47

-- limbeck: upgrade (postgresql)
CREATE TYPE quality AS ENUM ('good', 'bad');
ALTER TABLE reading ADD COLUMN quality quality NOT NULL DEFAULT 'good';

-- limbeck: upgrade (mariadb)
ALTER TABLE reading ADD COLUMN quality ENUM ('good', 'bad') NOT NULL DEFAULT 'good';

-- limbeck: downgrade
ALTER TABLE reading DROP COLUMN quality;

-- limbeck: downgrade (postgresql)
DROP TYPE quality;

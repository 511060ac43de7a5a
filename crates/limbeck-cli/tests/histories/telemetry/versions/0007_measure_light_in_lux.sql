-- Measure light in lux
--
-- revision: 0007
-- revises: 0006
-- created: 2024-03-10 13:53:29

-- A new value can be used only after the transaction that adds it.
-- limbeck: upgrade (postgresql)
-- limbeck: no transaction
ALTER TYPE unit ADD VALUE IF NOT EXISTS 'lux' BEFORE 'pascal';

-- limbeck: upgrade (mariadb)
ALTER TABLE metric MODIFY unit ENUM ('celsius', 'percent', 'lux', 'pascal') NOT NULL;

-- limbeck: downgrade (postgresql)
CREATE TYPE unit_without_lux AS ENUM ('celsius', 'percent', 'pascal');
ALTER TABLE metric ALTER COLUMN unit TYPE unit_without_lux USING unit::text::unit_without_lux;
DROP TYPE unit;
ALTER TYPE unit_without_lux RENAME TO unit;

-- limbeck: downgrade (mariadb)
ALTER TABLE metric MODIFY unit ENUM ('celsius', 'percent', 'pascal') NOT NULL;

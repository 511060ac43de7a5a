-- Keep prices of variants in minor units
--
-- revision: 0a022f1b26ff
-- revises: 95d96d2670c4
-- created: 2023-10-16 16:28:19

-- limbeck: upgrade
ALTER TABLE variant ADD COLUMN price_minor BIGINT NOT NULL DEFAULT 0;
UPDATE variant SET price_minor = round(price * 100);
ALTER TABLE variant ALTER COLUMN price_minor DROP DEFAULT;
ALTER TABLE variant DROP COLUMN price;

-- limbeck: downgrade
ALTER TABLE variant ADD COLUMN price NUMERIC(10, 2) NOT NULL DEFAULT 0;
UPDATE variant SET price = price_minor / 100.0;
ALTER TABLE variant ALTER COLUMN price DROP DEFAULT;
ALTER TABLE variant DROP COLUMN price_minor;

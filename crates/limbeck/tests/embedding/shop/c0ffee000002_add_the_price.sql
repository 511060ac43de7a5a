-- add the price
--
-- revision: c0ffee000002
-- revises: c0ffee000001

-- limbeck: upgrade
ALTER TABLE product ADD COLUMN price_cents integer NOT NULL DEFAULT 0;

-- limbeck: downgrade
ALTER TABLE product DROP COLUMN price_cents;

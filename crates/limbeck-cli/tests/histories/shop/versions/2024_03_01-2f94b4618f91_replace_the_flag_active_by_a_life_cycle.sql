-- Replace the flag "active" by a life cycle
--
-- revision: 2f94b4618f91
-- revises: 0a9a77656d16
-- created: 2024-03-01 09:25:09

-- limbeck: upgrade
ALTER TABLE product ADD COLUMN lifecycle VARCHAR(12) NOT NULL DEFAULT 'draft';
UPDATE product SET lifecycle = CASE WHEN active THEN 'on sale' ELSE 'retired' END;
ALTER TABLE product ADD CONSTRAINT ck_product_lifecycle CHECK (lifecycle IN ('draft', 'on sale', 'retired'));
ALTER TABLE product DROP COLUMN active;

-- limbeck: downgrade
ALTER TABLE product ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;
UPDATE product SET active = (lifecycle = 'on sale');
ALTER TABLE product DROP CONSTRAINT ck_product_lifecycle;
ALTER TABLE product DROP COLUMN lifecycle;

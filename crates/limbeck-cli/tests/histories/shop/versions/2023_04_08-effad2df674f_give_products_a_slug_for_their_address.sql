-- Give products a slug for their address on the web
--
-- revision: effad2df674f
-- revises: 690815802240
-- created: 2023-04-08 15:27:12

-- limbeck: upgrade
ALTER TABLE product ADD COLUMN slug VARCHAR(140);
UPDATE product SET slug = lower(replace(name, ' ', '-'));

-- limbeck: upgrade (sqlite, postgresql)
ALTER TABLE product ALTER COLUMN slug SET NOT NULL;

-- limbeck: upgrade (mysql, mariadb)
ALTER TABLE product MODIFY slug VARCHAR(140) NOT NULL;

-- limbeck: upgrade
ALTER TABLE product ADD CONSTRAINT uq_product_slug UNIQUE (slug);

-- limbeck: downgrade
ALTER TABLE product DROP CONSTRAINT uq_product_slug;
ALTER TABLE product DROP COLUMN slug;

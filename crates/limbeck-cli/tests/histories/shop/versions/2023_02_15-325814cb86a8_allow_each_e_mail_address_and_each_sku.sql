-- Allow each e-mail address and each SKU once
--
-- revision: 325814cb86a8
-- revises: 4d39b342a62e
-- created: 2023-02-15 16:38:28

-- limbeck: upgrade
CREATE UNIQUE INDEX uq_customer_email ON customer (email);
ALTER TABLE product ADD CONSTRAINT uq_product_sku UNIQUE (sku);

-- limbeck: downgrade
ALTER TABLE product DROP CONSTRAINT uq_product_sku;

-- limbeck: downgrade (sqlite, postgresql)
DROP INDEX uq_customer_email;

-- limbeck: downgrade (mysql, mariadb)
DROP INDEX uq_customer_email ON customer;

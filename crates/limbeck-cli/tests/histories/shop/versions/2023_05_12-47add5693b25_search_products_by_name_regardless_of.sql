-- Search products by name regardless of case
--
-- revision: 47add5693b25
-- revises: 0e4ac9db006f
-- created: 2023-05-12 11:43:11

-- limbeck: upgrade (sqlite)
ALTER TABLE product ADD COLUMN search_name VARCHAR(120) GENERATED ALWAYS AS (lower(name)) VIRTUAL;

-- limbeck: upgrade (postgresql, mysql, mariadb)
ALTER TABLE product ADD COLUMN search_name VARCHAR(120) GENERATED ALWAYS AS (lower(name)) STORED;

-- limbeck: upgrade
CREATE INDEX ix_product_search_name ON product (search_name);

-- limbeck: downgrade (sqlite, postgresql)
DROP INDEX ix_product_search_name;

-- limbeck: downgrade (mysql, mariadb)
DROP INDEX ix_product_search_name ON product;

-- limbeck: downgrade
ALTER TABLE product DROP COLUMN search_name;

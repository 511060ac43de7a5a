-- Split customer names into first and last name
--
-- revision: fc097c442c9b
-- revises: 1a4a3935f7e3
-- created: 2023-09-20 12:19:23

-- limbeck: upgrade
ALTER TABLE customer ADD COLUMN first_name VARCHAR(60) NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN last_name VARCHAR(60) NOT NULL DEFAULT '';

-- The last word is the last name; a single word is a last name.
-- limbeck: upgrade (sqlite)
UPDATE customer SET last_name = replace(full_name, rtrim(full_name, replace(full_name, ' ', '')), '');
UPDATE customer SET first_name = trim(substr(full_name, 1, length(full_name) - length(last_name)));

-- limbeck: upgrade (postgresql)
UPDATE customer SET
    last_name = substring(full_name FROM '[^ ]+$'),
    first_name = coalesce(substring(full_name FROM '^(.*) [^ ]+$'), '');

-- limbeck: upgrade (mysql, mariadb)
UPDATE customer SET last_name = SUBSTRING_INDEX(full_name, ' ', -1);
UPDATE customer SET first_name = TRIM(LEFT(full_name, CHAR_LENGTH(full_name) - CHAR_LENGTH(last_name)));

-- limbeck: upgrade
ALTER TABLE customer DROP COLUMN full_name;
CREATE INDEX ix_customer_name ON customer (last_name, first_name);

-- limbeck: downgrade (sqlite, postgresql)
DROP INDEX ix_customer_name;

-- limbeck: downgrade (mysql, mariadb)
DROP INDEX ix_customer_name ON customer;

-- limbeck: downgrade
ALTER TABLE customer ADD COLUMN full_name VARCHAR(120);

-- limbeck: downgrade (sqlite, postgresql)
UPDATE customer SET full_name = trim(first_name || ' ' || last_name);
ALTER TABLE customer ALTER COLUMN full_name SET NOT NULL;

-- limbeck: downgrade (mysql, mariadb)
UPDATE customer SET full_name = TRIM(CONCAT(first_name, ' ', last_name));
ALTER TABLE customer MODIFY full_name VARCHAR(120) NOT NULL;

-- limbeck: downgrade
ALTER TABLE customer DROP COLUMN last_name;
ALTER TABLE customer DROP COLUMN first_name;

-- Add the status "returned"
--
-- revision: e76fe61b088f
-- revises: 150457565584
-- created: 2023-12-12 15:13:31

-- limbeck: upgrade (sqlite)
ALTER TABLE customer_order DROP CONSTRAINT ck_customer_order_status;
ALTER TABLE customer_order ADD CONSTRAINT ck_customer_order_status
    CHECK (status IN ('new', 'paid', 'shipped', 'returned', 'cancelled'));

-- PostgreSQL cannot take a value out of a type again, and the views read the column: both directions build a new type.
-- limbeck: upgrade (postgresql)
DROP VIEW customer_value;
DROP VIEW order_summary;
ALTER TYPE order_status RENAME TO order_status_old;
CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped', 'returned', 'cancelled');
ALTER TABLE customer_order
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE order_status USING status::text::order_status,
    ALTER COLUMN status SET DEFAULT 'new';
DROP TYPE order_status_old;
CREATE VIEW order_summary AS
SELECT customer_order.id, customer_order.customer_id, customer_order.status, customer_order.total_minor,
       customer_order.currency, customer_order.note, count(order_line.line_no) AS line_count
FROM customer_order
LEFT JOIN order_line ON order_line.order_id = customer_order.id
GROUP BY customer_order.id, customer_order.customer_id, customer_order.status, customer_order.total_minor,
         customer_order.currency, customer_order.note;

CREATE VIEW customer_value AS
SELECT customer.id, customer.first_name, customer.last_name, order_summary.currency,
       count(order_summary.id) AS orders, sum(order_summary.total_minor) AS spent_minor
FROM customer
JOIN order_summary ON order_summary.customer_id = customer.id
WHERE order_summary.status <> 'cancelled'
GROUP BY customer.id, customer.first_name, customer.last_name, order_summary.currency;

-- limbeck: upgrade (mysql, mariadb)
ALTER TABLE customer_order
    MODIFY status ENUM ('new', 'paid', 'shipped', 'returned', 'cancelled') NOT NULL DEFAULT 'new';

-- limbeck: downgrade
UPDATE customer_order SET status = 'cancelled' WHERE status = 'returned';

-- limbeck: downgrade (sqlite)
ALTER TABLE customer_order DROP CONSTRAINT ck_customer_order_status;
ALTER TABLE customer_order ADD CONSTRAINT ck_customer_order_status
    CHECK (status IN ('new', 'paid', 'shipped', 'cancelled'));

-- limbeck: downgrade (postgresql)
DROP VIEW customer_value;
DROP VIEW order_summary;
ALTER TYPE order_status RENAME TO order_status_old;
CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped', 'cancelled');
ALTER TABLE customer_order
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE order_status USING status::text::order_status,
    ALTER COLUMN status SET DEFAULT 'new';
DROP TYPE order_status_old;
CREATE VIEW order_summary AS
SELECT customer_order.id, customer_order.customer_id, customer_order.status, customer_order.total_minor,
       customer_order.currency, customer_order.note, count(order_line.line_no) AS line_count
FROM customer_order
LEFT JOIN order_line ON order_line.order_id = customer_order.id
GROUP BY customer_order.id, customer_order.customer_id, customer_order.status, customer_order.total_minor,
         customer_order.currency, customer_order.note;

CREATE VIEW customer_value AS
SELECT customer.id, customer.first_name, customer.last_name, order_summary.currency,
       count(order_summary.id) AS orders, sum(order_summary.total_minor) AS spent_minor
FROM customer
JOIN order_summary ON order_summary.customer_id = customer.id
WHERE order_summary.status <> 'cancelled'
GROUP BY customer.id, customer.first_name, customer.last_name, order_summary.currency;

-- limbeck: downgrade (mysql, mariadb)
ALTER TABLE customer_order
    MODIFY status ENUM ('new', 'paid', 'shipped', 'cancelled') NOT NULL DEFAULT 'new';

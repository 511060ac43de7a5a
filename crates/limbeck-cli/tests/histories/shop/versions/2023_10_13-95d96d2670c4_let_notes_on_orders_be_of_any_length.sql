-- Let notes on orders be of any length
--
-- revision: 95d96d2670c4
-- revises: 6f75efe20cc0
-- created: 2023-10-13 18:37:10

-- limbeck: upgrade (sqlite, postgresql)
DROP VIEW customer_value;
DROP VIEW order_summary;
ALTER TABLE customer_order ALTER COLUMN note TYPE TEXT;
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
ALTER TABLE customer_order MODIFY note TEXT;

-- limbeck: downgrade (sqlite, postgresql)
DROP VIEW customer_value;
DROP VIEW order_summary;
UPDATE customer_order SET note = substr(note, 1, 200) WHERE length(note) > 200;
ALTER TABLE customer_order ALTER COLUMN note TYPE VARCHAR(200);
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
UPDATE customer_order SET note = LEFT(note, 200) WHERE CHAR_LENGTH(note) > 200;
ALTER TABLE customer_order MODIFY note VARCHAR(200);

-- Summarise orders and customers in views
--
-- revision: 6f75efe20cc0
-- revises: fc097c442c9b
-- created: 2023-09-26 14:55:36

-- limbeck: upgrade
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

-- limbeck: downgrade
DROP VIEW customer_value;
DROP VIEW order_summary;

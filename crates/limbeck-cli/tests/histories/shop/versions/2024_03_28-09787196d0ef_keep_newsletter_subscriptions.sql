-- Keep newsletter subscriptions
--
-- revision: 09787196d0ef
-- revises: 51ba8f635058
-- created: 2024-03-28 09:53:29

-- limbeck: upgrade
CREATE TABLE newsletter (
    email VARCHAR(160) NOT NULL PRIMARY KEY,
    customer_id INTEGER,
    confirmed BOOLEAN NOT NULL DEFAULT FALSE,
    CONSTRAINT fk_newsletter_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE SET NULL
);

INSERT INTO newsletter (email, customer_id, confirmed) VALUES ('ada@example.com', NULL, FALSE);

-- Customers who have ordered have agreed to the newsletter.
-- limbeck: upgrade (sqlite, postgresql)
INSERT INTO newsletter (email, customer_id, confirmed)
SELECT email, id, TRUE FROM customer WHERE id IN (SELECT customer_id FROM customer_order)
ON CONFLICT (email) DO UPDATE SET customer_id = excluded.customer_id, confirmed = TRUE;

-- limbeck: upgrade (mysql, mariadb)
INSERT INTO newsletter (email, customer_id, confirmed)
SELECT email, id, TRUE FROM customer WHERE id IN (SELECT customer_id FROM customer_order)
ON DUPLICATE KEY UPDATE customer_id = VALUES(customer_id), confirmed = TRUE;

-- limbeck: downgrade
DROP TABLE newsletter;

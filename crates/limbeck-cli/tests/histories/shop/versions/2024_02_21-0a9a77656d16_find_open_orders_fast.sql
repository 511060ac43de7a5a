-- Find open orders fast
--
-- revision: 0a9a77656d16
-- revises: 5ba5bc18c55c
-- created: 2024-02-21 17:32:41

-- limbeck: upgrade (sqlite, postgresql)
CREATE INDEX ix_customer_order_open ON customer_order (placed_at) WHERE status IN ('new', 'paid');
CREATE INDEX ix_customer_email_domain ON customer (lower(substr(email, 1, 3)), registered_at DESC);

-- limbeck: upgrade (mysql, mariadb)
CREATE INDEX ix_customer_order_open ON customer_order (status, placed_at);

-- limbeck: downgrade (sqlite, postgresql)
DROP INDEX ix_customer_email_domain;
DROP INDEX ix_customer_order_open;

-- limbeck: downgrade (mysql, mariadb)
DROP INDEX ix_customer_order_open ON customer_order;

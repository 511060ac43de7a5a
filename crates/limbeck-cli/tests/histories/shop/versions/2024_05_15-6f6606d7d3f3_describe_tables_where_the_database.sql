-- Describe tables where the database keeps comments
--
-- revision: 6f6606d7d3f3
-- revises: a34e1d18d877
-- created: 2024-05-15 13:22:19

-- limbeck: upgrade (postgresql)
COMMENT ON TABLE customer_order IS 'An order; its total is kept by a trigger on order_line';
COMMENT ON COLUMN customer_order.total_minor IS 'In minor units of the currency: cents; yen';
COMMENT ON TYPE order_status IS 'How far an order has come';

-- limbeck: upgrade (sqlite)
-- SQLite keeps no comments.

-- limbeck: upgrade (mysql, mariadb)
ALTER TABLE customer_order COMMENT = 'An order; its total is kept by triggers on order_line';

-- limbeck: downgrade (postgresql)
COMMENT ON TYPE order_status IS NULL;
COMMENT ON COLUMN customer_order.total_minor IS NULL;
COMMENT ON TABLE customer_order IS NULL;

-- limbeck: downgrade (sqlite)

-- limbeck: downgrade (mysql, mariadb)
ALTER TABLE customer_order COMMENT = '';

-- Follow the status of an order
--
-- revision: 386ae4a8cc7f
-- revises: 89ed4e1fe4f9
-- created: 2023-07-04 12:25:32

-- limbeck: upgrade (sqlite)
ALTER TABLE customer_order ADD COLUMN status VARCHAR(12) NOT NULL DEFAULT 'new';
ALTER TABLE customer_order ADD CONSTRAINT ck_customer_order_status
    CHECK (status IN ('new', 'paid', 'shipped', 'cancelled'));

-- limbeck: upgrade (postgresql)
CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped', 'cancelled');
ALTER TABLE customer_order ADD COLUMN status order_status NOT NULL DEFAULT 'new';

-- limbeck: upgrade (mysql, mariadb)
ALTER TABLE customer_order
    ADD COLUMN status ENUM ('new', 'paid', 'shipped', 'cancelled') NOT NULL DEFAULT 'new';

-- limbeck: upgrade
UPDATE customer_order SET status = 'shipped' WHERE placed_at < '2023-03-03 00:00:00';
UPDATE customer_order SET status = 'cancelled' WHERE id = 4;

-- limbeck: downgrade (sqlite)
ALTER TABLE customer_order DROP CONSTRAINT ck_customer_order_status;

-- limbeck: downgrade
ALTER TABLE customer_order DROP COLUMN status;

-- limbeck: downgrade (postgresql)
DROP TYPE order_status;

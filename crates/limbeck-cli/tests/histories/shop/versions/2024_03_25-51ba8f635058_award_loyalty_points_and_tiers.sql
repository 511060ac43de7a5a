-- Award loyalty points and tiers
--
-- revision: 51ba8f635058
-- revises: 87e5d30f9f23
-- created: 2024-03-25 13:44:50

-- limbeck: upgrade
ALTER TABLE customer ADD COLUMN points INTEGER NOT NULL DEFAULT 0;
UPDATE customer SET points = (
    SELECT round(coalesce(sum(total_minor), 0) / 100.0) FROM customer_order
    WHERE customer_order.customer_id = customer.id AND status <> 'cancelled'
);

-- limbeck: upgrade (sqlite)
ALTER TABLE customer ADD COLUMN tier VARCHAR(8) GENERATED ALWAYS AS (
    CASE WHEN points >= 100 THEN 'gold' WHEN points >= 50 THEN 'silver' ELSE 'none' END
) VIRTUAL;

-- limbeck: upgrade (postgresql, mysql, mariadb)
ALTER TABLE customer ADD COLUMN tier VARCHAR(8) GENERATED ALWAYS AS (
    CASE WHEN points >= 100 THEN 'gold' WHEN points >= 50 THEN 'silver' ELSE 'none' END
) STORED;

-- limbeck: downgrade
ALTER TABLE customer DROP COLUMN tier;
ALTER TABLE customer DROP COLUMN points;

-- Track shipments
--
-- revision: 5ec2df2cc27a
-- revises: 51ba8f635058
-- created: 2024-04-14 14:32:07

-- limbeck: upgrade
CREATE TABLE shipment (
    tracking_code VARCHAR(40) NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL,
    warehouse_code VARCHAR(8) NOT NULL,
    weight_grams INTEGER,
    CONSTRAINT fk_shipment_order FOREIGN KEY (order_id) REFERENCES customer_order (id),
    CONSTRAINT fk_shipment_warehouse FOREIGN KEY (warehouse_code) REFERENCES warehouse (code)
);

-- limbeck: upgrade (sqlite, postgresql)
INSERT INTO shipment (tracking_code, order_id, warehouse_code, weight_grams)
SELECT 'legacy-' || id, id, 'VIE', NULL FROM customer_order WHERE status = 'shipped';

-- limbeck: upgrade (mysql, mariadb)
INSERT INTO shipment (tracking_code, order_id, warehouse_code, weight_grams)
SELECT CONCAT('legacy-', id), id, 'VIE', NULL FROM customer_order WHERE status = 'shipped';

-- limbeck: downgrade
DROP TABLE shipment;

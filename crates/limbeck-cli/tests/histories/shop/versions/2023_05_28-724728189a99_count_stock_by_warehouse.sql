-- Count stock by warehouse
--
-- revision: 724728189a99
-- revises: 47add5693b25
-- created: 2023-05-28 13:16:22

-- limbeck: upgrade
CREATE TABLE warehouse (
    code VARCHAR(8) NOT NULL PRIMARY KEY,
    country_code CHAR(2) NOT NULL,
    CONSTRAINT fk_warehouse_country FOREIGN KEY (country_code) REFERENCES country (code)
);

CREATE TABLE stock (
    variant_id INTEGER NOT NULL,
    warehouse_code VARCHAR(8) NOT NULL,
    quantity INTEGER NOT NULL DEFAULT 0,
    reserved INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (variant_id, warehouse_code),
    CONSTRAINT fk_stock_variant FOREIGN KEY (variant_id) REFERENCES variant (id) ON DELETE CASCADE,
    CONSTRAINT fk_stock_warehouse FOREIGN KEY (warehouse_code) REFERENCES warehouse (code)
);

INSERT INTO warehouse (code, country_code) VALUES ('VIE', 'AT'), ('BER', 'DE');
INSERT INTO stock (variant_id, warehouse_code, quantity, reserved)
SELECT id, 'VIE', 10 * id, 0 FROM variant;
INSERT INTO stock (variant_id, warehouse_code, quantity, reserved) VALUES (1, 'BER', 3, 5);

-- limbeck: downgrade
DROP TABLE stock;
DROP TABLE warehouse;

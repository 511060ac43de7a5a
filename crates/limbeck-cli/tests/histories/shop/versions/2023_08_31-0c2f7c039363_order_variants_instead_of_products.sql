-- Order variants instead of products
--
-- revision: 0c2f7c039363
-- revises: 3d5b99bb22cb
-- depends on: 43e2318ed952
-- created: 2023-08-31 16:15:11

-- limbeck: upgrade
ALTER TABLE order_line ADD COLUMN variant_id INTEGER;
UPDATE order_line SET variant_id = (
    SELECT min(variant.id) FROM variant WHERE variant.product_id = order_line.product_id
);

-- limbeck: upgrade (sqlite, postgresql)
ALTER TABLE order_line ALTER COLUMN variant_id SET NOT NULL;

-- limbeck: upgrade (mysql, mariadb)
ALTER TABLE order_line MODIFY variant_id INTEGER NOT NULL;

-- limbeck: upgrade
ALTER TABLE order_line DROP CONSTRAINT fk_order_line_product;
ALTER TABLE order_line DROP COLUMN product_id;
ALTER TABLE order_line ADD CONSTRAINT fk_order_line_variant FOREIGN KEY (variant_id) REFERENCES variant (id);

-- limbeck: downgrade
ALTER TABLE order_line DROP CONSTRAINT fk_order_line_variant;
ALTER TABLE order_line ADD COLUMN product_id INTEGER;
UPDATE order_line SET product_id = (
    SELECT variant.product_id FROM variant WHERE variant.id = order_line.variant_id
);
ALTER TABLE order_line DROP COLUMN variant_id;

-- limbeck: downgrade (sqlite, postgresql)
ALTER TABLE order_line ALTER COLUMN product_id SET NOT NULL;

-- limbeck: downgrade (mysql, mariadb)
ALTER TABLE order_line MODIFY product_id INTEGER NOT NULL;

-- limbeck: downgrade
ALTER TABLE order_line ADD CONSTRAINT fk_order_line_product FOREIGN KEY (product_id) REFERENCES product (id);

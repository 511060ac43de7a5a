-- Put products into categories
--
-- revision: 582eb8fb13cb
-- revises: 56d8365276e5
-- created: 2023-03-21 09:16:17

-- limbeck: upgrade
CREATE TABLE product_category (
    product_id INTEGER NOT NULL,
    category_id INTEGER NOT NULL,
    PRIMARY KEY (product_id, category_id),
    CONSTRAINT fk_product_category_product FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE,
    CONSTRAINT fk_product_category_category FOREIGN KEY (category_id) REFERENCES category (id) ON DELETE CASCADE
);

INSERT INTO product_category (product_id, category_id)
SELECT product.id, category.id
FROM product
JOIN category ON category.name = CASE
    WHEN product.name LIKE '%pot%' THEN 'Pots'
    WHEN product.name LIKE '%knife%' THEN 'Knives'
    WHEN product.name LIKE '%trowel%' OR product.name LIKE '%can%' THEN 'Tools'
END;

-- limbeck: downgrade
DROP TABLE product_category;

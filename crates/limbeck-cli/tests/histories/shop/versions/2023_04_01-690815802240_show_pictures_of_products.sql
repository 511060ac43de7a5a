-- Show pictures of products
--
-- revision: 690815802240
-- revises: 43e2318ed952
-- created: 2023-04-01 10:51:49

-- limbeck: upgrade
CREATE TABLE product_image (
    product_id INTEGER NOT NULL,
    position SMALLINT NOT NULL,
    url VARCHAR(255) NOT NULL,
    alt_text VARCHAR(255) NOT NULL DEFAULT '',
    PRIMARY KEY (product_id, position),
    CONSTRAINT fk_product_image_product FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE,
    CONSTRAINT ck_product_image_position CHECK (position BETWEEN 1 AND 20)
);

INSERT INTO product_image (product_id, position, url, alt_text) VALUES
    (1, 1, 'https://img.example.com/trowel.jpg?w=800&h=600', 'A trowel'),
    (1, 2, 'https://img.example.com/trowel-back.jpg', 'Its back'),
    (4, 1, 'https://img.example.com/knife.jpg', '');

-- limbeck: downgrade
DROP TABLE product_image;

-- Let the staff tag products
--
-- revision: 51aec8548c1b
-- revises: effad2df674f
-- created: 2023-04-15 11:02:08

-- limbeck: upgrade
CREATE TABLE tag (
    id INTEGER NOT NULL PRIMARY KEY,
    label VARCHAR(40) NOT NULL
);

CREATE TABLE product_tag (
    product_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    PRIMARY KEY (product_id, tag_id),
    CONSTRAINT fk_product_tag_product FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE CASCADE,
    CONSTRAINT fk_product_tag_tag FOREIGN KEY (tag_id) REFERENCES tag (id) ON DELETE CASCADE
);

INSERT INTO tag (id, label) VALUES (1, 'garden'), (2, 'Garden'), (3, 'gift'), (4, 'GIFT'), (5, 'sharp');
INSERT INTO product_tag (product_id, tag_id) VALUES (1, 1), (2, 2), (3, 1), (3, 2), (3, 4), (4, 5), (4, 3);

-- limbeck: downgrade
DROP TABLE product_tag;
DROP TABLE tag;

-- Arrange products in a tree of categories
--
-- revision: 56d8365276e5
-- revises: 5a1b331a079e
-- branch labels: catalogue
-- created: 2023-03-16 18:40:08

-- limbeck: upgrade
CREATE TABLE category (
    id INTEGER NOT NULL PRIMARY KEY,
    parent_id INTEGER,
    name VARCHAR(80) NOT NULL,
    CONSTRAINT fk_category_parent FOREIGN KEY (parent_id) REFERENCES category (id) ON DELETE CASCADE,
    CONSTRAINT uq_category_name UNIQUE (parent_id, name)
);

INSERT INTO category (id, parent_id, name) VALUES (1, NULL, 'Garden'), (2, NULL, 'Kitchen');
INSERT INTO category (id, parent_id, name) VALUES (3, 1, 'Tools'), (4, 1, 'Pots'), (5, 2, 'Knives');

-- limbeck: downgrade
DROP TABLE category;

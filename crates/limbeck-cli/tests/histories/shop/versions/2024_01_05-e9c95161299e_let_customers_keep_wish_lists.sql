-- Let customers keep wish lists
--
-- revision: e9c95161299e
-- revises: 670bfe88a1d6
-- created: 2024-01-05 13:21:10

-- limbeck: upgrade
CREATE TABLE wish (
    customer_id INTEGER NOT NULL,
    variant_id INTEGER NOT NULL,
    added_on DATE NOT NULL,
    PRIMARY KEY (customer_id, variant_id),
    CONSTRAINT fk_wish_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE,
    CONSTRAINT fk_wish_variant FOREIGN KEY (variant_id) REFERENCES variant (id) ON DELETE CASCADE
);

INSERT INTO wish (customer_id, variant_id, added_on) VALUES (1, 4, '2023-04-01'), (3, 2, '2023-04-02');

-- limbeck: downgrade
DROP TABLE wish;

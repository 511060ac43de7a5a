-- take orders
--
-- revision: c0ffee000003
-- revises: c0ffee000002

-- limbeck: upgrade
CREATE TABLE purchase (
    id integer PRIMARY KEY,
    product_id integer NOT NULL REFERENCES product (id),
    amount integer NOT NULL
);
INSERT INTO product (name, price_cents) VALUES ('gift card', 1000);

-- limbeck: downgrade
DROP TABLE purchase;
DELETE FROM product WHERE name = 'gift card';

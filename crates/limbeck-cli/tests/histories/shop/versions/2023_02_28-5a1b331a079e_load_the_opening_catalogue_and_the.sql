-- Load the opening catalogue and the first customers
--
-- revision: 5a1b331a079e
-- revises: 325814cb86a8
-- created: 2023-02-28 12:10:18

-- limbeck: upgrade
INSERT INTO customer (id, full_name, email, created_at) VALUES
    (1, 'Ada King', 'ada@example.com', '2023-01-09 08:00:00'),
    (2, 'Grace Brewster Hopper', 'grace@example.com', '2023-01-10 09:30:00'),
    (3, 'Madonna', 'madonna@example.com', '2023-02-01 12:00:00'),
    (4, 'Zoë O''Hara', 'zoe@example.com', '2023-02-14 17:45:10');

INSERT INTO address (id, customer_id, street, city, postcode, country_code) VALUES
    (1, 1, '12 St James''s Square', 'Vienna', '1010', 'AT'),
    (2, 2, '1 Navy Yard', 'Washington', '20374', 'US'),
    (3, 4, 'Rue de la Paix; 3e étage', 'Paris', '75002', 'FR');

INSERT INTO product (id, sku, name, description, price, active) VALUES
    (1, 'TRW-01', 'Garden trowel', 'Steel; ash handle.', 14.50, TRUE),
    (2, 'CAN-05', 'Watering can', NULL, 29.90, TRUE),
    (3, 'POT-12', 'Terracotta pot', 'Frost -- proof.', 7.25, TRUE),
    (4, 'KNF-02', 'Kitchen knife', 'Keeps its edge.', 64.00, TRUE),
    (5, 'SLD-99', 'Old sled', NULL, 19.99, FALSE);

-- limbeck: upgrade (postgresql)
SELECT setval(pg_get_serial_sequence('customer', 'id'), (SELECT max(id) FROM customer));
SELECT setval(pg_get_serial_sequence('address', 'id'), (SELECT max(id) FROM address));
SELECT setval(pg_get_serial_sequence('product', 'id'), (SELECT max(id) FROM product));

-- limbeck: downgrade
DELETE FROM product WHERE id BETWEEN 1 AND 5;
DELETE FROM address WHERE id BETWEEN 1 AND 3;
DELETE FROM customer WHERE id BETWEEN 1 AND 4;

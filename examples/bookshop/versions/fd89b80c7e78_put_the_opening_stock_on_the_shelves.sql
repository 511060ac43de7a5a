-- Put the opening stock on the shelves
--
-- revision: fd89b80c7e78
-- revises: c797bc01ed1c
-- created: 2024-01-20 18:43:30

-- limbeck: upgrade
INSERT INTO author (id, name, born) VALUES
    (1, 'Jane Austen', 1775),
    (2, 'Mary Shelley', 1797),
    (3, 'Homer', NULL),
    (4, 'Herman Melville', 1819);

INSERT INTO book (id, author_id, title, price, in_stock) VALUES
    (1, 1, 'Emma', 8.99, 12),
    (2, 1, 'Persuasion', 7.50, 4),
    (3, 2, 'Frankenstein; or, The Modern Prometheus', 6.25, 9),
    (4, 3, 'Odyssey', 12.00, 3),
    (5, 4, 'Moby-Dick', 10.40, 0);

-- limbeck: downgrade
DELETE FROM book WHERE id BETWEEN 1 AND 5;
DELETE FROM author WHERE id BETWEEN 1 AND 4;

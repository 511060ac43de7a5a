-- Take sold books off the shelf
--
-- revision: ad2e940977f6
-- revises: 49fc3e11276e
-- created: 2024-02-29 14:24:02

-- limbeck: upgrade
CREATE TRIGGER sale_line_takes_stock AFTER INSERT ON sale_line
BEGIN
    SELECT RAISE(ABORT, 'not enough copies in stock')
    WHERE (SELECT in_stock FROM book WHERE id = NEW.book_id) < NEW.quantity;
    UPDATE book SET in_stock = in_stock - NEW.quantity WHERE id = NEW.book_id;
END;

CREATE TRIGGER sale_line_returns_stock AFTER DELETE ON sale_line
BEGIN
    UPDATE book SET in_stock = in_stock + OLD.quantity WHERE id = OLD.book_id;
END;

INSERT INTO customer (id, email, joined) VALUES (1, 'ishmael@example.org', '2024-02-01');
INSERT INTO sale (id, customer_id, sold_at) VALUES (1, 1, '2024-02-03 10:15:00');
INSERT INTO sale_line (sale_id, book_id, quantity) VALUES (1, 1, 2), (1, 3, 1);

-- limbeck: downgrade
DELETE FROM sale_line WHERE sale_id = 1;
DELETE FROM sale WHERE id = 1;
DELETE FROM customer WHERE id = 1;
DROP TRIGGER sale_line_returns_stock;
DROP TRIGGER sale_line_takes_stock;

-- Remember the price each copy was sold at
--
-- revision: 07a1851a1c88
-- revises: e7b487da289a
-- created: 2024-04-09 17:16:48

-- limbeck: upgrade
ALTER TABLE sale_line ADD COLUMN unit_cents INTEGER;
UPDATE sale_line SET unit_cents = book.price_cents FROM book WHERE book.id = sale_line.book_id;
ALTER TABLE sale_line ALTER COLUMN unit_cents SET NOT NULL;

-- limbeck: downgrade
ALTER TABLE sale_line DROP COLUMN unit_cents;

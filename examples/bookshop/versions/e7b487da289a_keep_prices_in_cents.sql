-- Keep prices in cents
--
-- revision: e7b487da289a
-- revises: 0df096be76b4
-- created: 2024-03-25 11:35:37

-- limbeck: upgrade
ALTER TABLE book ADD COLUMN price_cents INTEGER;
UPDATE book SET price_cents = CAST(round(price * 100) AS INTEGER);
ALTER TABLE book DROP COLUMN price;
ALTER TABLE book ALTER COLUMN price_cents SET NOT NULL;
ALTER TABLE book ADD CONSTRAINT ck_book_price CHECK (price_cents >= 0);

-- limbeck: downgrade
ALTER TABLE book DROP CONSTRAINT ck_book_price;
ALTER TABLE book ADD COLUMN price NUMERIC(8, 2);
UPDATE book SET price = price_cents / 100.0;
ALTER TABLE book ALTER COLUMN price SET NOT NULL;
ALTER TABLE book DROP COLUMN price_cents;

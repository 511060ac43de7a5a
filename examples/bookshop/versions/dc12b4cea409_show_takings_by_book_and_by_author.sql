-- Show takings by book and by author
--
-- revision: dc12b4cea409
-- revises: 07a1851a1c88
-- created: 2024-04-27 14:58:25

-- limbeck: upgrade
CREATE VIEW book_takings AS
SELECT book.id AS book_id, book.title, book.author_id,
       coalesce(sum(sale_line.quantity), 0) AS copies,
       coalesce(sum(sale_line.quantity * sale_line.unit_cents), 0) AS cents
FROM book
LEFT JOIN sale_line ON sale_line.book_id = book.id
GROUP BY book.id;

CREATE VIEW author_takings AS
SELECT author.family_name, sum(book_takings.copies) AS copies, sum(book_takings.cents) AS cents
FROM author
JOIN book_takings ON book_takings.author_id = author.id
GROUP BY author.id;

-- limbeck: downgrade
DROP VIEW author_takings;
DROP VIEW book_takings;

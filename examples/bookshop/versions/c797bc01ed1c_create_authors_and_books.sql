-- Create authors and books
--
-- revision: c797bc01ed1c
-- revises: base
-- created: 2024-01-07 15:11:40

-- limbeck: upgrade
CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    born INTEGER
);

CREATE TABLE book (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES author (id),
    title TEXT NOT NULL,
    price NUMERIC(8, 2) NOT NULL,
    in_stock INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX ix_book_author_id ON book (author_id);

-- limbeck: downgrade
DROP TABLE book;
DROP TABLE author;

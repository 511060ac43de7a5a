-- Record customers and what they buy
--
-- revision: 49fc3e11276e
-- revises: fd89b80c7e78
-- branch labels: sales
-- created: 2024-01-31 16:29:23

-- limbeck: upgrade
CREATE TABLE customer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL COLLATE NOCASE,
    joined TEXT NOT NULL DEFAULT CURRENT_DATE
);

CREATE TABLE sale (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER REFERENCES customer (id) ON DELETE SET NULL,
    sold_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE sale_line (
    sale_id INTEGER NOT NULL REFERENCES sale (id) ON DELETE CASCADE,
    book_id INTEGER NOT NULL REFERENCES book (id),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (sale_id, book_id)
);

CREATE UNIQUE INDEX uq_customer_email ON customer (email);

-- limbeck: downgrade
DROP TABLE sale_line;
DROP TABLE sale;
DROP TABLE customer;

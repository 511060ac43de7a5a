-- Sort books into genres
--
-- revision: 89e2e7060c6d
-- revises: fd89b80c7e78
-- branch labels: catalogue
-- created: 2024-01-27 18:49:41

-- limbeck: upgrade
CREATE TABLE genre (
    code TEXT PRIMARY KEY,
    parent_code TEXT REFERENCES genre (code),
    label TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE book_genre (
    book_id INTEGER NOT NULL REFERENCES book (id) ON DELETE CASCADE,
    genre_code TEXT NOT NULL REFERENCES genre (code),
    PRIMARY KEY (book_id, genre_code)
);

INSERT INTO genre (code, parent_code, label) VALUES
    ('fiction', NULL, 'Fiction'),
    ('gothic', 'fiction', 'Gothic novels'),
    ('romance', 'fiction', 'Romance'),
    ('sea', 'fiction', 'Sea stories'),
    ('verse', NULL, 'Poetry');

INSERT INTO book_genre (book_id, genre_code) VALUES
    (1, 'romance'), (2, 'romance'), (3, 'gothic'), (4, 'verse'), (4, 'sea'), (5, 'sea');

-- limbeck: downgrade
DROP TABLE book_genre;
DROP TABLE genre;

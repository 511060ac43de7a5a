-- A music store, with what SQLite has beyond plain tables.

CREATE TABLE artist (
    artist_id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT COLLATE NOCASE NOT NULL CONSTRAINT artist_name UNIQUE ON CONFLICT IGNORE,
    founded DATE CHECK (founded IS NULL OR founded > '1900-01-01')
);

CREATE TABLE album (
    album_id INTEGER NOT NULL,
    title NVARCHAR(160) NOT NULL,
    artist_id INTEGER NOT NULL REFERENCES artist (artist_id) ON DELETE CASCADE ON UPDATE NO ACTION,
    released TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT pk_album PRIMARY KEY (album_id)
);
CREATE INDEX album_by_artist ON album (artist_id, title COLLATE NOCASE DESC);

CREATE TABLE "media type" (
    id INTEGER PRIMARY KEY,
    "order" INTEGER NOT NULL DEFAULT 0,
    name VARCHAR(120) DEFAULT 'it''s "new"'
);

CREATE TABLE genre (
    code TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE price (
    cents INTEGER PRIMARY KEY,
    euros REAL GENERATED ALWAYS AS (cents / 100.0) VIRTUAL,
    label TEXT AS (printf('%.2f EUR', cents / 100.0)) STORED
) STRICT;

CREATE TABLE track (
    track_id INTEGER PRIMARY KEY,
    name NVARCHAR(200) NOT NULL,
    album_id INTEGER CONSTRAINT fk_track_album REFERENCES album DEFERRABLE INITIALLY DEFERRED,
    "media type" INTEGER NOT NULL REFERENCES "media type" (id),
    genre_code TEXT REFERENCES genre (code) ON DELETE SET NULL,
    composer NVARCHAR(220),
    milliseconds INTEGER NOT NULL,
    bytes INTEGER,
    unit_price NUMERIC(10, 2) NOT NULL DEFAULT (99 / 100.0),
    rating INTEGER DEFAULT -1,
    UNIQUE (album_id, name),
    CONSTRAINT track_size CHECK (milliseconds > 0 AND (bytes IS NULL OR bytes >= 0)),
    CHECK (composer <> '')
);
CREATE INDEX track_loud ON track (lower(name)) WHERE rating > 3;
CREATE UNIQUE INDEX track_long ON track (album_id, milliseconds) WHERE milliseconds > 600000;

-- Two tables that need each other.
CREATE TABLE employee (
    employee_id INTEGER PRIMARY KEY,
    last_name NVARCHAR(20) NOT NULL,
    reports_to INTEGER REFERENCES employee (employee_id),
    office_id INTEGER REFERENCES office (office_id)
);
CREATE TABLE office (
    office_id INTEGER PRIMARY KEY,
    head_id INTEGER NOT NULL REFERENCES employee (employee_id)
);

CREATE TABLE customer (
    customer_id INTEGER PRIMARY KEY,
    email NVARCHAR(60) NOT NULL,
    support_rep_id INTEGER REFERENCES employee (employee_id) ON DELETE SET NULL,
    is_active BOOLEAN NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1))
);

CREATE TABLE invoice (
    invoice_id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer,
    invoice_date DATETIME NOT NULL DEFAULT (datetime('now')),
    total NUMERIC(10, 2) NOT NULL
);

CREATE TABLE invoice_line (
    invoice_id INTEGER NOT NULL REFERENCES invoice ON DELETE CASCADE,
    line INTEGER NOT NULL,
    track_id INTEGER NOT NULL REFERENCES track,
    quantity INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (invoice_id, line)
);

CREATE TABLE playlist_track (
    playlist TEXT NOT NULL,
    track_id INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
    PRIMARY KEY (playlist, track_id) ON CONFLICT REPLACE
) WITHOUT ROWID, STRICT;

CREATE VIRTUAL TABLE track_text USING fts5(name, composer, content='track', content_rowid='track_id');

CREATE VIEW long_track AS SELECT t.name, a.title FROM track AS t JOIN album AS a USING (album_id) WHERE t.milliseconds > 600000;
CREATE VIEW artist_of_long_track (artist, tracks) AS
    SELECT r.name, count(*) FROM long_track AS l JOIN album AS a ON a.title = l.title JOIN artist AS r USING (artist_id) GROUP BY r.name;

CREATE TRIGGER track_text_insert AFTER INSERT ON track BEGIN
    INSERT INTO track_text (rowid, name, composer) VALUES (new.track_id, new.name, new.composer);
END;
CREATE TRIGGER invoice_total AFTER INSERT ON invoice_line FOR EACH ROW WHEN new.quantity > 0 BEGIN
    UPDATE invoice SET total = total + new.quantity * (SELECT unit_price FROM track WHERE track_id = new.track_id)
    WHERE invoice_id = new.invoice_id;
END;

//! The main path on PostgreSQL and MariaDB.

use crate::{project::Project, support_database::Database};

#[test]
fn postgresql_from_an_empty_database_and_on() {
    let Some(project) = Project::server(Database::postgresql()) else {
        return;
    };
    project.start(
        "CREATE TYPE mood AS ENUM ('sad', 'ok');\n\
         CREATE TABLE author (id serial PRIMARY KEY, name text NOT NULL, mood mood DEFAULT 'ok');\n\
         CREATE TABLE book (id integer PRIMARY KEY, titel varchar(200) NOT NULL, author_id integer REFERENCES author (id));\n\
         CREATE VIEW titles AS SELECT titel FROM book;\n",
    );
    insta::assert_snapshot!(project.script("a1"), @r#"
    -- limbeck: upgrade
    CREATE TYPE mood AS ENUM ('sad', 'ok');

    CREATE TABLE author (
        id SERIAL NOT NULL,
        name TEXT NOT NULL,
        mood mood DEFAULT 'ok'::mood,
        CONSTRAINT author_pkey PRIMARY KEY (id)
    );

    CREATE TABLE book (
        id INTEGER NOT NULL,
        titel VARCHAR(200) NOT NULL,
        author_id INTEGER,
        CONSTRAINT book_pkey PRIMARY KEY (id),
        CONSTRAINT book_author_id_fkey FOREIGN KEY(author_id) REFERENCES author (id)
    );

    CREATE VIEW titles AS  SELECT book.titel
       FROM book;

    -- limbeck: downgrade
    DROP VIEW titles;

    DROP TABLE book;

    DROP TABLE author;

    DROP TYPE mood;
    "#);
    project.execute(
        "INSERT INTO author (id, name) VALUES (1, 'Ada'), (2, 'Ada') RETURNING name;\n\
         INSERT INTO book VALUES (1, 'Notes', 1) RETURNING titel;\n",
    );
    project.model(
        "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');\n\
         CREATE TABLE author (id serial PRIMARY KEY, name varchar(80) NOT NULL, mood mood DEFAULT 'ok', born date);\n\
         CREATE TABLE book (id integer PRIMARY KEY, title varchar(200) NOT NULL, author_id integer NOT NULL REFERENCES author (id),\n\
           pages integer NOT NULL CHECK (pages >= 0));\n\
         CREATE INDEX book_title ON book (lower(title));\n\
         CREATE VIEW titles AS SELECT title FROM book WHERE pages > 0;\n\
         COMMENT ON TABLE book IS 'What is on sale';\n",
    );
    let decided = ["--rename", "book.titel:title", "--fill", "book.pages=0"];
    insta::assert_snapshot!(project.autogenerate("b1", &decided), @r#"
    Generating [ROOT]/migrations/versions/b1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected renamed column 'book.titel' to 'title'
    INFO  [alembic.autogenerate.compare.tables] Detected added enum value 'happy' of 'mood'
    INFO  [alembic.autogenerate.compare.tables] Detected added column 'author.born'
    INFO  [alembic.autogenerate.compare.tables] Detected added column 'book.pages'
    INFO  [alembic.autogenerate.compare.types] Detected type change from TEXT to VARCHAR(80) on 'author.name'
    INFO  [alembic.autogenerate.compare.constraints] Detected NOT NULL on column 'book.author_id'
    INFO  [alembic.autogenerate.compare.comments] Detected table comment 'book'
    INFO  [alembic.autogenerate.compare.constraints] Detected added check constraint 'book_pages_check' on table 'book'
    INFO  [alembic.autogenerate.compare.constraints] Detected added index 'book_title' on '('lower(title::text)',)'
    INFO  [alembic.autogenerate.compare.tables] Detected changed view 'titles'
    WARNI [limbeck.autogenerate] this fails where a row of 'book' does not meet pages >= 0
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book RENAME titel TO title;

    DROP VIEW titles;

    ALTER TYPE mood ADD VALUE 'happy';

    ALTER TABLE author ADD COLUMN born DATE;

    ALTER TABLE book ADD COLUMN pages INTEGER;
    UPDATE book SET pages = 0 WHERE pages IS NULL;
    ALTER TABLE book ALTER COLUMN pages SET NOT NULL;

    -- Careful: 'author.name' may hold values that do not fit from TEXT into VARCHAR(80) (here: none).
    ALTER TABLE author ALTER COLUMN name TYPE VARCHAR(80);

    -- Careful: this fails where 'book.author_id' is NULL (here: none).
    ALTER TABLE book ALTER COLUMN author_id SET NOT NULL;

    COMMENT ON TABLE book IS 'What is on sale';

    -- Careful: this fails where a row of 'book' does not meet pages >= 0.
    ALTER TABLE book ADD CONSTRAINT book_pages_check CHECK (pages >= 0);

    CREATE INDEX book_title ON book (lower(title::text));

    CREATE VIEW titles AS  SELECT book.title
       FROM book
      WHERE (book.pages > 0);

    -- limbeck: downgrade
    ALTER TABLE book RENAME title TO titel;

    DROP VIEW titles;

    ALTER TABLE book DROP CONSTRAINT book_pages_check;

    DROP INDEX book_title;

    -- Careful: this fails where a row has the value 'happy' of 'mood'.
    ALTER TYPE mood RENAME TO mood_before;
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    ALTER TABLE author ALTER COLUMN mood DROP DEFAULT;
    ALTER TABLE author ALTER COLUMN mood TYPE mood USING mood::text::mood;
    ALTER TABLE author ALTER COLUMN mood SET DEFAULT 'ok'::mood;
    DROP TYPE mood_before;

    ALTER TABLE author ALTER COLUMN name TYPE TEXT;

    ALTER TABLE book ALTER COLUMN author_id DROP NOT NULL;

    COMMENT ON TABLE book IS NULL;

    ALTER TABLE author DROP COLUMN born;

    ALTER TABLE book DROP COLUMN pages;

    CREATE VIEW titles AS  SELECT book.titel
       FROM book;
    "#);
    let ran = project.run("upgrade head");
    assert_eq!(ran.code, 0, "{ran}");
    let ran = project.run("check");
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(project.database.texts("SELECT title FROM book"), ["Notes"]);
}

#[test]
fn mariadb_from_an_empty_database_and_on() {
    let Some(project) = Project::server(Database::mariadb()) else {
        return;
    };
    project.start(
        "CREATE TABLE author (id int PRIMARY KEY AUTO_INCREMENT, name varchar(80) NOT NULL);\n\
         CREATE TABLE book (id int PRIMARY KEY, titel varchar(200) NOT NULL, author_id int, FOREIGN KEY (author_id) REFERENCES author (id));\n",
    );
    insta::assert_snapshot!(project.script("a1"), @r#"
    -- limbeck: upgrade
    CREATE TABLE author (
        id INTEGER(11) NOT NULL AUTO_INCREMENT,
        name VARCHAR(80) NOT NULL,
        PRIMARY KEY (id)
    )ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_general_ci;

    CREATE TABLE book (
        id INTEGER(11) NOT NULL,
        titel VARCHAR(200) NOT NULL,
        author_id INTEGER(11),
        PRIMARY KEY (id),
        CONSTRAINT book_ibfk_1 FOREIGN KEY(author_id) REFERENCES author (id)
    )ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_general_ci;
    CREATE INDEX author_id ON book (author_id);

    -- limbeck: downgrade
    DROP TABLE book;

    DROP TABLE author;
    "#);
    project.execute("INSERT INTO book VALUES (1, 'Notes', NULL) RETURNING titel;\n");
    project.model(
        "CREATE TABLE author (id int PRIMARY KEY AUTO_INCREMENT, name varchar(40) NOT NULL, UNIQUE KEY one_name (name));\n\
         CREATE TABLE book (id int PRIMARY KEY, title varchar(200) NOT NULL, author_id int, pages int NOT NULL,\n\
           FOREIGN KEY (author_id) REFERENCES author (id));\n\
         CREATE INDEX book_title ON book (title);\n",
    );
    let decided = ["--rename", "book.titel:title", "--fill", "book.pages=0"];
    insta::assert_snapshot!(project.autogenerate("b1", &decided), @r#"
    Generating [ROOT]/migrations/versions/b1_x.sql ...  done
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected renamed column 'book.titel' to 'title'
    INFO  [alembic.autogenerate.compare.tables] Detected added column 'book.pages'
    INFO  [alembic.autogenerate.compare.types] Detected type change from VARCHAR(80) to VARCHAR(40) on 'author.name'
    INFO  [alembic.autogenerate.compare.constraints] Detected added index 'one_name' on '('name',)'
    INFO  [alembic.autogenerate.compare.constraints] Detected added index 'book_title' on '('title',)'
    [exit 0]
    "#);
    insta::assert_snapshot!(project.script("b1"), @r#"
    -- limbeck: upgrade
    ALTER TABLE book CHANGE titel title VARCHAR(200) NOT NULL;

    ALTER TABLE book ADD COLUMN pages INTEGER(11);
    UPDATE book SET pages = 0 WHERE pages IS NULL;
    ALTER TABLE book MODIFY pages INTEGER(11) NOT NULL;

    -- Careful: 'author.name' may hold values that do not fit from VARCHAR(80) into VARCHAR(40) (here: none).
    ALTER TABLE author MODIFY name VARCHAR(40) NOT NULL;

    -- Careful: this fails where rows of 'author' have the same (name) (here: none).
    CREATE UNIQUE INDEX one_name ON author (name);

    CREATE INDEX book_title ON book (title);

    -- limbeck: downgrade
    ALTER TABLE book CHANGE title titel VARCHAR(200) NOT NULL;

    DROP INDEX one_name ON author;

    DROP INDEX book_title ON book;

    ALTER TABLE author MODIFY name VARCHAR(80) NOT NULL;

    ALTER TABLE book DROP COLUMN pages;
    "#);
    project.holds();
    assert_eq!(project.database.texts("SELECT title FROM book"), ["Notes"]);
}

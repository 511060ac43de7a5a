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
    insta::assert_snapshot!(project.script("a1"), @"");
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
    insta::assert_snapshot!(project.autogenerate("b1", &decided), @"");
    insta::assert_snapshot!(project.script("b1"), @"");
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
    insta::assert_snapshot!(project.script("a1"), @"");
    project.execute("INSERT INTO book VALUES (1, 'Notes', NULL) RETURNING titel;\n");
    project.model(
        "CREATE TABLE author (id int PRIMARY KEY AUTO_INCREMENT, name varchar(40) NOT NULL, UNIQUE KEY one_name (name));\n\
         CREATE TABLE book (id int PRIMARY KEY, title varchar(200) NOT NULL, author_id int, pages int NOT NULL,\n\
           FOREIGN KEY (author_id) REFERENCES author (id));\n\
         CREATE INDEX book_title ON book (title);\n",
    );
    let decided = ["--rename", "book.titel:title", "--fill", "book.pages=0"];
    insta::assert_snapshot!(project.autogenerate("b1", &decided), @"");
    insta::assert_snapshot!(project.script("b1"), @"");
    project.holds();
    assert_eq!(project.database.texts("SELECT title FROM book"), ["Notes"]);
}

//! A model beside a database that has most of it: what is left out must not be missed.

use std::collections::BTreeSet;

use limbeck::{
    dialect::Query,
    migrate::{NormaliseOptions, Session, normalise, normalise_beside},
    schema::Database,
};
use limbeck_testing::postgres;
use sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

use super::{model, normalised, real};

const SCHEMA: &str = "
CREATE TABLE author (id integer NOT NULL, name varchar(40) DEFAULT 'x' NOT NULL, CONSTRAINT pk_author PRIMARY KEY (id), \
    CONSTRAINT uq_author UNIQUE (name));
CREATE TABLE book (id integer NOT NULL, author integer, price numeric(10, 2) DEFAULT 0, made timestamp DEFAULT CURRENT_TIMESTAMP, \
    CONSTRAINT pk_book PRIMARY KEY (id), CONSTRAINT fk_book FOREIGN KEY (author) REFERENCES author (id) ON DELETE CASCADE);
CREATE INDEX ix_book ON book (author, price DESC);
CREATE TABLE sale (id integer PRIMARY KEY, book integer REFERENCES book (id), amount integer CHECK (amount > 0));
CREATE TABLE shop (id integer NOT NULL PRIMARY KEY, town text);
CREATE VIEW seen AS SELECT id, amount FROM sale;
";

/// What a model may change, as a text that is replaced by another.
const CHANGES: [(&str, &str); 12] = [
    ("varchar(40)", "varchar(50)"),
    ("DEFAULT 'x'", "DEFAULT 'y'"),
    ("DEFAULT 0", "DEFAULT 1"),
    ("price DESC", "price"),
    ("CREATE INDEX ix_book", "CREATE UNIQUE INDEX ix_book"),
    ("ON DELETE CASCADE", "ON DELETE SET NULL"),
    ("town text", "town text NOT NULL"),
    ("pk_author PRIMARY KEY (id)", "pk_other PRIMARY KEY (id)"),
    ("SELECT id, amount FROM sale", "SELECT id FROM book"),
    ("amount > 0", "amount > 1"),
    (
        "CREATE TABLE shop (id integer NOT NULL PRIMARY KEY, town text);",
        "",
    ),
    (
        "CREATE VIEW",
        "CREATE TABLE more (id integer REFERENCES author (id));\nCREATE VIEW",
    ),
];

/// The parts of a schema, each as text.
fn parts(database: &Database) -> BTreeSet<String> {
    let tables = database.tables.iter().map(|one| format!("{one:?}"));
    let views = database.views.iter().map(|one| format!("{one:?}"));
    tables.chain(views).collect()
}

async fn assert_nothing_is_missed(session: &mut Session<'_>) {
    for statement in SCHEMA.split(";\n").filter(|text| !text.trim().is_empty()) {
        session.execute(statement, &[]).await.unwrap();
    }
    let actual = real(session, &[]).await;
    for (from, to) in std::iter::once(("", "")).chain(CHANGES) {
        let text = SCHEMA.replace(from, to);
        let options = NormaliseOptions::default();
        let whole = normalise(session, &model(&text), &options).await.unwrap();
        let beside = normalise_beside(session, &model(&text), &options, &actual)
            .await
            .unwrap();
        assert_eq!(parts(&beside), parts(&whole), "{from} → {to}");
        assert_eq!(parts(&whole) == parts(&actual), from == to, "{from} → {to}");
    }
}

/// A model that the engine refuses as a whole, whatever is there already.
async fn assert_refused(session: &mut Session<'_>, text: &str) {
    let actual = real(session, &[]).await;
    let options = NormaliseOptions::default();
    let whole = normalised(session, text).await.unwrap_err().to_string();
    let beside = normalise_beside(session, &model(text), &options, &actual).await;
    assert_eq!(beside.unwrap_err().to_string(), whole);
}

#[tokio::test]
async fn nothing_is_missed_on_sqlite() {
    let options = SqliteConnectOptions::new().in_memory(true);
    let mut session = Session::connect(options).await.unwrap();
    assert_nothing_is_missed(&mut session).await;
    assert_refused(&mut session, &format!("{SCHEMA}CREATE TABLE shop (x);")).await;
}

#[tokio::test]
async fn nothing_is_missed_on_postgresql() {
    let Some(database) = postgres().await else {
        return;
    };
    let options: PgConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options).await.unwrap();
    assert_nothing_is_missed(&mut session).await;
    // Nobody else names author's key, and book says what it said before.
    let without_key = SCHEMA.replace("CONSTRAINT pk_author PRIMARY KEY (id),", "");
    assert_refused(&mut session, &without_key).await;
    let without_table = SCHEMA.replace(
        "CREATE TABLE shop",
        "CREATE TABLE shop (id int);CREATE TABLE shop",
    );
    assert_refused(&mut session, &without_table).await;
}

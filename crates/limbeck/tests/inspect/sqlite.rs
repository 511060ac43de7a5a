//! SQLite.

use limbeck::{
    dialect::{InspectionRequest, Part, Parts},
    migrate::Session,
    schema::Database,
};
use sqlx::sqlite::SqliteConnectOptions;

use crate::build::{inspect, reads_the_same, run, sql};

pub(crate) async fn memory() -> Session<'static> {
    let options = SqliteConnectOptions::new().in_memory(true);
    Session::connect(options).await.unwrap()
}

const RICH: &[&str] = &[
    "CREATE TABLE author (id INTEGER NOT NULL, name VARCHAR(40) COLLATE NOCASE NOT NULL ON CONFLICT IGNORE, \
     born DATE, PRIMARY KEY (id), UNIQUE (name), CONSTRAINT named CHECK (length(name) > 0))",
    "CREATE TABLE \"Odd \"\"name\" (\"a b\" int DEFAULT -1, \"check\" text DEFAULT 'it''s' CHECK (\"check\" <> ''), \
     c DEFAULT (1 + 2), d TIMESTAMP DEFAULT CURRENT_TIMESTAMP, e DEFAULT ('a' || 'b'), f numeric(10,2) default 0.5)",
    "CREATE TABLE book (isbn TEXT PRIMARY KEY, author_id INTEGER REFERENCES author (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, \
     title TEXT NOT NULL, price NUMERIC(10, 2), length INTEGER GENERATED ALWAYS AS (length(title)) STORED, \
     double AS (price * 2), state some odd type (3, 4), unique (author_id, title) on conflict replace) WITHOUT ROWID",
    "CREATE TABLE strict_one (id INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB, any_ ANY) STRICT",
    "CREATE TABLE two (a INTEGER, b INTEGER, c, CONSTRAINT pk_two PRIMARY KEY (a, b), \
     CONSTRAINT fk_self FOREIGN KEY (a, b) REFERENCES two (b, a) ON UPDATE SET NULL MATCH FULL)",
    "CREATE INDEX by_title ON book (title COLLATE NOCASE DESC, lower(isbn), price) WHERE price > 0 AND title <> ')'",
    "CREATE UNIQUE INDEX \"odd ix\" ON \"Odd \"\"name\" (\"a b\")",
    "CREATE VIEW cheap (isbn, cost) AS SELECT isbn, price FROM book WHERE price < 10",
    "CREATE TRIGGER after_book AFTER INSERT ON book BEGIN UPDATE author SET born = NULL; END",
    "CREATE VIRTUAL TABLE search USING fts5(title, body)",
];

async fn rich() -> Session<'static> {
    let mut session = memory().await;
    run(&mut session, RICH).await;
    session
}

#[tokio::test]
async fn a_rich_schema_is_read_and_built_again() {
    let mut empty = memory().await;
    let database = reads_the_same(&mut rich().await, &mut empty).await;
    insta::assert_snapshot!(sql(&empty, &database), @r#"
    CREATE TABLE "Odd ""name" (
        "a b" INT DEFAULT (-1),
        "check" TEXT DEFAULT 'it''s',
        c  DEFAULT (1 + 2),
        d TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
        e  DEFAULT ('a' || 'b'),
        f NUMERIC(10, 2) DEFAULT (0.5),
        CHECK ("check" <> '')
    );
    CREATE UNIQUE INDEX "odd ix" ON "Odd ""name" ("a b");
    CREATE TABLE author (
        id INTEGER NOT NULL,
        name VARCHAR(40) COLLATE "NOCASE" NOT NULL ON CONFLICT IGNORE,
        born DATE,
        PRIMARY KEY (id),
        UNIQUE (name),
        CONSTRAINT named CHECK (length(name) > 0)
    );
    CREATE TABLE book (
        isbn TEXT NOT NULL,
        author_id INTEGER,
        title TEXT NOT NULL,
        price NUMERIC(10, 2),
        length INTEGER GENERATED ALWAYS AS (length(title)) STORED,
        double  GENERATED ALWAYS AS (price * 2) VIRTUAL,
        state SOME ODD TYPE(3, 4),
        PRIMARY KEY (isbn),
        UNIQUE (author_id, title) ON CONFLICT REPLACE,
        FOREIGN KEY(author_id) REFERENCES author (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    ) WITHOUT ROWID;
    CREATE INDEX by_title ON book (title COLLATE "NOCASE" DESC, lower(isbn), price) WHERE price > 0 AND title <> ')';
    CREATE VIRTUAL TABLE search USING fts5(title, body);
    CREATE TABLE strict_one (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        data BLOB,
        any_ ANY
    ) STRICT;
    CREATE TABLE two (
        a INTEGER,
        b INTEGER,
        c ,
        CONSTRAINT pk_two PRIMARY KEY (a, b),
        CONSTRAINT fk_self FOREIGN KEY(a, b) REFERENCES two (b, a) MATCH FULL ON UPDATE SET NULL
    );
    CREATE VIEW cheap (isbn, cost) AS SELECT isbn, price FROM book WHERE price < 10;
    CREATE TRIGGER after_book AFTER INSERT ON book BEGIN UPDATE author SET born = NULL; END
    "#);
    let names: Vec<String> = database
        .tables
        .iter()
        .map(|table| table.name.to_string())
        .collect();
    assert_eq!(
        names,
        [
            "author",
            "Odd \"name",
            "book",
            "strict_one",
            "two",
            "search"
        ]
    );
}

#[tokio::test]
async fn names_only_are_names_only() {
    let mut session = rich().await;
    let request = InspectionRequest {
        only: Some(Parts::One(Part::Names)),
        views: true,
        ..InspectionRequest::default()
    };
    let language = session.server().language();
    let database = language.inspect(&mut session, &request).await.unwrap();
    assert!(
        database
            .tables
            .iter()
            .all(|table| table.columns.is_empty() && table.indexes.is_empty())
    );
    assert_eq!(database.views.len(), 1);
}

#[tokio::test]
async fn a_table_is_found_by_name_in_any_case_and_among_temporary_ones() {
    let mut session = rich().await;
    run(
        &mut session,
        &["CREATE TEMPORARY TABLE passing (a INTEGER)"],
    )
    .await;
    assert!(
        !inspect(&mut session)
            .await
            .tables
            .iter()
            .any(|table| table.name.name.as_str() == "passing")
    );
    let request = InspectionRequest {
        tables: Some(vec![
            "BOOK".to_owned(),
            "passing".to_owned(),
            "nowhere".to_owned(),
        ]),
        ..InspectionRequest::default()
    };
    let language = session.server().language();
    let database = language.inspect(&mut session, &request).await.unwrap();
    let found: Vec<_> = database
        .tables
        .iter()
        .map(|table| {
            (
                table.name.name.as_str(),
                table.indexes.len(),
                table.prefixes.len(),
            )
        })
        .collect();
    assert_eq!(found, [("book", 1, 0), ("passing", 0, 1)]);
}

#[tokio::test]
async fn views_and_virtual_tables_have_columns() {
    let mut session = rich().await;
    let request = InspectionRequest {
        tables: Some(vec!["cheap".to_owned(), "search".to_owned()]),
        views: true,
        views_as_tables: true,
        ..InspectionRequest::default()
    };
    let language = session.server().language();
    let database: Database = language.inspect(&mut session, &request).await.unwrap();
    let columns: Vec<Vec<&str>> = database
        .tables
        .iter()
        .map(|table| {
            table
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect()
        })
        .collect();
    assert_eq!(columns, [vec!["isbn", "cost"], vec!["title", "body"]]);
}

#[tokio::test]
async fn an_attached_database_is_a_schema() {
    let mut session = memory().await;
    run(
        &mut session,
        &[
            "ATTACH ':memory:' AS \"other one\"",
            "CREATE TABLE \"other one\".t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id))",
            "CREATE INDEX \"other one\".i ON t (up)",
        ],
    )
    .await;
    let request = InspectionRequest::everything().in_schema("other one");
    let language = session.server().language();
    let database = language.inspect(&mut session, &request).await.unwrap();
    assert_eq!(database.schemas.len(), 1);
    let table = database.tables.first().unwrap();
    assert_eq!(table.name.to_string(), "other one.t");
    let json = serde_json::to_string(&table.constraints).unwrap();
    assert!(
        json.contains(r#""target":{"schema":"other one","name":"t"}"#),
        "{json}"
    );
}

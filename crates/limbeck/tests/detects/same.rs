//! What a database says otherwise than its model, or more than once, without being another.

use limbeck::{
    dialect::DialectName::{self, Mariadb, Postgresql, Sqlite},
    diff::{Decisions, Language, settled},
};

use crate::{
    places::{model, place, read, run, wanted},
    real_schemas::assert_nothing,
};

/// Builds a database by statements, and finds nothing between it and the model.
async fn same(dialect: DialectName, built: &str, stated: &str) {
    let Some(place) = place(dialect).await else {
        return;
    };
    let mut session = place.empty().await;
    run(&mut session, &model("built.sql", built)).await;
    let actual = read(&mut session, &[]).await;
    let as_model = wanted(&mut session, &model("model.sql", stated)).await;
    let dialect = session.server().language();
    let language = Language {
        capabilities: dialect.capabilities(),
        equivalence: dialect.equivalence(),
    };
    let as_model = settled(&actual, &as_model, language, &Decisions::default());
    assert_nothing(&session, &actual, &as_model, stated);
}

#[tokio::test]
async fn a_sequence_keeps_its_name_when_its_table_gets_another() {
    same(
        Postgresql,
        "CREATE TABLE work (id SERIAL CONSTRAINT book_pkey PRIMARY KEY);
         ALTER TABLE work RENAME TO book;",
        "CREATE TABLE book (id SERIAL PRIMARY KEY);",
    )
    .await;
}

#[tokio::test]
async fn a_sequence_keeps_its_name_when_its_column_gets_another() {
    same(
        Postgresql,
        "CREATE TABLE book (number BIGSERIAL PRIMARY KEY);
         ALTER TABLE book RENAME number TO id;",
        "CREATE TABLE book (id BIGSERIAL PRIMARY KEY);",
    )
    .await;
}

/// SQLAlchemy writes one for `unique=True` of a column that is the key as well.
#[tokio::test]
async fn a_unique_constraint_over_the_key_is_one_more() {
    let stated =
        "CREATE TABLE book (id INTEGER NOT NULL, CONSTRAINT once UNIQUE (id), PRIMARY KEY (id));";
    for dialect in [Sqlite, Postgresql, Mariadb] {
        same(dialect, stated, stated).await;
    }
}

#[tokio::test]
async fn a_unique_constraint_may_be_there_twice() {
    let stated = "CREATE TABLE book (id INTEGER PRIMARY KEY, isbn VARCHAR(13) UNIQUE, \
                  CONSTRAINT once UNIQUE (isbn), CONSTRAINT again UNIQUE (isbn));";
    for dialect in [Sqlite, Postgresql, Mariadb] {
        same(dialect, stated, stated).await;
    }
}

#[tokio::test]
async fn a_foreign_key_may_be_there_twice() {
    let stated = "CREATE TABLE author (id INTEGER PRIMARY KEY); \
                  CREATE TABLE book (author_id INTEGER, \
                  CONSTRAINT by_author FOREIGN KEY (author_id) REFERENCES author (id), \
                  CONSTRAINT by_the_same FOREIGN KEY (author_id) REFERENCES author (id));";
    for dialect in [Sqlite, Postgresql, Mariadb] {
        same(dialect, stated, stated).await;
    }
}

#[tokio::test]
async fn words_of_statements_may_be_names() {
    let stated = "CREATE TABLE \"table\" (\"schema\" INTEGER PRIMARY KEY, \"index\" INTEGER, \"check\" INTEGER); \
                  CREATE INDEX \"view\" ON \"table\" (\"index\", \"check\");";
    for dialect in [Sqlite, Postgresql] {
        same(dialect, stated, stated).await;
    }
    same(
        Mariadb,
        &stated.replace('"', "`"),
        &stated.replace('"', "`"),
    )
    .await;
}

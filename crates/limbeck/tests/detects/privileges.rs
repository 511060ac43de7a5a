//! What is created again has the privileges it had, whether the model says a word about them or not.

use limbeck::{
    dialect::{DialectName, Query},
    diff::{Decisions, Detected},
};

use crate::{
    case::revoke_all,
    engine::{apply, difference},
    places::{model, place, read, run, wanted},
};

/// Brings the database to a model that says nothing about privileges, and back.
async fn survive(dialect: DialectName, before: &str, after: &str, found: &[&str]) {
    let Some(place) = place(dialect).await else {
        return;
    };
    let mut session = place.empty().await;
    run(&mut session, &model("before.sql", before)).await;
    let after = wanted(&mut session, &model("after.sql", after)).await;
    let actual = read(&mut session, &[]).await;
    let granted = actual.grants.clone().unwrap();
    assert!(!granted.given.is_empty());

    let up = difference(&session, &actual, &after, &Decisions::default());
    let detected: Vec<String> = up.detected().map(Detected::to_string).collect();
    assert_eq!(detected, found);
    let done = apply(&mut session, "up", up.into_operations()).await;
    assert_eq!(done, Ok(()));
    let now = read(&mut session, &[]).await;
    assert_eq!(now.grants.as_ref(), Some(&granted), "the way there");

    // As a downgrade is written: from the model, whose privileges nobody knows.
    let back = difference(&session, &after, &actual, &Decisions::default());
    let done = apply(&mut session, "back", back.into_operations()).await;
    assert_eq!(done, Ok(()));
    let now = read(&mut session, &[]).await;
    assert_eq!(now.grants.as_ref(), Some(&granted), "the way back");
    revoke_all(&mut session, now).await;
}

#[tokio::test]
async fn on_postgresql_views_routines_and_tables_keep_them() {
    survive(
        DialectName::Postgresql,
        "CREATE TYPE mood AS ENUM ('low', 'high');
         CREATE TABLE book (id serial PRIMARY KEY, title varchar(20), feeling mood, price integer);
         CREATE TABLE part (id integer) PARTITION BY LIST (id);
         CREATE VIEW titles AS SELECT title FROM book;
         CREATE VIEW first AS SELECT title FROM titles;
         CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS number FROM book;
         CREATE FUNCTION price() RETURNS integer LANGUAGE sql AS 'SELECT 1';
         CREATE FUNCTION secret() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
         REVOKE EXECUTE ON FUNCTION secret() FROM PUBLIC;
         GRANT EXECUTE ON FUNCTION secret(), price() TO pg_monitor WITH GRANT OPTION;
         GRANT SELECT ON titles, counted TO pg_monitor;
         GRANT SELECT (title), UPDATE (title) ON first TO PUBLIC;
         GRANT SELECT, INSERT ON book, part TO pg_monitor;
         GRANT USAGE ON book_id_seq TO pg_monitor;
         REVOKE USAGE ON TYPE mood FROM PUBLIC;",
        "CREATE TYPE mood AS ENUM ('low');
         CREATE TABLE book (id serial PRIMARY KEY, title varchar(40), feeling mood, price integer);
         CREATE TABLE part (id integer) PARTITION BY RANGE (id);
         CREATE VIEW titles AS SELECT title FROM book;
         CREATE VIEW first AS SELECT title FROM titles;
         CREATE MATERIALIZED VIEW counted AS SELECT count(*) + 1 AS number FROM book;
         CREATE FUNCTION price() RETURNS text LANGUAGE sql AS 'SELECT ''a''';
         CREATE FUNCTION secret() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT ''a''';",
        &[
            "Detected removed enum value 'high' of 'mood'",
            "Detected added table 'part'",
            "Detected type change from VARCHAR(20) to VARCHAR(40) on 'book.title'",
            "Detected removed table 'part_before'",
            "Detected changed function 'price()'",
            "Detected changed function 'secret()'",
            "Detected changed materialized view 'counted'",
        ],
    )
    .await;
}

#[tokio::test]
async fn on_mariadb_routines_keep_them_and_new_names_get_them() {
    survive(
        DialectName::Mariadb,
        "CREATE TABLE book (id integer PRIMARY KEY, title varchar(20));
         CREATE VIEW titles AS SELECT title FROM book;
         CREATE FUNCTION price() RETURNS integer DETERMINISTIC RETURN 1;
         GRANT SELECT, UPDATE (title) ON titles TO 'mariadb.sys'@'localhost';
         GRANT INSERT ON book TO 'mariadb.sys'@'localhost' WITH GRANT OPTION;
         GRANT EXECUTE ON FUNCTION price TO 'mariadb.sys'@'localhost';",
        "CREATE TABLE book (id integer PRIMARY KEY, title varchar(20));
         CREATE VIEW titles AS SELECT title FROM book WHERE id > 0;
         CREATE FUNCTION price() RETURNS integer DETERMINISTIC RETURN 2;",
        &[
            "Detected changed function 'price'",
            "Detected changed view 'titles'",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_model_that_says_nothing_revokes_nothing() {
    let Some(place) = place(DialectName::Postgresql).await else {
        return;
    };
    let mut session = place.empty().await;
    let table = "CREATE TABLE book (id integer);";
    session.execute(table, &[]).await.unwrap();
    let grant = "GRANT SELECT ON book TO pg_monitor";
    session.execute(grant, &[]).await.unwrap();
    let actual = read(&mut session, &[]).await;
    let silent = wanted(&mut session, &model("silent.sql", table)).await;
    let found = difference(&session, &actual, &silent, &Decisions::default());
    assert!(found.is_empty());
    let speaks = format!("{table} REVOKE ALL ON book FROM PUBLIC;");
    let speaks = wanted(&mut session, &model("speaks.sql", &speaks)).await;
    let found = difference(&session, &actual, &speaks, &Decisions::default());
    assert_eq!(found.detected().count(), 1);
}

//! Privileges that a model states.

use limbeck::{
    dialect::Query,
    migrate::{NormaliseError, Session},
    schema::{Database, Grant},
};
use sqlx::{mysql::MySqlConnectOptions, postgres::PgConnectOptions};

use super::{normalised, with_grants};

fn texts(database: &Database) -> Vec<String> {
    let grants = database.grants.as_ref().unwrap();
    let text = |grant: &Grant| format!("{grant} to {}", grant.to);
    let withheld = grants
        .withheld
        .iter()
        .map(|one| format!("not {}", text(one)));
    grants.given.iter().map(text).chain(withheld).collect()
}

const MODEL: &str = "\
CREATE SCHEMA shop;
CREATE TYPE mood AS ENUM ('low');
CREATE TABLE account (id serial PRIMARY KEY, name text);
CREATE TABLE shop.\"Order\" (id integer);
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 2';
CREATE FUNCTION twice(n text) RETURNS text LANGUAGE sql AS 'SELECT n || n';
GRANT SELECT ON ALL TABLES IN SCHEMA public, shop TO pg_monitor WITH GRANT OPTION;
GRANT UPDATE (name) ON account TO PUBLIC;
GRANT ALL ON account TO CURRENT_USER;
REVOKE ALL ON FUNCTION twice(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION twice(text) TO pg_monitor;
GRANT USAGE ON SCHEMA public, shop TO pg_monitor;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO pg_monitor;
";

#[tokio::test]
async fn postgresql_says_what_they_come_to() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let options: PgConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options).await.unwrap();
    let wanted = normalised(&mut session, MODEL).await.unwrap();
    assert!(texts(&with_grants(&mut session, &[]).await).is_empty());
    session.execute(MODEL, &[]).await.unwrap();
    let actual = with_grants(&mut session, &["shop"]).await;
    let signature = &actual.routines[1].signature;
    assert_eq!(signature.as_deref(), Some("n text"));
    assert_eq!(
        texts(&actual),
        [
            "USAGE on schema 'public' to 'pg_monitor'",
            "UPDATE (name) on 'account' to PUBLIC",
            "SELECT on 'account' to 'pg_monitor'",
            "USAGE on sequence 'account_id_seq' to 'pg_monitor'",
            "EXECUTE on function 'twice(n text)' to 'pg_monitor'",
            "USAGE on schema 'shop' to 'pg_monitor'",
            "SELECT on 'shop.Order' to 'pg_monitor'",
            "not EXECUTE on function 'twice(n text)' to PUBLIC",
        ]
    );
    assert_eq!(wanted.grants, actual.grants);
    // A model without a word about them does not know any.
    let silent = normalised(&mut session, "CREATE TABLE account (id integer)");
    assert_eq!(silent.await.unwrap().grants, None);
}

#[tokio::test]
async fn what_the_role_gives_by_default_is_given_in_the_model_too() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let options: PgConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options).await.unwrap();
    let rule = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor";
    session.execute(rule, &[]).await.unwrap();
    let model = "CREATE TABLE account (id integer); GRANT INSERT ON account TO PUBLIC";
    session.execute(model, &[]).await.unwrap();
    let actual = with_grants(&mut session, &[]).await;
    assert_eq!(texts(&actual).len(), 2);
    let wanted = normalised(&mut session, model).await.unwrap();
    assert_eq!(wanted.grants, actual.grants);
}

#[tokio::test]
async fn a_role_that_is_not_there_is_named_with_its_place() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let options: PgConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options).await.unwrap();
    let model = "CREATE TABLE t (x integer);\nGRANT SELECT ON t TO nobody_knows;";
    let error = normalised(&mut session, model).await.unwrap_err();
    assert!(
        matches!(error, NormaliseError::MissingRole { .. }),
        "{error}"
    );
    let text = error.to_string();
    assert!(text.starts_with("schema.sql:2:"), "{text}");
    assert!(text.contains("create this one there"), "{text}");
}

#[tokio::test]
async fn mariadb_is_not_asked_to_grant() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let options: MySqlConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options).await.unwrap();
    let name = &database.name;
    let model = format!(
        "CREATE TABLE account (id INTEGER, name TEXT);\nCREATE PROCEDURE Twice() SELECT 2;\n\
         GRANT SELECT, UPDATE (name) ON {name}.account TO 'mariadb.sys'@localhost, `x y`@'%' IDENTIFIED BY 'a,b' WITH GRANT OPTION;\n\
         GRANT ALL ON PROCEDURE twice TO nobody_knows;\nGRANT SELECT ON *.* TO u;\nGRANT reader TO u;\n\
         REVOKE IF EXISTS ALL PRIVILEGES, GRANT OPTION FROM u;\nGRANT EXECUTE ON * TO u@127.0.0.1;\n\
         REVOKE SELECT ON account FROM `x y`@'%';"
    );
    let wanted = normalised(&mut session, &model).await.unwrap();
    assert_eq!(
        texts(&wanted),
        [
            "EXECUTE on the database to 'u'@'127.0.0.1'",
            "GRANT OPTION, SELECT on 'account' to 'mariadb.sys'@'localhost'",
            "UPDATE (name) on 'account' to 'mariadb.sys'@'localhost'",
            "GRANT OPTION on 'account' to 'x y'@'%'",
            "UPDATE (name) on 'account' to 'x y'@'%'",
            "ALTER ROUTINE, EXECUTE on procedure 'Twice' to 'nobody_knows'@'%'",
        ]
    );
    for left in ["tables_priv", "db", "procs_priv", "columns_priv"] {
        let sql = format!("SELECT count(*) FROM mysql.{left} WHERE Db LIKE 'limbeck\\_scratch%'");
        let left = session.query(&sql, &[]).await.unwrap();
        assert_eq!(left[0][0].as_integer(), Some(0));
    }
}

#[tokio::test]
async fn an_account_without_the_right_to_look_knows_of_none() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let options: MySqlConnectOptions = database.url.parse().unwrap();
    let mut session = Session::connect(options.clone()).await.unwrap();
    let name = &database.name;
    for sql in [
        format!("CREATE USER {name}@'%' IDENTIFIED BY 'few'"),
        format!("GRANT ALL ON {name}.* TO {name}@'%'"),
    ] {
        session.execute(&sql, &[]).await.unwrap();
    }
    let few = options.username(name).password("few");
    let mut few = Session::connect(few).await.unwrap();
    let made = few.execute("CREATE PROCEDURE p() SELECT 1", &[]).await;
    let read = with_grants(&mut few, &[]).await;
    let known = with_grants(&mut session, &[]).await;
    let sql = format!("DROP USER {name}@'%'");
    session.execute(&sql, &[]).await.unwrap();
    made.unwrap();
    assert_eq!((read.grants, read.routines.len()), (None, 1));
    // What the server gives the creator of a procedure is nobody's statement.
    let known = texts(&known);
    assert!(
        known.iter().all(|grant| grant.contains("on the database")),
        "{known:?}"
    );
}

//! SQLite: in memory.

use limbeck::{
    dialect::Query,
    migrate::{NormaliseError, NormaliseOptions, Session, normalise, renormalise},
    models::Model,
};
use sqlx::sqlite::SqliteConnectOptions;

use super::{assert_same, normalised, real};

const SCHEMA: &str = "\
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (length(name) > 1));
CREATE INDEX account_name ON account (lower(name)) WHERE name IS NOT NULL;
CREATE VIEW names AS SELECT name FROM account;
CREATE TRIGGER tidy AFTER DELETE ON account BEGIN DELETE FROM account WHERE name = old.name; END;
INSERT INTO account (name) VALUES ('nobody');
";

async fn in_memory() -> Session<'static> {
    let options = SqliteConnectOptions::new().in_memory(true);
    Session::connect(options).await.unwrap()
}

#[tokio::test]
async fn a_model_is_what_the_engine_makes_of_it() {
    let mut session = in_memory().await;
    let wanted = normalised(&mut session, SCHEMA).await.unwrap();
    assert!(real(&mut session, &[]).await.tables.is_empty());
    for statement in SCHEMA.split(";\n").filter(|one| !one.contains("TRIGGER")) {
        if !statement.trim().is_empty() {
            session.execute(statement, &[]).await.unwrap();
        }
    }
    let mut without_trigger = wanted.clone();
    without_trigger.triggers.clear();
    assert_same(&without_trigger, &real(&mut session, &[]).await);
    assert_eq!(wanted.triggers.len(), 1);
}

#[tokio::test]
async fn what_was_read_builds_the_same_again() {
    let mut session = in_memory().await;
    let wanted = normalised(
        &mut session,
        "CREATE TABLE t (a INTEGER NOT NULL, b TEXT DEFAULT 'x', UNIQUE (a));",
    )
    .await
    .unwrap();
    let again = renormalise(&mut session, &wanted).await.unwrap();
    assert_eq!(again.tables.len(), 1);
    assert_eq!(again.tables[0].columns, wanted.tables[0].columns);
}

#[tokio::test]
async fn a_mistake_is_told_with_its_place() {
    let mut session = in_memory().await;
    let error = normalised(&mut session, "CREATE TABLE t (x);\n\n  CREATE TABLE t (y);").await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.starts_with("schema.sql:3:3: the model cannot be built: table t already exists"),
        "{error}"
    );
    assert!(error.ends_with("CREATE TABLE t (y)"), "{error}");
    let attach = normalised(&mut session, "ATTACH 'other.db' AS other;")
        .await
        .unwrap_err();
    assert!(
        matches!(attach, NormaliseError::Misplaced { .. }),
        "{attach}"
    );
}

#[tokio::test]
async fn other_schemas_are_attached() {
    let mut session = in_memory().await;
    let options = NormaliseOptions {
        schemas: vec!["other".to_owned()],
        off: false,
    };
    let model = super::model("CREATE TABLE other.t (x INTEGER); CREATE TABLE t (y INTEGER);");
    let wanted = normalise(&mut session, &model, &options).await.unwrap();
    let names: Vec<String> = wanted
        .tables
        .iter()
        .map(|table| table.name.to_string())
        .collect();
    assert_eq!(names, ["t", "other.t"]);
}

#[tokio::test]
async fn without_the_engine_a_model_is_taken_as_it_is() {
    let mut session = in_memory().await;
    let options = NormaliseOptions {
        off: true,
        ..NormaliseOptions::default()
    };
    let sql = normalise(&mut session, &super::model(SCHEMA), &options)
        .await
        .unwrap_err();
    assert!(matches!(sql, NormaliseError::NeedsEngine), "{sql}");
    let declared = normalised(&mut session, "CREATE TABLE t (x);")
        .await
        .unwrap();
    let taken = normalise(&mut session, &Model::Declared(declared.clone()), &options)
        .await
        .unwrap();
    assert_eq!(taken, declared);
}

//! MariaDB: values, implicit commits, the named lock.

use limbeck::{
    dialect::{DialectName, Query},
    migrate::{LockError, RunFailure, RunOptions, TransactionMode},
    schema::Value,
};

use crate::history::{History, impatient, mode, mysql, number, tables, version_rows};

fn branching() -> History {
    History::new(&[
        ("a1", &[], "CREATE TABLE a (x int);", "DROP TABLE a;"),
        ("b1", &["a1"], "CREATE TABLE b (x int);", "DROP TABLE b;"),
        (
            "c1",
            &["a1"],
            "CREATE TABLE c (x int); INSERT INTO c VALUES (1);",
            "DROP TABLE c;",
        ),
        ("m1", &["b1", "c1"], "", ""),
    ])
}

#[tokio::test]
async fn rows_are_changed_in_batches_along_a_key_of_text() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let mut session = mysql(&database.url).await;
    let history = History::new(&[(
        "a1",
        &[],
        "CREATE TABLE a (`key` varchar(20) PRIMARY KEY, n int);\n\
         INSERT INTO a (`key`) SELECT concat('it''s ', seq) FROM seq_1_to_25;\n\
         -- limbeck: in batches of 10 by `key`\nUPDATE a SET n = 1;",
        "",
    )]);
    let report = history
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap();
    assert_eq!(report.steps.len(), 1);
    let filled = "SELECT count(*) FROM a WHERE n = 1";
    assert_eq!(number(&mut session, filled).await, 25);
}

#[tokio::test]
async fn values_of_every_common_type_are_readable() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let mut session = mysql(&database.url).await;
    assert_eq!(session.dialect(), DialectName::Mariadb);
    assert!(
        session.server().version.is_at_least(10, 5),
        "{:?}",
        session.server()
    );
    let rows = session
        .query(
            "SELECT 7, 18446744073709551615, 0.5e0, 12.50, 'ä', x'00ff', DATE '2026-11-20', \
             TIMESTAMP '2026-11-20 01:02:03', NULL, ?, ?",
            &[
                Value::Text("it's a \\ ?".to_owned()),
                Value::Bytes(vec![1, 255]),
            ],
        )
        .await
        .unwrap();
    let text = |text: &str| text.to_owned();
    assert_eq!(
        rows,
        [vec![
            Value::Integer(7),
            Value::Unsigned(u64::MAX),
            Value::Float(0.5),
            Value::Decimal(text("12.50")),
            Value::Text(text("ä")),
            Value::Bytes(vec![0, 255]),
            Value::Date(text("2026-11-20")),
            Value::Timestamp(text("2026-11-20 01:02:03")),
            Value::Null,
            Value::Text(text("it's a \\ ?")),
            Value::Bytes(vec![1, 255]),
        ]]
    );
}

#[tokio::test]
async fn up_and_down_in_every_mode() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let mut session = mysql(&database.url).await;
    for transaction in [
        TransactionMode::WholeRun,
        TransactionMode::PerRevision,
        TransactionMode::None,
    ] {
        let report = branching()
            .upgrade(&mut session, &mode(transaction))
            .await
            .unwrap();
        assert_eq!(report.steps.len(), 4);
        assert_eq!(version_rows(&mut session).await, ["m1"]);
        branching()
            .downgrade(&mut session, &mode(transaction))
            .await
            .unwrap();
        assert_eq!(tables(&mut session).await, ["alembic_version"]);
    }
}

#[tokio::test]
async fn the_error_says_how_far_a_revision_came() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let mut session = mysql(&database.url).await;
    let history = History::new(&[
        ("a1", &[], "CREATE TABLE a (x int);", ""),
        (
            "b1",
            &["a1"],
            "INSERT INTO a VALUES (1);\nCREATE TABLE b (x int);\nINSERT INTO a VALUES (2);\nINSERT INTO nowhere VALUES (3);\nSELECT 1;",
            "",
        ),
    ]);
    let error = history
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap_err();
    insta::with_settings!({filters => vec![(database.name.as_str(), "test")]}, {
        insta::assert_snapshot!(error, @r"
        versions/b1.sql:8:1: the database refused a statement of the upgrade of revision b1: Table 'test.nowhere' doesn't exist
            INSERT INTO nowhere VALUES (3)
        Kept: a1. Of b1 the first 2 of 5 statements stay in the database, its version row does not: undo them by hand, or take them out of the script, before you run it again.
        ");
    });
    // What came after the last DDL statement is rolled back, and counted so.
    assert_eq!(number(&mut session, "SELECT count(*) FROM a").await, 1);
    assert_eq!(tables(&mut session).await, ["a", "alembic_version", "b"]);
    assert_eq!(version_rows(&mut session).await, ["a1"]);
}

#[tokio::test]
async fn a_dry_run_is_refused_before_anything_runs() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let mut session = mysql(&database.url).await;
    let options = RunOptions {
        dry_run: true,
        ..RunOptions::default()
    };
    let error = branching()
        .upgrade(&mut session, &options)
        .await
        .unwrap_err();
    assert!(matches!(error.cause, RunFailure::Refused { .. }), "{error}");
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn whoever_holds_the_lock_is_named() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let slow = History::new(&[("a1", &[], "SELECT sleep(1.5);", "")]);
    let url = database.url.clone();
    let running = tokio::spawn(async move {
        let mut session = mysql(&url).await;
        slow.upgrade(&mut session, &RunOptions::default()).await
    });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let mut session = mysql(&database.url).await;
    let error = branching()
        .upgrade(&mut session, &impatient())
        .await
        .unwrap_err();
    let RunFailure::Lock(LockError::Held {
        holder: Some(holder),
        ..
    }) = &error.cause
    else {
        panic!("{error}")
    };
    assert!(
        holder.starts_with("connection ") && holder.contains("KILL "),
        "{holder}"
    );
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_callers_transaction_is_not_committed_by_a_statement_of_a_script() {
    use limbeck::migrate::Session;
    use sqlx::Connection as _;

    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let mut connection = sqlx::MySqlConnection::connect(&database.url).await.unwrap();
    let create = "CREATE TABLE note (x int)";
    sqlx::query(create).execute(&mut connection).await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    let insert = "INSERT INTO note VALUES (1)";
    sqlx::query(insert)
        .execute(&mut *transaction)
        .await
        .unwrap();
    let mut session = Session::borrow(&mut *transaction).await.unwrap();
    let options = RunOptions::default();
    let error = branching().upgrade(&mut session, &options).await;
    let error = error.unwrap_err().to_string();
    assert!(error.contains("it would commit the transaction"), "{error}");
    drop(session);
    transaction.rollback().await.unwrap();
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM note")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(count, 0);
}

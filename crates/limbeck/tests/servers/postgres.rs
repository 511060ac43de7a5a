//! PostgreSQL: values, atomicity, transaction modes, the advisory lock.

use limbeck::{
    dialect::Query,
    migrate::{
        LockError, RunFailure, RunOptions, Session, TransactionMode, Unlocked, VersionTable,
        WideIds, unlock,
    },
    schema::Value,
};
use sqlx::{Connection, PgConnection, PgPool};

use crate::history::{History, impatient, mode, number, postgres, tables, version_rows};

fn branching() -> History {
    History::new(&[
        ("a1", &[], "CREATE TABLE a (x int);", "DROP TABLE a;"),
        ("b1", &["a1"], "CREATE TABLE b (x int);", "DROP TABLE b;"),
        (
            "c1",
            &["a1"],
            "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE c (m mood);",
            "DROP TABLE c; DROP TYPE mood;",
        ),
        ("m1", &["b1", "c1"], "", ""),
    ])
}

fn failing() -> History {
    History::new(&[
        ("a1", &[], "CREATE TABLE a (x int);", "DROP TABLE a;"),
        (
            "b1",
            &["a1"],
            "CREATE TABLE b (x int);\nINSERT INTO b\n  VALUES (1, nothing);",
            "DROP TABLE b;",
        ),
    ])
}

#[tokio::test]
async fn values_of_every_common_type_are_readable() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
    let rows = session
        .query(
            "SELECT true, 7::int2, 9223372036854775807, 0.5::float8, 12.50::numeric, 'ä'::text, '\\x00ff'::bytea, \
             DATE '2026-11-20', TIMESTAMP '2026-11-20 01:02:03.5', '{1,2}'::int[], NULL::int, \
             'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, '{\"a\": 1}'::jsonb, $1, $2",
            &[Value::Text("it's a \\ $1".to_owned()), Value::Bytes(vec![1, 255])],
        )
        .await
        .unwrap();
    let text = |text: &str| text.to_owned();
    assert_eq!(
        rows,
        [vec![
            Value::Boolean(true),
            Value::Integer(7),
            Value::Integer(i64::MAX),
            Value::Float(0.5),
            Value::Decimal(text("12.50")),
            Value::Text(text("ä")),
            Value::Bytes(vec![0, 255]),
            Value::Date(text("2026-11-20")),
            Value::Timestamp(text("2026-11-20 01:02:03.5")),
            Value::Text(text("{1,2}")),
            Value::Null,
            Value::Uuid(text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
            Value::Json(text("{\"a\": 1}")),
            Value::Text(text("it's a \\ $1")),
            Value::Bytes(vec![1, 255]),
        ]]
    );
}

#[tokio::test]
async fn up_and_down_in_every_mode() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
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
    assert_eq!(
        number(
            &mut session,
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
             WHERE l.locktype = 'advisory' AND d.datname = current_database()"
        )
        .await,
        0
    );
}

#[tokio::test]
async fn a_failed_run_keeps_nothing_and_points_at_the_word() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
    let error = failing()
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r#"
    versions/b1.sql:7:14: the database refused a statement of the upgrade of revision b1: column "nothing" does not exist
        INSERT INTO b
          VALUES (1, nothing)
    Nothing of this run was kept. Rolled back: a1. Correct the script, then run the same command again.
    "#);
    assert_eq!(tables(&mut session).await, [""; 0]);
    failing()
        .upgrade(&mut session, &mode(TransactionMode::PerRevision))
        .await
        .unwrap_err();
    assert_eq!(version_rows(&mut session).await, ["a1"]);
}

#[tokio::test]
async fn a_dry_run_leaves_no_trace() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
    let options = RunOptions {
        dry_run: true,
        ..RunOptions::default()
    };
    let report = branching().upgrade(&mut session, &options).await.unwrap();
    assert_eq!(report.rows_after, ["m1"]);
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn long_ids_widen_the_column_or_are_refused() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
    let long = "x".repeat(40);
    let short = History::new(&[("a1", &[], "CREATE TABLE a (x int);", "DROP TABLE a;")]);
    short
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap();
    let history = History::new(&[
        ("a1", &[], "CREATE TABLE a (x int);", "DROP TABLE a;"),
        (&long, &["a1"], "CREATE TABLE b (x int);", "DROP TABLE b;"),
    ]);
    let refuse = RunOptions {
        wide_ids: WideIds::Refuse,
        ..RunOptions::default()
    };
    let error = history.upgrade(&mut session, &refuse).await.unwrap_err();
    assert!(
        matches!(
            error.cause,
            RunFailure::IdTooLong {
                length: 40,
                width: 32,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(tables(&mut session).await, ["a", "alembic_version"]);
    history
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap();
    assert_eq!(version_rows(&mut session).await, [long]);
}

#[tokio::test]
async fn whoever_holds_the_lock_is_named() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let slow = History::new(&[("a1", &[], "SELECT pg_sleep(1.5);", "")]);
    let url = database.url.clone();
    let running = tokio::spawn(async move {
        let mut session = postgres(&url).await;
        slow.upgrade(&mut session, &RunOptions::default()).await
    });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let mut session = postgres(&database.url).await;
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
        holder.starts_with("server process ") && holder.contains("pg_terminate_backend"),
        "{holder}"
    );
    let found = unlock(&mut session, &VersionTable::default())
        .await
        .unwrap();
    assert!(matches!(found, Unlocked::HeldBySession { .. }), "{found:?}");
    // Another history in the same database is not kept waiting.
    let other = RunOptions {
        version_table: VersionTable::named("other_version"),
        ..impatient()
    };
    branching().upgrade(&mut session, &other).await.unwrap();
    running.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_lock_that_is_lost_stops_the_run() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
    let history = History::new(&[
        (
            "a1",
            &[],
            "CREATE TABLE a (x int);\nSELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
             WHERE l.locktype = 'advisory' AND d.datname = current_database();\nSELECT pg_sleep(0.2);",
            "",
        ),
        ("b1", &["a1"], "CREATE TABLE b (x int);", ""),
    ]);
    let error = history
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap_err();
    assert!(
        matches!(error.cause, RunFailure::Lock(LockError::Lost { .. })),
        "{error}"
    );
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn an_index_is_built_concurrently_while_others_wait_for_the_lock() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let history = || {
        History::new(&[
            (
                "a1",
                &[],
                "CREATE TABLE a AS SELECT generate_series(1, 200000) AS x;",
                "",
            ),
            (
                "b1",
                &["a1"],
                "INSERT INTO a VALUES (0);\n-- limbeck: no transaction for next statement\n\
                 CREATE INDEX CONCURRENTLY ax ON a (x);\nINSERT INTO a VALUES (-1);",
                "",
            ),
        ])
    };
    let runs: Vec<_> = (0..3)
        .map(|_| {
            let url = database.url.clone();
            tokio::spawn(async move {
                let mut session = postgres(&url).await;
                history()
                    .upgrade(&mut session, &RunOptions::default())
                    .await
                    .map(|report| report.steps.len())
            })
        })
        .collect();
    let mut steps = 0;
    for run in runs {
        steps += tokio::time::timeout(std::time::Duration::from_secs(30), run)
            .await
            .unwrap()
            .unwrap()
            .unwrap();
    }
    assert_eq!(steps, 2);
    let mut session = postgres(&database.url).await;
    assert_eq!(
        number(&mut session, "SELECT count(*) FROM a").await,
        200_002
    );
    assert_eq!(
        number(
            &mut session,
            "SELECT count(*) FROM pg_index WHERE indexrelid = 'ax'::regclass AND indisvalid"
        )
        .await,
        1
    );
}

#[tokio::test]
async fn after_a_statement_outside_the_error_says_what_stayed() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
    let history = History::new(&[
        ("a1", &[], "CREATE TABLE a (x int);", ""),
        (
            "b1",
            &["a1"],
            "CREATE TABLE b (x int);\n-- limbeck: no transaction for next statement\n\
             CREATE INDEX CONCURRENTLY ax ON a (x);\nCREATE TABLE c (x int);\nSELECT nothing;",
            "",
        ),
    ]);
    let error = history
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error.aftermath, @"Kept: a1. Of b1 the first 2 of 4 statements stay in the database, its version row does not: undo them by hand, or take them out of the script, before you run it again.");
    assert_eq!(version_rows(&mut session).await, ["a1"]);
    assert_eq!(tables(&mut session).await, ["a", "alembic_version", "b"]);
}

#[tokio::test]
async fn a_batch_of_rows_is_a_transaction_of_its_own() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
    let update =
        "-- limbeck: in batches of 10 by x\nUPDATE a SET y = x WHERE y IS NULL OR false -- c\n;";
    let history = History::new(&[
        (
            "a1",
            &[],
            "CREATE TABLE a AS SELECT x, NULL::int AS y FROM generate_series(1, 25) AS x; INSERT INTO a VALUES (NULL, NULL);",
            "",
        ),
        ("b1", &["a1"], update, ""),
        (
            "c1",
            &["b1"],
            "ALTER TABLE a ADD z int;\n-- limbeck: in batches of 10 by x\nDELETE FROM a WHERE 1 / (x - 15) < 2;",
            "",
        ),
    ]);
    let error = history
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error.aftermath, @r#"Kept: a1, b1. Of c1 the first of 2 statements stays in the database, its version row does not: undo it by hand, or take it out of the script, before you run it again."#);
    // Three stretches, and the row without a key in the last one.
    let transactions = "SELECT count(DISTINCT xmin::text) FROM a WHERE y IS NOT DISTINCT FROM x";
    assert_eq!(number(&mut session, transactions).await, 2);
    // The first ten rows are gone; the error came in the second stretch.
    let left = "SELECT count(*) FROM a";
    assert_eq!(number(&mut session, left).await, 16);
}

#[tokio::test]
async fn a_rehearsal_runs_batches_as_one_statement() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut session = postgres(&database.url).await;
    let history = History::new(&[(
        "a1",
        &[],
        "CREATE TABLE a AS SELECT x FROM generate_series(1, 25) AS x;\n\
         -- limbeck: in batches of 10 by x\nDELETE FROM a;",
        "",
    )]);
    let options = RunOptions {
        dry_run: true,
        ..RunOptions::default()
    };
    history.upgrade(&mut session, &options).await.unwrap();
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn pools_and_lent_connections_work_and_stay_clean() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let pool = PgPool::connect(&database.url).await.unwrap();
    let mut session = Session::from_pool(&pool).await.unwrap();
    failing()
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap_err();
    drop(session);
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    branching()
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap();
    assert_eq!(
        number(
            &mut session,
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
             WHERE l.locktype = 'advisory' AND d.datname = current_database()"
        )
        .await,
        0
    );
    drop(session);
    let mut transaction = connection.begin().await.unwrap();
    let mut session = Session::borrow(&mut *transaction).await.unwrap();
    branching()
        .downgrade(&mut session, &RunOptions::default())
        .await
        .unwrap();
    drop(session);
    transaction.rollback().await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    assert_eq!(version_rows(&mut session).await, ["m1"]);
    assert_eq!(
        tables(&mut session).await,
        ["a", "alembic_version", "b", "c"]
    );
}

#[tokio::test]
async fn a_dropped_run_rolls_back_on_a_lent_connection() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    let history = History::new(&[(
        "a1",
        &[],
        "CREATE TABLE a (x int);\nSELECT pg_sleep(2);",
        "",
    )]);
    let options = RunOptions::default();
    let cut = tokio::time::timeout(
        std::time::Duration::from_millis(600),
        history.upgrade(&mut session, &options),
    );
    assert!(cut.await.is_err());
    drop(session);
    let mut session = Session::borrow(&mut connection).await.unwrap();
    assert_eq!(tables(&mut session).await, [""; 0]);
    branching()
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap();
    let held = "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
                WHERE l.locktype = 'advisory' AND d.datname = current_database()";
    assert_eq!(number(&mut session, held).await, 0);
}

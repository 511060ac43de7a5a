//! What a run leaves on a connection that others go on using, however it ends.

use std::{future::poll_fn, pin::pin, task::Poll};

use super::*;

/// Polls `future` so often, and then drops it; its output when it was ready before.
async fn cut_off<F: Future>(future: F, mut polls: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if polls == 0 => Poll::Ready(None),
        Poll::Pending => {
            polls -= 1;
            Poll::Pending
        }
    })
    .await
}

async fn fetch(connection: &mut SqliteConnection, sql: &str) -> String {
    let sql = sqlx::SqlSafeStr::into_sql_str(sqlx::AssertSqlSafe(sql));
    sqlx::query_scalar(sql).fetch_one(connection).await.unwrap()
}

/// Settings that decide what is stored, as the connection has them.
async fn settings(connection: &mut SqliteConnection) -> String {
    let sql = "SELECT concat_ws(' ', (SELECT foreign_keys FROM pragma_foreign_keys), \
               (SELECT timeout FROM pragma_busy_timeout), \
               (SELECT legacy_alter_table FROM pragma_legacy_alter_table), \
               (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints), \
               (SELECT writable_schema FROM pragma_writable_schema))";
    fetch(connection, sql).await
}

/// A family with a revision that rebuilds the parents' table, and what comes after.
fn rebuilding(after: &str) -> History {
    History::new(&[
        (
            "a1",
            &[],
            "CREATE TABLE parent (id INTEGER PRIMARY KEY, name NUMERIC);
             CREATE TABLE child (parent INTEGER REFERENCES parent ON DELETE CASCADE);
             INSERT INTO parent VALUES (1, 'a'), (2, 'b');
             INSERT INTO child VALUES (1), (2);",
            "",
        ),
        (
            "b1",
            &["a1"],
            "ALTER TABLE parent ALTER COLUMN name TYPE TEXT;",
            "",
        ),
        ("c1", &["b1"], after, ""),
    ])
}

#[tokio::test]
async fn a_run_that_is_dropped_leaves_a_lent_connection_as_it_was() {
    let history = rebuilding("INSERT INTO parent VALUES (3, 'c');");
    for transaction in [TransactionMode::WholeRun, TransactionMode::None] {
        let options = RunOptions {
            transaction,
            ..RunOptions::default()
        };
        let mut polls = 0;
        loop {
            let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
            let mut session = Session::borrow(&mut connection).await.unwrap();
            history.upgrade(&mut session, "a1", &options).await.unwrap();
            let ended = cut_off(history.upgrade(&mut session, "head", &options), polls).await;
            drop(session);
            assert_eq!(
                settings(&mut connection).await,
                "1 5000 0 0 0",
                "{transaction:?} {polls}"
            );
            let begun = sqlx::query("BEGIN IMMEDIATE")
                .execute(&mut connection)
                .await;
            assert!(begun.is_ok(), "{transaction:?} {polls}: {begun:?}");
            if ended.is_some() {
                break;
            }
            polls += 1;
        }

        assert!(polls > 2);
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_checked_stops_no_change_of_another_table() {
    let history = rebuilding("");
    let options = RunOptions::default();
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    history.upgrade(&mut session, "a1", &options).await.unwrap();
    // `foreign_key_check` refuses a key that leads to a column which is not unique.
    for sql in [
        "PRAGMA foreign_keys = OFF",
        "CREATE TABLE one (x)",
        "CREATE TABLE two (x REFERENCES one (x))",
        "INSERT INTO two VALUES (1)",
        "PRAGMA foreign_keys = ON",
    ] {
        session.execute(sql, &[]).await.unwrap();
    }
    history
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap();
    drop(session);
    assert_eq!(settings(&mut connection).await, "1 5000 0 0 0");
}

#[tokio::test]
async fn a_transaction_of_a_script_is_not_left_open() {
    for (script, cause) in [
        ("BEGIN; CREATE TABLE a (x);", "does not end it"),
        (
            "BEGIN; CREATE TABLE a (x); INSERT INTO nowhere VALUES (1);",
            "no such table: nowhere",
        ),
        (
            "CREATE TABLE c (x); BEGIN; COMMIT; BEGIN;",
            "does not end it",
        ),
    ] {
        let history = History::new(&[("a1", &[], script, "")]);
        let options = RunOptions {
            transaction: TransactionMode::None,
            ..RunOptions::default()
        };
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let mut session = Session::borrow(&mut connection).await.unwrap();
        let ended = history.upgrade(&mut session, "head", &options).await;
        let error = ended.unwrap_err();
        assert!(error.to_string().contains(cause), "{error}");
        let kept = error
            .aftermath
            .partial
            .map(|partial| partial.statements_kept);
        assert_eq!(kept, script.starts_with("CREATE").then_some(3));
        drop(session);
        sqlx::query("BEGIN").execute(&mut connection).await.unwrap();
    }
}

#[tokio::test]
async fn a_script_may_have_transactions_of_its_own() {
    let script =
        "BEGIN; CREATE TABLE a (x); COMMIT; BEGIN; SAVEPOINT s; ROLLBACK TO s; END TRANSACTION;";
    let history = History::new(&[("a1", &[], script, "")]);
    let options = RunOptions {
        transaction: TransactionMode::None,
        ..RunOptions::default()
    };
    let mut session = in_memory().await;
    history
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap();
    assert_eq!(tables(&mut session).await, ["a", "alembic_version"]);
}

#[tokio::test]
async fn foreign_keys_hold_for_statements_that_no_check_could_take_back() {
    let delete = "DELETE FROM parent WHERE id = 1;";
    for (transaction, after) in [
        (TransactionMode::None, delete.to_owned()),
        (
            TransactionMode::WholeRun,
            format!("-- limbeck: no transaction for next statement\n{delete}"),
        ),
    ] {
        let history = rebuilding(&after);
        let options = RunOptions {
            transaction,
            ..RunOptions::default()
        };
        let mut session = in_memory().await;
        history
            .upgrade(&mut session, "head", &options)
            .await
            .unwrap();
        let rows = session.query("SELECT parent FROM child", &[]).await;
        assert_eq!(rows.unwrap(), [[Value::Integer(2)]], "{transaction:?}");
        let on = session.query("PRAGMA foreign_keys", &[]).await.unwrap();
        assert_eq!(on, [[Value::Integer(1)]]);
    }
}

#[tokio::test]
async fn a_change_that_was_rolled_back_is_not_remembered_by_its_connection() {
    let directory = tempfile::tempdir().unwrap();
    let history = History::new(&[
        ("a1", &[], "CREATE TABLE a (x);", ""),
        (
            "b1",
            &["a1"],
            "ALTER TABLE a ALTER COLUMN x SET NOT NULL; INSERT INTO nowhere VALUES (1);",
            "",
        ),
    ]);
    let options = RunOptions::default();
    let file = SqliteConnectOptions::new()
        .filename(directory.path().join("a.db"))
        .create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&file).await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    history.upgrade(&mut session, "a1", &options).await.unwrap();
    history
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap_err();
    drop(session);
    let mut other = SqliteConnection::connect_with(&file).await.unwrap();
    sqlx::query("CREATE TABLE later (x)")
        .execute(&mut other)
        .await
        .unwrap();
    for sql in [
        "INSERT INTO a VALUES (NULL)",
        "INSERT INTO later VALUES (1)",
    ] {
        let done = sqlx::query(sql).execute(&mut connection).await;
        assert!(done.is_ok(), "{sql}: {done:?}");
    }
}

#[tokio::test]
async fn no_statement_ends_the_transaction_of_a_run() {
    for statement in [
        "ROLLBACK -- back TO the start",
        "PREPARE TRANSACTION 'half'",
        "COMMIT PREPARED 'half'",
    ] {
        let history = History::new(&[("a1", &[], statement, "")]);
        let error = history
            .upgrade(&mut in_memory().await, "head", &RunOptions::default())
            .await
            .unwrap_err();
        assert!(
            matches!(error.cause, RunFailure::Refused { .. }),
            "{statement}: {error}"
        );
    }
}

#[tokio::test]
async fn a_statement_outside_transactions_begins_none() {
    let history = History::new(&[(
        "a1",
        &[],
        "-- limbeck: no transaction\nBEGIN;\nCREATE TABLE a (x);\nCOMMIT;",
        "",
    )]);
    let error = history
        .upgrade(&mut in_memory().await, "head", &RunOptions::default())
        .await
        .unwrap_err();
    assert!(matches!(error.cause, RunFailure::Refused { .. }), "{error}");
}

#[test]
fn a_lock_that_is_lost_to_another_half_way_does_not_hide_what_was_kept() {
    let failed = |kept: &[&str]| {
        let kept = kept.iter().map(|id| RevisionId::new(id).unwrap());
        let error = RunError {
            traceback: None,
            cause: RunFailure::Lock(LockError::Held {
                holder: None,
                waited: std::time::Duration::from_secs(1),
            }),
            aftermath: Aftermath {
                kept: kept.collect(),
                ..Aftermath::default()
            },
        };
        error.to_string()
    };
    assert!(failed(&["a1"]).ends_with("\nKept: a1."));
    assert!(!failed(&[]).contains("kept"));
}

struct Refusing;

impl crate::migrate::Observer for Refusing {
    fn after_step<'a>(
        &'a mut self,
        _: &'a Step,
        _: &'a mut dyn Query,
    ) -> crate::dialect::BoxFuture<'a, Result<(), crate::migrate::HookError>> {
        Box::pin(std::future::ready(Err("not today".into())))
    }
}

#[tokio::test]
async fn a_hook_that_fails_after_a_recorded_step_does_not_say_that_it_is_half_done() {
    let history = branching();
    let options = RunOptions {
        transaction: TransactionMode::None,
        ..RunOptions::default()
    };
    let mut session = in_memory().await;
    let target = Target::parse("a1").unwrap();
    let plan = |rows: &[String]| history.graph.upgrade(&target, rows);
    let error = run(
        &mut session,
        plan,
        &history.index(),
        &options,
        &mut Refusing,
    )
    .await
    .unwrap_err();
    assert_eq!(error.aftermath.partial, None);
    assert_eq!(error.aftermath.kept, [RevisionId::new("a1").unwrap()]);
}

//! Runs on SQLite; those on servers are tested in `tests/` against live ones.

mod leftovers;

use std::path::Path;

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::*;
use crate::{
    migrate::{LockError, LockOptions, Silent, VersionTable},
    revision::{Revision, RevisionGraph, Target},
    schema::Value,
    script::{Script, SqlScript},
};

/// A history of `.sql` scripts, given as `(id, parents, up, down)`.
struct History {
    scripts: Vec<SqlScript>,
    graph: RevisionGraph,
}

impl History {
    fn new(revisions: &[(&str, &[&str], &str, &str)]) -> Self {
        let mut graph = Vec::new();
        let mut scripts = Vec::new();
        for (id, parents, up, down) in revisions {
            let revises = match parents {
                [] => "base".to_owned(),
                parents => parents.join(", "),
            };
            let text = format!(
                "-- revision: {id}\n-- revises: {revises}\n\n-- limbeck: upgrade\n{up}\n\n-- limbeck: downgrade\n{down}\n"
            );
            scripts.push(SqlScript::from_text(format!("versions/{id}.sql"), text).unwrap());
            let revision = Revision::new(RevisionId::new(id).unwrap());
            graph.push(parents.iter().fold(revision, |revision, parent| {
                revision.revises(RevisionId::new(parent).unwrap())
            }));
        }
        History {
            scripts,
            graph: RevisionGraph::new(graph).unwrap(),
        }
    }

    async fn upgrade(
        &self,
        session: &mut Session<'_>,
        target: &str,
        options: &RunOptions,
    ) -> Result<Report, RunError> {
        let target = Target::parse(target).unwrap();
        let plan = |rows: &[String]| self.graph.upgrade(&target, rows);
        run(session, plan, &self.index(), options, &mut Silent).await
    }

    async fn downgrade(
        &self,
        session: &mut Session<'_>,
        target: &str,
        options: &RunOptions,
    ) -> Result<Report, RunError> {
        let target = Target::parse(target).unwrap();
        let plan = |rows: &[String]| self.graph.downgrade(&target, rows);
        run(session, plan, &self.index(), options, &mut Silent).await
    }

    fn index(&self) -> ScriptIndex<'_> {
        self.scripts
            .iter()
            .map(|script| script as &dyn Script)
            .collect()
    }
}

fn branching() -> History {
    History::new(&[
        ("a1", &[], "CREATE TABLE a (x);", "DROP TABLE a;"),
        ("b1", &["a1"], "CREATE TABLE b (x);", "DROP TABLE b;"),
        (
            "c1",
            &["a1"],
            "CREATE TABLE c (x); INSERT INTO c VALUES (1);",
            "DROP TABLE c;",
        ),
        ("m1", &["b1", "c1"], "", ""),
    ])
}

fn failing() -> History {
    History::new(&[
        ("a1", &[], "CREATE TABLE a (x);", "DROP TABLE a;"),
        (
            "b1",
            &["a1"],
            "CREATE TABLE b (x);\nINSERT INTO b VALUES (1);\nINSERT INTO nowhere\n  VALUES (1);\nCREATE TABLE d (x);",
            "DROP TABLE b;",
        ),
    ])
}

async fn in_memory() -> Session<'static> {
    Session::connect(SqliteConnectOptions::new().in_memory(true))
        .await
        .unwrap()
}

async fn open(path: &Path) -> Session<'static> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true);
    Session::connect(options).await.unwrap()
}

async fn tables(session: &mut Session<'_>) -> Vec<String> {
    let rows = session
        .query(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
            &[],
        )
        .await;
    rows.unwrap()
        .iter()
        .map(|row| row[0].as_text().unwrap().to_owned())
        .collect()
}

async fn rows(session: &mut Session<'_>) -> Vec<String> {
    let mut rows = VersionTable::default()
        .rows(session.server().language().as_ref(), session)
        .await
        .unwrap();
    rows.sort();
    rows
}

fn per_revision() -> RunOptions {
    RunOptions {
        transaction: TransactionMode::PerRevision,
        ..RunOptions::default()
    }
}

fn without_transaction() -> RunOptions {
    RunOptions {
        transaction: TransactionMode::None,
        ..RunOptions::default()
    }
}

#[tokio::test]
async fn up_and_down_through_a_merge_in_every_mode() {
    for options in [RunOptions::default(), per_revision(), without_transaction()] {
        let history = branching();
        let mut session = in_memory().await;
        let report = history
            .upgrade(&mut session, "head", &options)
            .await
            .unwrap();
        assert_eq!(report.rows_before, [""; 0]);
        assert_eq!(report.rows_after, ["m1"]);
        assert_eq!(
            report
                .steps
                .iter()
                .map(|step| step.statements)
                .collect::<Vec<_>>(),
            [1, 2, 1, 0]
        );
        assert_eq!(rows(&mut session).await, ["m1"]);
        assert_eq!(
            tables(&mut session).await,
            ["a", "alembic_version", "b", "c"]
        );
        let again = history
            .upgrade(&mut session, "head", &options)
            .await
            .unwrap();
        assert_eq!(again.steps, []);
        history
            .downgrade(&mut session, "b1", &options)
            .await
            .unwrap();
        assert_eq!(rows(&mut session).await, ["b1", "c1"]);
        let report = history
            .downgrade(&mut session, "base", &options)
            .await
            .unwrap();
        assert_eq!(report.rows_after, [""; 0]);
        assert_eq!(tables(&mut session).await, ["alembic_version"]);
    }
}

#[tokio::test]
async fn nothing_to_do_writes_nothing() {
    let mut session = in_memory().await;
    let report = History::new(&[])
        .upgrade(&mut session, "heads", &RunOptions::default())
        .await
        .unwrap();
    assert_eq!(report.steps, []);
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn a_failed_run_keeps_nothing_and_says_where() {
    let mut session = in_memory().await;
    let error = failing()
        .upgrade(&mut session, "head", &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r"
    versions/b1.sql:7:1: the database refused a statement of the upgrade of revision b1: no such table: nowhere
        INSERT INTO nowhere
          VALUES (1)
    Nothing of this run was kept. Rolled back: a1. Correct the script, then run the same command again.
    ");
    assert_eq!(tables(&mut session).await, [""; 0]);
    assert_eq!(error.aftermath.kept, [] as [RevisionId; 0]);
}

#[tokio::test]
async fn a_failed_revision_keeps_those_before_it() {
    let mut session = in_memory().await;
    let error = failing()
        .upgrade(&mut session, "head", &per_revision())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error.aftermath, @"Kept: a1.");
    assert_eq!(rows(&mut session).await, ["a1"]);
    assert_eq!(tables(&mut session).await, ["a", "alembic_version"]);
}

#[tokio::test]
async fn without_a_transaction_the_error_says_how_far_it_came() {
    let mut session = in_memory().await;
    let error = failing()
        .upgrade(&mut session, "head", &without_transaction())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error.aftermath, @"Kept: a1. Of b1 the first 2 of 4 statements stay in the database, its version row does not: undo them by hand, or take them out of the script, before you run it again.");
    assert_eq!(rows(&mut session).await, ["a1"]);
    assert_eq!(tables(&mut session).await, ["a", "alembic_version", "b"]);
}

#[tokio::test]
async fn a_dry_run_leaves_no_trace() {
    let mut session = in_memory().await;
    let options = RunOptions {
        dry_run: true,
        ..RunOptions::default()
    };
    let report = branching()
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap();
    assert_eq!(report.rows_after, ["m1"]);
    assert!(report.dry_run);
    assert_eq!(tables(&mut session).await, [""; 0]);
    let error = failing()
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap_err();
    assert!(matches!(error.cause, RunFailure::Statement(_)));
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn a_row_changed_by_somebody_else_stops_the_run() {
    let mut session = in_memory().await;
    let history = History::new(&[
        ("a1", &[], "CREATE TABLE a (x);", "SELECT 1;"),
        (
            "b1",
            &["a1"],
            "UPDATE alembic_version SET version_num = 'zz';",
            "SELECT 1;",
        ),
    ]);
    let error = history
        .upgrade(&mut session, "head", &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r"
    somebody else moved this database while it was being migrated: 'alembic_version' should have had one row 'a1', but it has 0; what this run had not committed is rolled back. Run the command again
    Nothing of this run was kept. Rolled back: a1.
    ");
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn a_script_may_not_end_the_transaction_of_the_run() {
    let mut session = in_memory().await;
    let history = History::new(&[("a1", &[], "CREATE TABLE a (x);\n  COMMIT;", "SELECT 1;")]);
    let error = history
        .upgrade(&mut session, "head", &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r"
    versions/a1.sql:6:3: COMMIT is not allowed here: this script runs in a transaction of the migration. Leave it out, or let the script run outside a transaction
    Nothing of this run was kept.
    ");
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn a_row_that_is_no_id_is_refused() {
    let mut session = in_memory().await;
    session
        .execute("CREATE TABLE alembic_version (version_num)", &[])
        .await
        .unwrap();
    session
        .execute(
            "INSERT INTO alembic_version VALUES (?)",
            &[Value::Integer(7)],
        )
        .await
        .unwrap();
    let error = branching()
        .upgrade(&mut session, "head", &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r"
    the version table 'alembic_version' has a row that is no revision id: 7; delete it or put it right, then run the command again
    Nothing of this run was kept.
    ");
}

#[tokio::test]
async fn inside_a_callers_transaction_nothing_is_committed() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    let mut session = Session::borrow(&mut *transaction).await.unwrap();
    let report = branching()
        .upgrade(&mut session, "head", &per_revision())
        .await
        .unwrap();
    assert_eq!(report.steps.len(), 4);
    drop(session);
    transaction.rollback().await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    assert_eq!(tables(&mut session).await, [""; 0]);
}

#[tokio::test]
async fn whoever_writes_to_the_file_is_waited_for_and_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let mut holder = open(&path).await;
    holder.begin().await.unwrap();
    let mut session = open(&path).await;
    let wait = std::time::Duration::from_millis(200);
    let options = RunOptions {
        lock: LockOptions {
            wait,
            ..LockOptions::default()
        },
        ..RunOptions::default()
    };
    let error = branching()
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap_err();
    let RunFailure::Lock(LockError::Held {
        holder: named,
        waited,
    }) = &error.cause
    else {
        panic!("{error}");
    };
    assert!(*waited >= wait);
    if cfg!(target_os = "linux") {
        assert!(
            named
                .as_deref()
                .unwrap()
                .contains(&std::process::id().to_string()),
            "{named:?}"
        );
    }
    holder.rollback().await.unwrap();
    branching()
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_each_revision_is_applied_once() {
    for options in [RunOptions::default(), per_revision()] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("app.db");
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (path, options) = (path.clone(), options.clone());
                tokio::spawn(async move {
                    let mut session = open(&path).await;
                    branching()
                        .upgrade(&mut session, "head", &options)
                        .await
                        .map(|report| report.steps.len())
                })
            })
            .collect();
        let mut steps = 0;
        for task in tasks {
            steps += task.await.unwrap().unwrap();
        }
        assert_eq!(steps, 4);
        let mut session = open(&path).await;
        assert_eq!(rows(&mut session).await, ["m1"]);
        assert_eq!(
            session.query("SELECT x FROM c", &[]).await.unwrap().len(),
            1
        );
    }
}

#[tokio::test]
async fn a_dropped_run_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("app.db");
    let history = History::new(&[
        ("a1", &[], "CREATE TABLE a (x);", "SELECT 1;"),
        (
            "b1",
            &["a1"],
            "CREATE TABLE b AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3000000) SELECT i FROM n;",
            "SELECT 1;",
        ),
    ]);
    let mut session = open(&path).await;
    let options = RunOptions::default();
    let run = history.upgrade(&mut session, "head", &options);
    let cut = tokio::time::timeout(std::time::Duration::from_millis(50), run).await;
    assert!(cut.is_err(), "the run was faster than its end");
    drop(session);
    let mut session = open(&path).await;
    assert_eq!(tables(&mut session).await, [""; 0]);
}

fn altering(up: &str, down: &str) -> History {
    History::new(&[
        (
            "a1",
            &[],
            "CREATE TABLE parent (id INTEGER PRIMARY KEY);
             CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent ON DELETE CASCADE);
             INSERT INTO parent VALUES (1), (2);
             INSERT INTO child VALUES (1, 1), (2, 2);",
            "DROP TABLE child; DROP TABLE parent;",
        ),
        ("b1", &["a1"], up, down),
    ])
}

async fn text(session: &mut Session<'_>, sql: &str) -> String {
    let rows = session.query(sql, &[]).await.unwrap();
    rows[0][0].as_text().unwrap().to_owned()
}

#[tokio::test]
async fn a_table_is_changed_beyond_sqlites_alter_table() {
    let history = altering(
        "ALTER TABLE parent ADD COLUMN name TEXT;
         UPDATE parent SET name = 'n' || id;
         ALTER TABLE parent ALTER COLUMN name SET NOT NULL;
         ALTER TABLE parent ADD CONSTRAINT named CHECK (length(name) < 9);
         CREATE INDEX ix_name ON parent (name);",
        "ALTER TABLE parent DROP COLUMN name;",
    );
    let mut session = in_memory().await;
    let options = RunOptions::default();
    history
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap();
    let sql = text(
        &mut session,
        "SELECT sql FROM sqlite_master WHERE name = 'parent'",
    )
    .await;
    assert_eq!(
        sql,
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL, CONSTRAINT named CHECK (length(name) < 9))"
    );
    history
        .downgrade(&mut session, "a1", &options)
        .await
        .unwrap();
    let sql = text(
        &mut session,
        "SELECT sql FROM sqlite_master WHERE name = 'parent'",
    )
    .await;
    assert_eq!(sql, "CREATE TABLE parent (id INTEGER PRIMARY KEY)");
}

#[tokio::test]
async fn a_refused_change_names_its_statement_and_leaves_nothing() {
    let history = altering(
        "INSERT INTO child VALUES (3, NULL);
         ALTER TABLE child ALTER COLUMN parent SET NOT NULL;",
        "",
    );
    let mut session = in_memory().await;
    let error = history
        .upgrade(&mut session, "head", &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r"
    versions/b1.sql:6:10: the upgrade of revision b1 could not change a table: 1 row(s) of table 'child' hold NULL in column 'parent', which is to be NOT NULL; give them a value with UPDATE first
    Nothing of this run was kept. Rolled back: a1. Correct the script, then run the same command again.
    ");
    assert_eq!(tables(&mut session).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_alter_table_that_cannot_be_read_is_told_where() {
    let history = altering("ALTER TABLE child\n  FROBNICATE parent;", "");
    let mut session = in_memory().await;
    let error = history
        .upgrade(&mut session, "head", &RunOptions::default())
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r"
    versions/b1.sql:6:3: cannot read this ALTER TABLE for SQLite: expected ADD, DROP, ALTER, RENAME, MODIFY or CHANGE, found 'FROBNICATE'; write it in another form, or keep it in a section for the database that it is for
    Nothing of this run was kept. Rolled back: a1.
    ");
}

#[tokio::test]
async fn children_survive_a_rebuild_of_their_parent_with_foreign_keys_on() {
    let history = altering("ALTER TABLE parent ALTER COLUMN id TYPE BIGINT;", "");
    let mut session = in_memory().await;
    let options = RunOptions::default();
    history.upgrade(&mut session, "a1", &options).await.unwrap();
    session
        .query("PRAGMA foreign_keys = ON", &[])
        .await
        .unwrap();
    history
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap();
    let rows = session
        .query("SELECT count(*) FROM child", &[])
        .await
        .unwrap();
    assert_eq!(rows, [[Value::Integer(2)]]);
    let on = session.query("PRAGMA foreign_keys", &[]).await.unwrap();
    assert_eq!(
        on,
        [[Value::Integer(1)]],
        "the caller's setting is put back"
    );
}

#[tokio::test]
async fn rows_that_lose_their_parent_while_foreign_keys_are_off_stop_the_run() {
    let history = altering(
        "DELETE FROM parent WHERE id = 1;
         ALTER TABLE parent ALTER COLUMN id TYPE BIGINT;",
        "",
    );
    let mut session = in_memory().await;
    let options = RunOptions::default();
    history.upgrade(&mut session, "a1", &options).await.unwrap();
    session
        .query("PRAGMA foreign_keys = ON", &[])
        .await
        .unwrap();
    let error = history
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @r"
    1 row(s) of table 'child' would refer to rows of 'parent' that do not exist. Foreign keys are off during this run, because a revision of it rebuilds a table, so ON DELETE and ON UPDATE do nothing; delete or change the rows of 'child' in the script that changes 'parent'
    Nothing of this run was kept. Rolled back: b1.
    ");
    let on = session.query("PRAGMA foreign_keys", &[]).await.unwrap();
    assert_eq!(on, [[Value::Integer(1)]]);
}

#[tokio::test]
async fn several_changes_of_one_table_are_one_statement_for_the_observer() {
    let history = altering(
        "ALTER TABLE child ALTER COLUMN parent SET NOT NULL;
         ALTER TABLE child ALTER COLUMN id TYPE BIGINT;
         ALTER TABLE parent ALTER COLUMN id TYPE BIGINT;",
        "",
    );
    let mut session = in_memory().await;
    let report = history
        .upgrade(&mut session, "head", &RunOptions::default())
        .await
        .unwrap();
    assert_eq!(report.steps[1].statements, 2);
}

#[tokio::test]
async fn a_script_that_cannot_be_run_is_found_before_the_first_statement() {
    let history = History::new(&[
        ("a1", &[], "CREATE TABLE a (x);", "DROP TABLE a;"),
        ("b1", &["a1"], "CREATE TABLE b (x);", "SELECT 'no end;"),
        ("c1", &["b1"], "CREATE TABLE c (x);", "DROP TABLE c;"),
    ]);
    let mut session = in_memory().await;
    let options = RunOptions {
        transaction: TransactionMode::PerRevision,
        ..RunOptions::default()
    };
    history
        .upgrade(&mut session, "head", &options)
        .await
        .unwrap();
    let error = history
        .downgrade(&mut session, "base", &options)
        .await
        .unwrap_err();
    assert!(matches!(error.cause, RunFailure::Script { .. }), "{error}");
    assert_eq!(
        tables(&mut session).await,
        ["a", "alembic_version", "b", "c"]
    );
}

//! The library as an application uses it: scripts compiled in or in a directory, a database from wherever the
//! application has it.
#![allow(clippy::unwrap_used)]

use limbeck::{
    config::DatabaseUrl,
    dialect::{BoxFuture, Query},
    migrate::{Event, HookError, Observer},
    migrator::{Migrator, MigratorError, NewRevision, Project, Status},
    revision::{RevisionId, Step},
    schema::Value,
};
use sqlx::{Connection, SqliteConnection, SqlitePool, sqlite::SqliteConnectOptions};

fn embedded() -> Project {
    Project::from_embedded(limbeck::embed!("tests/migrator/scripts"))
}

fn from_directory() -> Project {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/migrator/scripts");
    Project::from_directory(directory).unwrap()
}

async fn in_memory() -> SqliteConnection {
    SqliteConnection::connect("sqlite::memory:").await.unwrap()
}

async fn has_table(connection: &mut SqliteConnection, name: &str) -> bool {
    let found = sqlx::query("SELECT 1 FROM sqlite_master WHERE name = ?")
        .bind(name)
        .fetch_optional(connection)
        .await;
    found.unwrap().is_some()
}

fn file_url(directory: &tempfile::TempDir) -> DatabaseUrl {
    DatabaseUrl::parse("sqlite:///app.db")
        .unwrap()
        .with_base_directory(directory.path())
}

#[tokio::test]
async fn scripts_from_both_sources_do_the_same() {
    for project in [embedded(), from_directory()] {
        let mut connection = in_memory().await;
        let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
        let report = migrator.upgrade("heads").await.unwrap();
        assert_eq!(report.steps.len(), 2);
        assert_eq!(report.rows_after, ["b1"]);
        assert_eq!(migrator.upgrade("heads").await.unwrap().steps, []);
        assert_eq!(migrator.downgrade("-1").await.unwrap().rows_after, ["a1"]);
        drop(migrator);
        assert!(has_table(&mut connection, "account").await);
    }
}

#[tokio::test]
async fn a_callers_transaction_stays_the_callers() {
    let project = embedded();
    let mut connection = in_memory().await;
    let mut transaction = connection.begin().await.unwrap();
    let mut migrator = Migrator::borrow(&project, &mut *transaction).await.unwrap();
    migrator.upgrade("heads").await.unwrap();
    drop(migrator);
    transaction.rollback().await.unwrap();
    assert!(!has_table(&mut connection, "account").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_copies_that_start_at_once_one_migrates() {
    let directory = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new()
        .filename(directory.path().join("app.db"))
        .create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let copies: Vec<_> = (0..8)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let project = embedded();
                let mut migrator = Migrator::from_pool(&project, &pool).await.unwrap();
                migrator.upgrade("heads").await.unwrap().steps.len()
            })
        })
        .collect();
    let mut steps = 0;
    for copy in copies {
        steps += copy.await.unwrap();
    }
    assert_eq!(steps, 2);
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM account")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn looking_makes_no_file_and_tells_what_is_pending() {
    let directory = tempfile::tempdir().unwrap();
    let (project, url) = (embedded(), file_url(&directory));
    let mut migrator = Migrator::connect_to_read(&project, &url).await.unwrap();
    let id = |text| RevisionId::new(text).unwrap();
    let status = migrator.status().await.unwrap();
    assert!(!status.is_up_to_date());
    assert_eq!(
        status,
        Status {
            rows: Vec::new(),
            current: Vec::new(),
            pending: vec![id("a1"), id("b1")],
        }
    );
    let plan = migrator.plan_upgrade("+1").await.unwrap();
    let statements: Vec<&str> = plan
        .iter()
        .flat_map(|step| &step.statements)
        .map(|statement| statement.sql.as_str())
        .collect();
    assert_eq!(
        statements,
        [
            "CREATE TABLE account (id INTEGER PRIMARY KEY)",
            "INSERT INTO alembic_version (version_num) VALUES ('a1')",
        ]
    );
    drop(migrator);
    assert!(!directory.path().join("app.db").exists());
    let mut migrator = Migrator::connect(&project, &url).await.unwrap();
    migrator.upgrade("a1").await.unwrap();
    let status = migrator.status().await.unwrap();
    assert_eq!(
        (status.current, status.pending),
        (vec![id("a1")], vec![id("b1")])
    );
}

#[tokio::test]
async fn a_dry_run_is_rolled_back() {
    let project = embedded();
    let mut connection = in_memory().await;
    let migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    let report = migrator.dry_run(true).upgrade("heads").await.unwrap();
    assert!(report.dry_run);
    assert_eq!(report.rows_after, ["b1"]);
    assert!(!has_table(&mut connection, "account").await);
}

/// Notes what happens, and refuses the step to one revision.
struct Witness<'w> {
    seen: &'w mut Vec<String>,
    refused: &'static str,
}

impl Observer for Witness<'_> {
    fn event(&mut self, event: Event<'_>) {
        if let Event::StepFinished { step, .. } = event {
            self.seen.push(format!("finished {}", step.revision));
        }
    }

    fn before_step<'a>(
        &'a mut self,
        step: &'a Step,
        _database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        Box::pin(async move {
            self.seen.push(format!("before {}", step.revision));
            if step.revision.as_str() == self.refused {
                return Err("not on a Friday".into());
            }
            Ok(())
        })
    }

    fn after_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        Box::pin(async move {
            let rows = database
                .query("SELECT version_num FROM alembic_version", &[])
                .await?;
            let row = rows
                .first()
                .and_then(|row| row.first())
                .and_then(Value::as_text);
            self.seen
                .push(format!("after {}, at {row:?}", step.revision));
            Ok(())
        })
    }
}

#[tokio::test]
async fn hooks_run_in_the_transaction_of_their_step_and_may_stop_it() {
    let project = embedded();
    let mut connection = in_memory().await;
    let mut seen = Vec::new();
    let witness = Witness {
        seen: &mut seen,
        refused: "b1",
    };
    let migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    let error = migrator
        .observed_by(witness)
        .upgrade("heads")
        .await
        .unwrap_err();
    assert_eq!(
        seen,
        [
            "before a1",
            "after a1, at Some(\"a1\")",
            "finished a1",
            "before b1"
        ]
    );
    assert_eq!(error.kind(), "hook");
    insta::assert_snapshot!(error.headline(), @"the hook before revision b1 failed: not on a Friday");
    assert!(!has_table(&mut connection, "account").await);
}

#[tokio::test]
async fn errors_tell_where_and_what_is_in_the_database() {
    let project = Project::from_embedded(&[
        (
            "a1.sql",
            "-- revision: a1\n-- revises: base\n-- limbeck: upgrade\nCREATE TABLE a (x);\n",
        ),
        (
            "b1.sql",
            "-- revision: b1\n-- revises: a1\n-- limbeck: upgrade\nCREATE TABLE b (x);\nINSERT INTO c\n VALUES (1);\n",
        ),
    ]);
    let mut connection = in_memory().await;
    let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    let error = migrator.upgrade("head").await.unwrap_err();
    assert!(error.is_run_failure());
    assert_eq!(error.kind(), "statement");
    assert_eq!(error.location().unwrap().to_string(), "b1.sql:5:1");
    assert_eq!(error.statement(), Some("INSERT INTO c\n VALUES (1)"));
    insta::assert_snapshot!(error.headline(), @"the database refused a statement of the upgrade of revision b1: no such table: c");
    insta::assert_snapshot!(error.aftermath().unwrap(), @"Nothing of this run was kept. Rolled back: a1.");
    let error = migrator.upgrade("zz").await.unwrap_err();
    assert!(!error.is_run_failure());
    assert_eq!(error.kind(), "unknown_revision");
}

#[tokio::test]
async fn only_a_purging_stamp_gets_past_an_unknown_row() {
    let project = embedded();
    let mut connection = in_memory().await;
    let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    assert!(migrator.ensure_version().await.unwrap());
    assert!(!migrator.ensure_version().await.unwrap());
    migrator.stamp(&["a1"], false).await.unwrap();
    drop(migrator);
    sqlx::query("UPDATE alembic_version SET version_num = 'gone'")
        .execute(&mut connection)
        .await
        .unwrap();
    let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    for error in [
        migrator.status().await.unwrap_err(),
        migrator.upgrade("heads").await.unwrap_err(),
        migrator.stamp(&["b1"], false).await.unwrap_err(),
    ] {
        assert!(matches!(error, MigratorError::UnknownRow { ref row } if row == "gone"));
    }
    assert_eq!(
        migrator.stamp(&["b1"], true).await.unwrap().rows_after,
        ["b1"]
    );
    assert_eq!(migrator.rows().await.unwrap(), ["b1"]);
}

#[test]
fn a_directory_that_is_missing_is_named() {
    let error = Project::from_directory("/nowhere/at/all").unwrap_err();
    assert!(matches!(error, MigratorError::NoScriptLocation { .. }));
    insta::assert_snapshot!(error, @"Path doesn't exist: /nowhere/at/all.  Please use the 'init' command to create a new scripts folder.");
}

#[test]
fn a_new_revision_is_built_on_the_head() {
    let directory = tempfile::tempdir().unwrap();
    let write = |new: &NewRevision| {
        let project = Project::from_directory(directory.path()).unwrap();
        project.write_revision(new, &jiff::Zoned::now())
    };
    let new = |id: &str, parents: &[&str]| NewRevision {
        message: Some("a word".to_owned()),
        id: Some(id.to_owned()),
        parents: parents.iter().map(|parent| (*parent).to_owned()).collect(),
        ..NewRevision::default()
    };
    assert_eq!(
        write(&new("a1", &[])).unwrap().written.header.down_revision,
        [""; 0]
    );
    let second = write(&new("b1", &[])).unwrap().written;
    assert_eq!(second.header.down_revision, ["a1"]);
    assert_eq!(second.path, directory.path().join("b1_a_word.sql"));
    assert_eq!(
        write(&new("c1", &["base"]))
            .unwrap()
            .written
            .header
            .down_revision,
        [""; 0]
    );
    assert_eq!(write(&new("d1", &[])).unwrap_err().kind(), "multiple_heads");
    assert_eq!(write(&new("d@1", &["b1"])).unwrap_err().kind(), "write");
    assert_eq!(write(&new("b1", &["b1"])).unwrap_err().kind(), "write");
    let merged = write(&new("e1", &["heads"])).unwrap().written;
    assert_eq!(merged.header.down_revision, ["b1", "c1"]);
}

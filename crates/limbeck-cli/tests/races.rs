//! Many processes upgrade one database at once, as the copies of an application do that start together. Every revision
//! is applied exactly once, and every process ends at the head or says who holds the lock.
#![allow(clippy::unwrap_used)]

#[path = "support/database.rs"]
mod database;
mod support;

use std::process::{Output, Stdio};

use database::Database;
use support::Sandbox;

const PROCESSES: usize = 20;

/// Revisions with their parents: a branch, a merge, and some on top.
const HISTORY: [(&str, &str); 9] = [
    ("r1", "base"),
    ("r2", "r1"),
    ("r3", "r1"),
    ("r4", "r2"),
    ("r5", "r3, r4"),
    ("r6", "r5"),
    ("r7", "r6"),
    ("r8", "r7"),
    ("r9", "r8"),
];

/// A project whose every revision makes a table and a row in `log`, where a second one would be seen.
fn project(database: &Database, settings: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    let url = database.url();
    sandbox.write("limbeck.toml", &format!("url = \"{url}\"\n{settings}"));
    for (id, revises) in HISTORY {
        let log = match id {
            "r1" => "CREATE TABLE log (id VARCHAR(32));\n",
            _ => "",
        };
        sandbox.write(
            &format!("migrations/versions/{id}.sql"),
            &format!(
                "-- make {id}\n--\n-- revision: {id}\n-- revises: {revises}\n\n-- limbeck: upgrade\n\
                 {log}CREATE TABLE {id} (n INTEGER);\nINSERT INTO log VALUES ('{id}');\n"
            ),
        );
    }
    sandbox
}

/// Starts all processes before it waits for one.
fn race(project: &Sandbox) -> Vec<Output> {
    let processes: Vec<_> = (0..PROCESSES)
        .map(|_| {
            let mut command = project.command();
            command.args(["upgrade", "heads"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    processes
        .into_iter()
        .map(|process| process.wait_with_output().unwrap())
        .collect()
}

#[track_caller]
fn applied_once(database: &Database) {
    let expected: Vec<&str> = HISTORY.iter().map(|(id, _)| *id).collect();
    assert_eq!(
        database.texts("SELECT id FROM log ORDER BY id"),
        expected,
        "every revision once"
    );
    assert_eq!(
        database.texts("SELECT version_num FROM alembic_version"),
        ["r9"]
    );
}

/// Those who may wait all end at the head.
#[track_caller]
fn all_arrive(database: &Database, settings: &str) {
    let project = project(database, settings);
    for output in race(&project) {
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{error}");
    }
    applied_once(database);
}

/// Of those who may not wait at least one arrives; the others say that the lock is held, and do nothing.
#[track_caller]
fn some_arrive(database: &Database, settings: &str) {
    let project = project(database, &format!("{settings}[lock]\ntimeout = 0\n"));
    let mut arrived = 0;
    for output in race(&project) {
        let error = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            arrived += 1;
        } else {
            assert_eq!(output.status.code(), Some(1), "{error}");
            assert!(
                error.contains("another run holds the lock on this database: "),
                "{error}"
            );
        }
    }
    assert!(arrived > 0);
    applied_once(database);
}

/// A SQLite file in a directory that lives as long as the guard.
fn file() -> (tempfile::TempDir, Database) {
    let directory = tempfile::tempdir().unwrap();
    let database = Database::Sqlite(directory.path().join("race.db"));
    (directory, database)
}

#[test]
fn on_a_sqlite_file() {
    for settings in ["", "transaction = \"revision\"\n"] {
        let (_directory, database) = file();
        all_arrive(&database, settings);
    }
}

#[test]
fn on_a_sqlite_file_without_waiting() {
    let (_directory, database) = file();
    some_arrive(&database, "");
}

#[test]
fn on_postgresql() {
    for settings in [
        "",
        "transaction = \"revision\"\n",
        "transaction = \"none\"\n",
    ] {
        let Some(database) = Database::postgresql() else {
            return;
        };
        all_arrive(&database, settings);
    }
}

#[test]
fn on_postgresql_without_waiting() {
    let Some(database) = Database::postgresql() else {
        return;
    };
    some_arrive(&database, "");
}

/// Without the lock the version rows still keep runs apart: each write has to change the one row it expects, and what
/// a run did before that is rolled back.
#[test]
fn on_postgresql_without_a_lock() {
    let Some(database) = Database::postgresql() else {
        return;
    };
    let settings = "transaction = \"revision\"\n[lock]\nenabled = false\n";
    let project = project(&database, settings);
    let failed = race(&project)
        .iter()
        .filter(|output| !output.status.success())
        .count();
    assert!(failed < PROCESSES);
    applied_once(&database);
}

#[test]
fn on_mariadb() {
    let Some(database) = Database::mariadb() else {
        return;
    };
    all_arrive(&database, "");
}

#[test]
fn on_mariadb_without_waiting() {
    let Some(database) = Database::mariadb() else {
        return;
    };
    some_arrive(&database, "");
}

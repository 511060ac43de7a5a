//! A process killed in the middle of a change leaves the table before or after it.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use super::Database;
use crate::dialect::sqlite::{ColumnPlace, TableChange};

/// Where the child finds the file; without it the child's test has nothing to do.
const FILE: &str = "LIMBECK_TEST_CRASH_FILE";

const ROWS: i64 = 3000;

/// Changes that lead round in a circle: two rebuilds and two edits in place.
fn circle() -> Vec<TableChange> {
    let to = |place| TableChange::MoveColumn {
        column: "z".into(),
        place,
    };
    vec![
        to(ColumnPlace::First),
        TableChange::DropNotNull { column: "a".into() },
        to(ColumnPlace::After("b".into())),
        TableChange::SetNotNull { column: "a".into() },
    ]
}

/// The file by which a child says that it begins to change the table.
fn started(database: &Path) -> PathBuf {
    database.with_extension("started")
}

async fn populated(path: &Path) -> Database {
    Database::file(
        path,
        &format!(
            "CREATE TABLE p (id INTEGER PRIMARY KEY);
             CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL, b REFERENCES p ON DELETE CASCADE, z);
             CREATE TABLE child (t REFERENCES t ON DELETE CASCADE);
             CREATE INDEX i ON t (a DESC) WHERE z > 10;
             CREATE VIEW v AS SELECT a, z FROM t;
             CREATE TRIGGER tr AFTER DELETE ON t BEGIN INSERT INTO p VALUES (NULL); END;
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})
             INSERT INTO t SELECT i, 'text ' || i, NULL, i * 7 FROM n;
             INSERT INTO child SELECT id FROM t"
        ),
    )
    .await
}

/// Everything but the table's own text, which is one of four.
async fn constant_part(database: &mut Database) -> Vec<String> {
    let mut rows = database
        .rows("SELECT name, sql FROM sqlite_master WHERE name <> 't' ORDER BY name")
        .await;
    rows.extend(database.rows("SELECT id, a, b, z FROM t ORDER BY id").await);
    rows.extend(database.rows("SELECT count(*), sum(t) FROM child").await);
    rows.extend(database.rows("SELECT * FROM sqlite_sequence").await);
    rows.extend(database.rows("SELECT count(*) FROM p").await);
    rows.extend(database.rows("PRAGMA foreign_key_check").await);
    rows
}

#[tokio::test]
#[ignore = "runs in a process of its own, which is killed"]
async fn child() {
    let Ok(file) = std::env::var(FILE) else {
        return;
    };
    let mut database = Database::file(Path::new(&file), "PRAGMA synchronous = OFF").await;
    // Wherever the last process was killed, the circle is entered by a change that does not fail there.
    std::fs::write(started(Path::new(&file)), "").unwrap();
    loop {
        for change in circle() {
            database.change(&[change]).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_killed_change_is_done_or_not_done() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("crash.db");
    let mut database = populated(&path).await;
    let expected = constant_part(&mut database).await;
    let mut texts = vec![database.sql("t").await];
    for change in circle() {
        database.change(&[change]).await.unwrap();
        texts.push(database.sql("t").await);
    }
    drop(database);
    let mut seen = std::collections::BTreeSet::new();
    for round in 0..30u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "--ignored",
                "dialect::sqlite::rebuild::tests::crash::child",
            ])
            .env(FILE, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let marker = started(&path);
        while !marker.exists() {
            assert!(
                child.try_wait().unwrap().is_none(),
                "the child ended by itself"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
        // Up to a few rounds of the circle, in steps that share no factor with its length.
        std::thread::sleep(Duration::from_micros((round * 7919) % 60_013));
        assert!(
            child.try_wait().unwrap().is_none(),
            "the child ended by itself"
        );
        child.kill().unwrap();
        child.wait().unwrap();
        std::fs::remove_file(&marker).unwrap();
        let mut database = Database::file(&path, "SELECT 1").await;
        database.is_sound().await;
        assert_eq!(constant_part(&mut database).await, expected);
        let text = database.sql("t").await;
        // Entered half way, the circle also passes z first with a nullable a, and z last with one.
        let normal = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            texts
                .iter()
                .any(|known| known.split_whitespace().collect::<Vec<_>>().join(" ") == normal),
            "{text}"
        );
        seen.insert(normal);
    }
    assert!(seen.len() > 1, "no child changed anything");
}

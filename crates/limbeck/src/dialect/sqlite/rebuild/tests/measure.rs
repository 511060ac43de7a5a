//! Times at a million rows; run by hand: `cargo test -p limbeck --lib measure -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use super::Database;
use crate::dialect::sqlite::{ColumnPlace, TableChange, rebuild::Method};

const SCHEMA: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, amount REAL, note TEXT DEFAULT '-', at TEXT);
    CREATE INDEX i ON t (name); CREATE INDEX j ON t (at, amount);";

const FILL: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
    INSERT INTO t SELECT i, 'name ' || (i * 7919 % 1000003), i / 7.0, 'note ' || i, '2024-01-' || (i % 28) FROM n;";

/// The statements a careful person would write for the same change.
const RAW: &str = "PRAGMA foreign_keys = OFF; BEGIN;
    CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, amount REAL, at TEXT, note TEXT DEFAULT '-');
    INSERT INTO new (id, name, amount, at, note) SELECT id, name, amount, at, note FROM t;
    DROP TABLE t; ALTER TABLE new RENAME TO t;
    CREATE INDEX i ON t (name); CREATE INDEX j ON t (at, amount);
    COMMIT; PRAGMA foreign_keys = ON;";

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[tokio::test]
#[ignore = "takes a minute; prints what it measures"]
async fn a_million_rows() {
    let directory = tempfile::tempdir().unwrap();
    let original = directory.path().join("original.db");
    drop(Database::file(&original, &format!("{SCHEMA}{FILL}")).await);
    let path = directory.path().join("copy.db");
    let rebuild = [TableChange::MoveColumn {
        column: "note".into(),
        place: ColumnPlace::After("at".into()),
    }];
    let nullable = [TableChange::DropNotNull {
        column: "name".into(),
    }];
    let default = [TableChange::SetDefault {
        column: "note".into(),
        expression: "'none'".into(),
    }];
    let check = [TableChange::AddConstraint {
        definition: "CHECK (amount >= 0)".into(),
    }];
    let mut times: [Vec<Duration>; 5] = Default::default();
    for _ in 0..5 {
        for (index, changes) in [&[][..], &rebuild, &nullable, &default, &check]
            .into_iter()
            .enumerate()
        {
            std::fs::copy(&original, &path).unwrap();
            let mut database = Database::file(&path, "SELECT count(*) FROM t").await;
            let start = Instant::now();
            match changes {
                [] => database.run(RAW).await,
                changes => {
                    let method = database.change(changes).await.unwrap().method;
                    let expected = if index == 1 {
                        Method::Rebuild
                    } else {
                        Method::InPlace
                    };
                    assert_eq!(method, expected);
                }
            }
            times[index].push(start.elapsed());
        }
    }
    let names = [
        "raw copy",
        "rebuild",
        "drop NOT NULL",
        "set DEFAULT",
        "add CHECK",
    ];
    for (name, times) in names.into_iter().zip(times) {
        eprintln!("{name}: {:?}", median(times));
    }
}

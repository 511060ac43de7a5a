//! A process is killed at a random moment of an upgrade or a downgrade. The database is then as before or after one of
//! its transactions, never between: version row, tables and rows agree. The next run needs no help.
//!
//! How often is in `LIMBECK_TEST_KILLS`, for each of the tests; 20 by default.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/database.rs"]
mod database;
mod support;

use std::{
    env,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use database::Database;
use support::Sandbox;

const REVISIONS: usize = 12;

fn id(number: usize) -> String {
    format!("r{number:02}")
}

/// A project of revisions in a line. Each makes a table with rows in it, and a row in `log`.
fn project(database: &Database, transaction: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    let url = database.url();
    sandbox.write(
        "limbeck.toml",
        &format!("url = \"{url}\"\ntransaction = \"{transaction}\"\n"),
    );
    for number in 1..=REVISIONS {
        let id = id(number);
        let (revises, first, last) = match number {
            1 => (
                "base".to_owned(),
                "CREATE TABLE log (id VARCHAR(32));\n",
                "DROP TABLE log;\n",
            ),
            number => (self::id(number - 1), "", ""),
        };
        let rows = vec!["(7)"; 300].join(", ");
        sandbox.write(
            &format!("migrations/versions/{id}.sql"),
            &format!(
                "-- make {id}\n--\n-- revision: {id}\n-- revises: {revises}\n\n-- limbeck: upgrade\n\
                 {first}CREATE TABLE {id} (n INTEGER);\nINSERT INTO {id} VALUES {rows};\n\
                 INSERT INTO log VALUES ('{id}');\nCREATE INDEX {id}_n ON {id} (n);\n\n\
                 -- limbeck: downgrade\nDROP INDEX {id}_n;\nDELETE FROM log WHERE id = '{id}';\n\
                 DROP TABLE {id};\n{last}"
            ),
        );
    }
    sandbox
}

/// How many revisions are applied. Everything in the database has to say the same.
#[track_caller]
fn applied(database: &Database) -> usize {
    if let Database::Postgresql(_) = database {
        // The server goes on for a moment with what a dead client has sent.
        let others = "SELECT pid::text FROM pg_stat_activity \
                      WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let began = Instant::now();
        while !database.texts(others).is_empty() {
            assert!(began.elapsed() < Duration::from_secs(30), "a session stays");
            thread::sleep(Duration::from_millis(5));
        }
    }
    let tables = database.tables();
    let has = |name: &str| tables.iter().any(|table| table == name);
    let rows = match has("alembic_version") {
        true => database.texts("SELECT version_num FROM alembic_version"),
        false => Vec::new(),
    };
    assert!(rows.len() <= 1, "{rows:?}");
    let number: usize = rows.first().map_or(0, |row| row[1..].parse().unwrap());
    let expected: Vec<String> = (1..=number).map(id).collect();
    let made: Vec<String> = tables
        .iter()
        .filter(|table| table.starts_with('r'))
        .cloned()
        .collect();
    assert_eq!(made, expected, "tables against the version row {rows:?}");
    assert_eq!(has("log"), number > 0);
    if number > 0 {
        assert_eq!(
            database.texts("SELECT id FROM log ORDER BY id"),
            expected,
            "rows against the version row {rows:?}"
        );
        let last = id(number);
        let all = database.texts(&format!("SELECT 'row' FROM {last}"));
        assert_eq!(all.len(), 300, "rows of {last}");
    }
    number
}

/// A number below 1 that looks random and is the same in every run of the tests.
fn chance(number: u64) -> f64 {
    // The output function of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
    let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

/// Kills runs up and down, and looks after each.
#[track_caller]
fn survive(database: &Database, transaction: &str) {
    let kills: u64 = env::var("LIMBECK_TEST_KILLS").map_or(20, |kills| kills.parse().unwrap());
    let project = project(database, transaction);
    let finish = |arguments: &[&str]| {
        let began = Instant::now();
        let ran = project.run_arguments(arguments);
        assert_eq!(ran.code, 0, "{ran}");
        began.elapsed()
    };
    const WAYS: [([&str; 2], usize); 2] =
        [(["upgrade", "head"], REVISIONS), (["downgrade", "base"], 0)];
    // How long a run takes, so that the blow falls into it; followed, as the machine's load changes.
    let mut lasts = WAYS.map(|(arguments, _)| finish(&arguments));
    let (mut cut_short, mut half_way) = (0, 0);
    for kill in 0..kills {
        let way = (kill % 2) as usize;
        let (arguments, goal) = WAYS[way];
        let start = applied(database);
        let mut command = project.command();
        command.args(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        thread::sleep(lasts[way].mul_f64(chance(kill)));
        process.kill().unwrap();
        let survived = process.wait().unwrap().success();

        let found = applied(database);
        let between = found != start && found != goal;
        assert!(
            transaction == "revision" || !between,
            "killed between {start} and {goal}, and {found} are applied"
        );
        assert!(!survived || found == goal);
        cut_short += usize::from(!survived);
        half_way += usize::from(between);
        let rest = finish(&arguments);
        assert_eq!(applied(database), goal);
        if found == start {
            lasts[way] = rest;
        }
    }
    println!("{kills} kills, {cut_short} before the end, {half_way} between two revisions");
    assert!(kills < 20 || cut_short > kills as usize / 4, "too late");
}

fn on_sqlite(transaction: &str) {
    let directory = tempfile::tempdir().unwrap();
    survive(
        &Database::Sqlite(directory.path().join("killed.db")),
        transaction,
    );
}

/// Where a journal of another kind has to be read after the blow.
#[test]
fn on_sqlite_with_a_write_ahead_log() {
    let directory = tempfile::tempdir().unwrap();
    let database = Database::Sqlite(directory.path().join("killed.db"));
    assert_eq!(database.texts("PRAGMA journal_mode = wal"), ["wal"]);
    survive(&database, "revision");
}

fn on_postgresql(transaction: &str) {
    if let Some(database) = Database::postgresql() {
        survive(&database, transaction);
    }
}

#[test]
fn on_sqlite_in_one_transaction() {
    on_sqlite("run");
}

#[test]
fn on_sqlite_with_a_transaction_for_each_revision() {
    on_sqlite("revision");
}

#[test]
fn on_postgresql_in_one_transaction() {
    on_postgresql("run");
}

#[test]
fn on_postgresql_with_a_transaction_for_each_revision() {
    on_postgresql("revision");
}

//! Databases that somebody else is working on, and version rows that change under a run.

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection,
    SqliteConnection, sqlite::SqliteConnectOptions,
};

use crate::project::{Project, wait};

const IMPATIENT: &str = "[lock]\ntimeout = 1\n";

/// A connection that is inside a transaction which writes.
fn writer(project: &Project) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(project.path().join("app.db"));
    wait(async {
        let mut connection = options.connect().await.unwrap();
        connection.execute("BEGIN IMMEDIATE").await.unwrap();
        connection
    })
}

/// Text up to the name of the holder, who has another number in each run.
fn without_holder(told: &str) -> String {
    let mut lines = Vec::new();
    for line in told.lines() {
        if line.contains("Waiting for the lock held by") {
            continue;
        }
        match line.split_once("lock on this database: ") {
            Some((before, after)) => {
                let after = after.split_once("; gave up").map_or("", |(_, after)| after);
                lines.push(format!(
                    "{before}lock on this database: [HOLDER]; gave up{after}"
                ));
            }
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

#[test]
fn somebody_else_writes_to_the_sqlite_file() {
    let project = Project::with_settings(&format!("url = \"sqlite:///app.db\"\n{IMPATIENT}"))
        .table("a1", "base")
        .sqlite("CREATE TABLE t (n)");
    let writer = writer(&project);
    insta::assert_snapshot!(without_holder(&project.told("upgrade head")), @"
[stderr]
error: another run holds the lock on this database: [HOLDER]; gave up after [TIME] ms. Wait for it to end, or allow more time for waiting
 |
 = help: how long to wait is lock.timeout in the configuration, in seconds
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
    drop(writer);
}

#[test]
fn somebody_else_holds_the_lock_on_postgresql() {
    let Some(database) = wait(limbeck_testing::postgres()) else {
        return;
    };
    let project = Project::on(&database, IMPATIENT).revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nSELECT pg_sleep(20);\n",
    );
    let mut other = project.command();
    other.stderr(std::process::Stdio::null());
    let mut other = other.args(["upgrade", "head"]).spawn().unwrap();
    // Until the other run is at its script.
    wait(async {
        let mut connection = PgConnection::connect(&database.url).await.unwrap();
        let sleeping = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' \
                        AND pid <> pg_backend_pid() AND datname = current_database()";
        while sqlx::query_scalar::<_, i64>(AssertSqlSafe(sleeping))
            .fetch_one(&mut connection)
            .await
            .unwrap()
            == 0
        {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        connection.close().await.unwrap();
    });
    let told = project.told("upgrade head");
    assert!(
        told.contains("server process"),
        "the holder is named: {told}"
    );
    insta::assert_snapshot!(without_holder(&told), @"
[stderr]
error: another run holds the lock on this database: [HOLDER]; gave up after [TIME] ms. Wait for it to end, or allow more time for waiting
 |
 = help: how long to wait is lock.timeout in the configuration, in seconds
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
    insta::assert_snapshot!(project.told("status"), @"
Database: postgres://postgres@[SERVER]/[DATABASE]?sslmode=disable
At:       <base>
Heads:    a1 (head)
Pending:  1
  a1 (head), make a1
[exit 3]
");
    other.kill().unwrap();
    other.wait().unwrap();
}

#[test]
fn the_version_row_is_written_by_the_script_itself() {
    let project = Project::new().table("a1", "base").revision(
        "b1",
        "a1",
        "-- limbeck: upgrade\nUPDATE alembic_version SET version_num = 'x1';\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: somebody else moved this database while it was being migrated: 'alembic_version' should have had one row 'a1', but it has 0; what this run had not committed is rolled back. Run the command again
 |
 = note: Nothing of this run was kept. Rolled back: a1.
[exit 1]
");
}

#[test]
fn the_version_table_is_dropped_by_the_script() {
    let project = Project::new().table("a1", "base").revision(
        "b1",
        "a1",
        "-- limbeck: upgrade\nDROP TABLE alembic_version;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the version table 'alembic_version' could not be written: no such table: alembic_version
 |
 = note: Nothing of this run was kept. Rolled back: a1.
 = help: see that this is a version table, whose only column is version_num; another one is named with version_table in the configuration
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

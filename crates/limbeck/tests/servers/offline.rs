//! Offline scripts, run as they are by the databases' own clients, against the same history run online.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use limbeck::{
    dialect::Query,
    migrate::{OfflineOptions, RunOptions, Session, Silent, TransactionMode, write_offline},
    schema::Value,
};
use sqlx::{mysql::MySqlConnectOptions, postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

use crate::history::{History, mysql, postgres};

/// Bodies with semicolons, text that looks like SQL, letters outside ASCII, and a statement outside a transaction.
fn sqlite_history() -> History {
    History::new(&[
        (
            "a1",
            &[],
            "CREATE TABLE a (x, y TEXT DEFAULT 'ä; -- ''no'''); -- the end",
            "DROP TABLE a;",
        ),
        (
            "b1",
            &["a1"],
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = x + 1; SELECT 1; END;\nINSERT INTO a (x) VALUES (1);\n-- limbeck: no transaction for next statement\nVACUUM;",
            "DROP TRIGGER t;",
        ),
    ])
}

fn postgres_history() -> History {
    History::new(&[
        (
            "a1",
            &[],
            "CREATE TABLE a (x int, y text DEFAULT 'ä; -- ''no'''); -- the end",
            "DROP TABLE a;",
        ),
        (
            "b1",
            &["a1"],
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.x := NEW.x + 1; RETURN NEW; END; $$;\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();\nCREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\nINSERT INTO a (x) VALUES (1);\n-- limbeck: no transaction for next statement\nCREATE INDEX CONCURRENTLY ax ON a (x);",
            "DROP FUNCTION f CASCADE;",
        ),
    ])
}

fn mariadb_history() -> History {
    History::new(&[
        (
            "a1",
            &[],
            "CREATE TABLE a (x int, y varchar(40) DEFAULT 'ä; -- ''no'''); -- the end",
            "DROP TABLE a;",
        ),
        (
            "b1",
            &["a1"],
            "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.x = NEW.x + 1; SET @seen = 1; END;\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END;\nINSERT INTO a (x) VALUES (1);",
            "DROP TRIGGER t;",
        ),
    ])
}

async fn script(history: &History, session: &Session<'_>) -> String {
    let language = session.server().language();
    let options = OfflineOptions::default();
    write_offline(
        &history.plan("heads", &[]),
        &history.index(),
        language.as_ref(),
        &options,
        &mut Silent,
    )
    .await
    .unwrap()
}

/// Runs `script` with a client; `None` when the client is not installed.
fn client(program: &str, arguments: &[&str], script: &str) -> Option<()> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        assert!(
            std::env::var_os("CI").is_none(),
            "{program} is missing on a build server"
        );
        eprintln!("skipped: no {program}");
        return None;
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(script.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{program}: {}\n{script}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(())
}

/// What two databases are compared by.
async fn contents(session: &mut Session<'_>, queries: &[&str]) -> Vec<Vec<Vec<Value>>> {
    let mut contents = Vec::new();
    for query in queries {
        contents.push(session.query(query, &[]).await.unwrap());
    }
    contents
}

#[tokio::test]
async fn sqlite3_does_what_a_run_does() {
    let directory = tempfile::tempdir().unwrap();
    let open = async |name: &str| {
        let options = SqliteConnectOptions::new()
            .filename(directory.path().join(name))
            .create_if_missing(true);
        Session::connect(options).await.unwrap()
    };
    let mut online = open("online.db").await;
    let history = sqlite_history();
    history
        .upgrade(&mut online, &RunOptions::default())
        .await
        .unwrap();
    let text = script(&history, &online).await;
    let path = directory.path().join("offline.db");
    let Some(()) = client("sqlite3", &["-bail", path.to_str().unwrap()], &text) else {
        return;
    };
    let mut offline = open("offline.db").await;
    let queries = [
        "SELECT type, name, tbl_name, replace(replace(sql, ' ', ''), char(10), '') FROM sqlite_master ORDER BY name",
        "SELECT * FROM a",
        "SELECT * FROM alembic_version",
    ];
    assert_eq!(
        contents(&mut offline, &queries).await,
        contents(&mut online, &queries).await
    );
}

#[tokio::test]
async fn psql_does_what_a_run_does() {
    let (Some(first), Some(second)) = (
        limbeck_testing::postgres().await,
        limbeck_testing::postgres().await,
    ) else {
        return;
    };
    let mut online = postgres(&first.url).await;
    let history = postgres_history();
    history
        .upgrade(&mut online, &RunOptions::default())
        .await
        .unwrap();
    let text = script(&history, &online).await;
    let options: PgConnectOptions = second.url.parse().unwrap();
    let (host, port) = (
        options.get_host().to_owned(),
        options.get_port().to_string(),
    );
    let arguments = [
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        &host,
        "-p",
        &port,
        "-U",
        options.get_username(),
        &second.name,
    ];
    let Some(()) = client("psql", &arguments, &text) else {
        return;
    };
    let mut offline = postgres(&second.url).await;
    let queries = [
        "SELECT table_name, column_name, data_type, column_default FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        "SELECT * FROM a",
        "SELECT * FROM alembic_version",
    ];
    assert_eq!(
        contents(&mut offline, &queries).await,
        contents(&mut online, &queries).await
    );
}

#[tokio::test]
async fn mariadb_does_what_a_run_does() {
    let (Some(first), Some(second)) = (
        limbeck_testing::mariadb().await,
        limbeck_testing::mariadb().await,
    ) else {
        return;
    };
    let mut online = mysql(&first.url).await;
    let history = mariadb_history();
    history
        .upgrade(&mut online, &RunOptions::default())
        .await
        .unwrap();
    let text = script(&history, &online).await;
    let options: MySqlConnectOptions = second.url.parse().unwrap();
    let (host, port) = (
        options.get_host().to_owned(),
        options.get_port().to_string(),
    );
    let arguments = [
        "--no-defaults",
        "--protocol=tcp",
        "-h",
        &host,
        "-P",
        &port,
        "-u",
        options.get_username(),
        &second.name,
    ];
    let Some(()) = client("mariadb", &arguments, &text) else {
        return;
    };
    let mut offline = mysql(&second.url).await;
    let queries = [
        "SELECT table_name, column_name, column_type, column_default FROM information_schema.columns WHERE table_schema = database() ORDER BY 1, 2",
        "SELECT routine_name, routine_definition FROM information_schema.routines WHERE routine_schema = database()",
        "SELECT trigger_name, action_statement FROM information_schema.triggers WHERE trigger_schema = database()",
        "SELECT * FROM a",
        "SELECT * FROM alembic_version",
    ];
    assert_eq!(
        contents(&mut offline, &queries).await,
        contents(&mut online, &queries).await
    );
}

#[tokio::test]
async fn a_script_down_per_revision_has_a_transaction_for_each() {
    let history = History::new(&[
        ("a1", &[], "CREATE TABLE a (x int);", "DROP TABLE a;"),
        ("b1", &["a1"], "CREATE TABLE b (x int);", "DROP TABLE b;"),
    ]);
    let options = OfflineOptions {
        transaction: TransactionMode::PerRevision,
        ..OfflineOptions::default()
    };
    let language = limbeck::dialect::Postgres::new(None);
    let plan = history.plan_down("base", &["b1"]);
    let text = write_offline(&plan, &history.index(), &language, &options, &mut Silent)
        .await
        .unwrap();
    insta::assert_snapshot!(text, @r"
    BEGIN;

    -- Running downgrade b1 -> a1

    DROP TABLE b;

    UPDATE alembic_version SET version_num='a1' WHERE alembic_version.version_num = 'b1';

    COMMIT;

    BEGIN;

    -- Running downgrade a1 -> 

    DROP TABLE a;

    DELETE FROM alembic_version WHERE alembic_version.version_num = 'a1';

    COMMIT;
    ");
    let plan = history.plan("heads", &[]);
    let text = write_offline(
        &plan,
        &history.index(),
        &language,
        &OfflineOptions::default(),
        &mut Silent,
    )
    .await
    .unwrap();
    insta::assert_snapshot!(text, @r"
    BEGIN;

    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, 
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );

    -- Running upgrade  -> a1

    CREATE TABLE a (x int);

    INSERT INTO alembic_version (version_num) VALUES ('a1');

    -- Running upgrade a1 -> b1

    CREATE TABLE b (x int);

    UPDATE alembic_version SET version_num='b1' WHERE alembic_version.version_num = 'a1';

    COMMIT;
    ");
}

//! Sessions on SQLite; those on servers are tested in `tests/` against live ones.

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::*;

async fn in_memory() -> Session<'static> {
    Session::connect(SqliteConnectOptions::new().in_memory(true))
        .await
        .unwrap()
}

#[tokio::test]
async fn values_keep_their_storage_class() {
    let mut session = in_memory().await;
    session
        .execute("CREATE TABLE t (a, b, c, d, e)", &[])
        .await
        .unwrap();
    let row = vec![
        Value::Integer(i64::MIN),
        Value::Float(0.5),
        Value::Text("ä".to_owned()),
        Value::Bytes(vec![0, 255]),
        Value::Null,
    ];
    let inserted = session
        .execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", &row)
        .await
        .unwrap();
    assert_eq!(inserted, 1);
    assert_eq!(session.query("SELECT * FROM t", &[]).await.unwrap(), [row]);
    let invalid = session
        .query("SELECT CAST(X'FF' AS TEXT)", &[])
        .await
        .unwrap();
    assert_eq!(invalid, [vec![Value::Bytes(vec![0xff])]]);
}

#[tokio::test]
async fn a_batch_says_which_statement_failed_and_counts_each() {
    let mut session = in_memory().await;
    let statements = [
        "CREATE TABLE t (a INTEGER PRIMARY KEY) -- with a comment",
        "INSERT INTO t VALUES (1), (2)",
        "INSERT INTO t VALUES (1)",
        "DROP TABLE t",
    ]
    .map(Statement::new);
    let mut changed = Vec::new();
    let failed = session
        .send(&statements.each_ref(), &mut |progress| {
            if let Progress::Finished {
                index,
                rows_changed,
                ..
            } = progress
            {
                changed.push((index, rows_changed));
            }
        })
        .await
        .unwrap_err();
    assert_eq!(failed.index, 2);
    assert_eq!(failed.error.message, "UNIQUE constraint failed: t.a");
    assert_eq!(changed[1], (1, 2));
    assert_eq!(changed.len(), 2);
}

#[tokio::test]
async fn the_row_that_is_refused_is_told_among_many() {
    let mut session = in_memory().await;
    session
        .execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b)", &[])
        .await
        .unwrap();
    for sql in [
        "INSERT INTO t (a, b) VALUES (?, ?) -- why?",
        "INSERT INTO t ([a], b) VALUES (?, ?)",
        "INSERT INTO t (a, b) VALUES (?, ?) /* without an end",
        "INSERT INTO t (b, a) VALUES (?2, ?1)",
    ] {
        let number = |row: i64| if row == 170 { 3 } else { row };
        let row = |row| {
            vec![
                Value::Integer(number(row)),
                Value::Text(format!("'{row};?")),
            ]
        };
        let statements: Vec<Statement> = (0..200)
            .map(|number| Statement::new(sql).with_parameters(row(number)))
            .collect();
        let mut counted = 0;
        let failed = session
            .send(&statements.iter().collect::<Vec<_>>(), &mut |progress| {
                if let Progress::Finished { rows_changed, .. } = progress {
                    counted += rows_changed;
                }
            })
            .await
            .unwrap_err();
        assert_eq!(failed.index, 170, "{sql}");
        assert_eq!(failed.error.message, "UNIQUE constraint failed: t.a");
        assert_eq!(counted, 170);
        let found = session
            .query("SELECT count(*), max(a), max(b) FROM t WHERE a > 99", &[])
            .await
            .unwrap();
        let last = Value::Text("'169;?".to_owned());
        assert_eq!(found, [vec![Value::Integer(70), Value::Integer(169), last]]);
        session.execute("DELETE FROM t", &[]).await.unwrap();
    }
}

#[tokio::test]
async fn statements_that_are_asked_together_keep_their_answers_apart() {
    let mut session = in_memory().await;
    let statements = [
        "CREATE TABLE t (a)",
        "SELECT 1 UNION ALL SELECT 2",
        "PRAGMA table_info(t)",
        // Handed over alone, because of what looks like an end.
        "SELECT ';'",
        "SELECT a FROM t",
        "SELECT 3",
    ]
    .map(str::to_owned);
    let found = session.query_each(&statements).await.unwrap();
    let counts: Vec<usize> = found.iter().map(Vec::len).collect();
    assert_eq!(counts, [0, 2, 1, 1, 0, 1]);
    assert_eq!(found[3], [vec![Value::Text(";".to_owned())]]);
    assert_eq!(found[5], [vec![Value::Integer(3)]]);

    let refused = [
        "INSERT INTO t VALUES (1)",
        "SELECT b FROM t",
        "DROP TABLE t",
    ]
    .map(str::to_owned);
    let error = session.query_each(&refused).await.unwrap_err();
    assert_eq!(error.index, 1);
    assert_eq!(error.error.message, "no such column: b");
    let rows = session.query("SELECT a FROM t", &[]).await.unwrap();
    assert_eq!(rows, [vec![Value::Integer(1)]]);
}

/// The driver would never come back from it.
#[tokio::test]
async fn a_nul_character_is_refused_where_it_stands() {
    let mut session = in_memory().await;
    let statements = ["CREATE TABLE t (a)", "SELECT 'ä'\0", "DROP TABLE t"].map(Statement::new);
    let failed = session
        .send(&statements.each_ref(), &mut |_| {})
        .await
        .unwrap_err();
    assert_eq!((failed.index, failed.error.position), (1, Some(11)));
    assert!(!failed.error.connection_lost);
    assert_eq!(
        session.query("SELECT * FROM t", &[]).await.unwrap(),
        [] as [Row; 0]
    );
    // As a value it is data like any other.
    let value = [Value::Text("a\0b".to_owned())];
    assert_eq!(session.query("SELECT ?", &value).await.unwrap(), [value]);
}

#[tokio::test]
async fn a_statement_with_inner_semicolons_counts_as_one() {
    let mut session = in_memory().await;
    let statements = [
        "CREATE TABLE t (a)",
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM t; INSERT INTO t VALUES (9); END",
        "SELECT nonsense",
    ]
    .map(Statement::new);
    let failed = session
        .send(&statements.each_ref(), &mut |_| {})
        .await
        .unwrap_err();
    assert_eq!(failed.index, 2);
    assert_eq!(session.statements_sent(), 4);
}

#[tokio::test]
async fn a_lent_transaction_is_the_callers_to_end() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    let mut session = Session::borrow(&mut *transaction).await.unwrap();
    assert!(session.in_callers_transaction());
    session.begin().await.unwrap();
    session.execute("CREATE TABLE t (a)", &[]).await.unwrap();
    session.rollback().await.unwrap();
    session.commit().await.unwrap();
    assert_eq!(
        session.query("SELECT * FROM t", &[]).await.unwrap().len(),
        0
    );
    drop(session);
    transaction.rollback().await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    assert!(!session.in_callers_transaction());
    assert!(session.query("SELECT * FROM t", &[]).await.is_err());
}

#[tokio::test]
async fn a_dropped_session_rolls_back_a_lent_connection() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    session.begin().await.unwrap();
    session.execute("CREATE TABLE t (a)", &[]).await.unwrap();
    drop(session);
    let mut session = Session::borrow(&mut connection).await.unwrap();
    assert!(!session.in_callers_transaction());
    assert!(session.query("SELECT * FROM t", &[]).await.is_err());
}

#[tokio::test]
async fn a_transaction_that_sqlite_ended_itself_leaves_a_usable_connection() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    session
        .execute("CREATE TABLE t (a UNIQUE ON CONFLICT ROLLBACK)", &[])
        .await
        .unwrap();
    session.begin().await.unwrap();
    session
        .execute("INSERT INTO t VALUES (1)", &[])
        .await
        .unwrap();
    session
        .execute("INSERT INTO t VALUES (1)", &[])
        .await
        .unwrap_err();
    session.rollback().await.unwrap();
    session.begin().await.unwrap();
    session
        .execute("INSERT INTO t VALUES (2)", &[])
        .await
        .unwrap();
    session.commit().await.unwrap();
    drop(session);
    let mut session = Session::borrow(&mut connection).await.unwrap();
    assert!(!session.in_callers_transaction());
    assert_eq!(
        session.query("SELECT * FROM t", &[]).await.unwrap(),
        [vec![Value::Integer(2)]]
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_says_why() {
    let directory = tempfile::tempdir().unwrap();
    let open = async |name: &str, create: bool| {
        let path = directory.path().join(name);
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(create);
        let error = Session::connect(options).await.err().unwrap();
        error
            .message
            .replace(&directory.path().display().to_string(), "…")
    };
    insta::assert_snapshot!(open("missing/app.db", true).await, @"unable to open database file: the directory '…/missing' does not exist; create it first");
    insta::assert_snapshot!(open("app.db", false).await, @"unable to open database file: '…/app.db' does not exist and was not created; check the path, the permissions of its directory, and that the address does not say mode=ro or mode=rw");
    insta::assert_snapshot!(open("", true).await, @"unable to open database file: '…/' is a directory");
    std::fs::write(
        directory.path().join("notes.txt"),
        "not a database, but long enough to be read as one",
    )
    .unwrap();
    insta::assert_snapshot!(open("notes.txt", false).await, @"file is not a database");
}

#[tokio::test]
async fn a_comment_without_end_swallows_no_statement() {
    let mut session = in_memory().await;
    let statements = [
        "CREATE TABLE a (x) /* no end",
        "CREATE TABLE b (x)",
        "SELECT 1",
    ]
    .map(Statement::new);
    let all: Vec<_> = statements.iter().collect();
    let sent = session.send(&all, &mut |_| {}).await;
    assert_eq!(sent.unwrap_err().index, 0);
}

#[test]
fn the_way_to_a_database_is_shown_without_its_password() {
    let postgres = sqlx::postgres::PgConnectOptions::new_without_pgpass().password("secret");
    let mysql = sqlx::mysql::MySqlConnectOptions::new().password("secret");
    for options in [
        ConnectionOptions::from(postgres),
        ConnectionOptions::from(mysql),
    ] {
        let shown = format!("{options:?}");
        assert!(!shown.contains("secret"), "{shown}");
    }
}

#[test]
fn comments_that_mysql_runs_commit_like_any_statement() {
    assert!(commits_implicitly("/*!50003 CREATE TRIGGER t … */"));
    assert!(commits_implicitly("/*M!100100 DROP TABLE t */"));
    assert!(!commits_implicitly("/*!40101 SET NAMES utf8mb4 */"));
    assert!(!commits_implicitly("/* CREATE TABLE t (x) */ SELECT 1"));
}

#[tokio::test]
async fn a_lent_session_leaves_its_owners_transaction_alone() {
    let mut owner = in_memory().await;
    owner
        .execute("CREATE TABLE t (a INTEGER)", &[])
        .await
        .unwrap();
    // Begun as text, as an environment does it, so that the driver does not know.
    owner.execute("BEGIN IMMEDIATE", &[]).await.unwrap();
    {
        let mut lent = owner.lend(true).await.unwrap();
        assert!(lent.in_callers_transaction());
        lent.begin().await.unwrap();
        lent.execute("INSERT INTO t VALUES (1)", &[]).await.unwrap();
        lent.commit().await.unwrap();
    }
    owner.execute("ROLLBACK", &[]).await.unwrap();
    assert_eq!(
        owner.query("SELECT * FROM t", &[]).await.unwrap(),
        Vec::<Row>::new()
    );
    {
        let mut lent = owner.lend(false).await.unwrap();
        lent.begin().await.unwrap();
        lent.execute("INSERT INTO t VALUES (2)", &[]).await.unwrap();
        lent.commit().await.unwrap();
    }
    assert_eq!(
        owner.query("SELECT * FROM t", &[]).await.unwrap(),
        [vec![Value::Integer(2)]]
    );
}

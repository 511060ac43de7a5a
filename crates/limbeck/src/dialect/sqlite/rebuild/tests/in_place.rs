//! Changes that touch no row, and those that only look as if they did not.

use super::Database;
use crate::dialect::sqlite::{ConstraintChoice, TableChange, rebuild::Method};

fn set_default(column: &str, expression: &str) -> TableChange {
    TableChange::SetDefault {
        column: column.into(),
        expression: expression.into(),
    }
}

async fn changed(script: &str, change: TableChange) -> (Database, Method) {
    let mut database = Database::memory(script).await;
    let method = database.change(&[change]).await.unwrap().method;
    database.is_sound().await;
    (database, method)
}

#[tokio::test]
async fn constraints_defaults_and_types_change_in_place() {
    let script = "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1);
        CREATE TABLE t ( -- t
            a VARCHAR(10) NOT NULL DEFAULT 'x', -- a
            b INT CONSTRAINT pos CHECK (b > 0), p INT);
        CREATE INDEX i ON t (b) WHERE a > 'a';
        CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
        INSERT INTO t VALUES ('a', 1, 1), ('b', 2, 1)";
    let named = |name: &str| ConstraintChoice::Named {
        name: name.into(),
        kind: None,
    };
    for change in [
        TableChange::DropNotNull { column: "a".into() },
        TableChange::SetNotNull { column: "b".into() },
        set_default("b", "7"),
        TableChange::DropDefault { column: "a".into() },
        TableChange::SetType {
            column: "a".into(),
            declared: "TEXT".into(),
            using: None,
        },
        TableChange::DropConstraint {
            constraint: named("pos"),
            if_exists: false,
        },
        TableChange::RenameConstraint {
            constraint: "pos".into(),
            to: "positive".into(),
        },
        TableChange::AddConstraint {
            definition: "CHECK (b < 10)".into(),
        },
        TableChange::AddConstraint {
            definition: "CONSTRAINT fk FOREIGN KEY (p) REFERENCES p ON DELETE CASCADE".into(),
        },
    ] {
        let mut database = Database::memory(script).await;
        let before = database.dump().await;
        let applied = database
            .change(std::slice::from_ref(&change))
            .await
            .unwrap();
        assert_eq!(applied.method, Method::InPlace, "{change:?}");
        database.is_sound().await;
        let mut after = database.dump().await;
        assert_ne!(after, before, "{change:?}");
        let own = |line: &String| !line.starts_with("'table', 't', 't'");
        after.retain(own);
        let mut kept = before;
        kept.retain(own);
        assert_eq!(after, kept, "{change:?}");
        assert!(database.sql("t").await.contains("-- t\n"));
    }
}

#[tokio::test]
async fn the_change_is_in_force_at_once_and_for_other_connections() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("t.db");
    let mut database = Database::file(&path, "CREATE TABLE t (a NOT NULL, b DEFAULT 1)").await;
    let mut other = Database::file(&path, "INSERT INTO t VALUES (1, 2)").await;
    database
        .change(&[
            TableChange::DropNotNull { column: "a".into() },
            set_default("b", "5"),
        ])
        .await
        .unwrap();
    other.run("INSERT INTO t (a) VALUES (NULL)").await;
    database.run("INSERT INTO t (a) VALUES (NULL)").await;
    assert_eq!(
        database.rows("SELECT * FROM t").await,
        ["1, 2", "NULL, 5", "NULL, 5"]
    );
}

#[tokio::test]
async fn a_default_change_leaves_rows_stored_before_the_column_was_added() {
    let added =
        "CREATE TABLE t (a); INSERT INTO t VALUES (1); ALTER TABLE t ADD COLUMN b DEFAULT 'old';
        ALTER TABLE t ADD COLUMN c";
    let (mut database, method) = changed(added, set_default("b", "'new'")).await;
    assert_eq!(method, Method::Rebuild);
    database.run("INSERT INTO t (a) VALUES (2)").await;
    assert_eq!(
        database.rows("SELECT * FROM t").await,
        ["1, 'old', NULL", "2, 'new', NULL"]
    );
    let (mut database, method) = changed(added, set_default("c", "3")).await;
    assert_eq!(method, Method::Rebuild);
    assert_eq!(database.rows("SELECT c FROM t").await, ["NULL"]);
    let (mut database, method) =
        changed(added, TableChange::DropDefault { column: "b".into() }).await;
    assert_eq!(method, Method::Rebuild);
    assert_eq!(database.rows("SELECT b FROM t").await, ["'old'"]);
}

#[tokio::test]
async fn a_default_changes_in_place_where_every_row_holds_the_column() {
    let full = "CREATE TABLE t (a, b DEFAULT 'old'); INSERT INTO t VALUES (1, 'x'), (2, 'y')";
    let (_, method) = changed(full, set_default("b", "'new'")).await;
    assert_eq!(method, Method::InPlace);
    // A later column that holds a value shows that the row is complete.
    let later = "CREATE TABLE t (a, b DEFAULT 'old', c); INSERT INTO t VALUES (1, 'old', 5)";
    let (_, method) = changed(later, set_default("b", "'new'")).await;
    assert_eq!(method, Method::InPlace);
    let short =
        "CREATE TABLE t (a); INSERT INTO t VALUES (1); ALTER TABLE t ADD COLUMN b INT DEFAULT '5'";
    let (mut database, method) = changed(short, set_default("b", "6")).await;
    assert_eq!(method, Method::Rebuild);
    assert_eq!(database.rows("SELECT b FROM t").await, ["5"]);
}

#[tokio::test]
async fn what_is_stored_otherwise_is_never_done_in_place() {
    for (script, change) in [
        (
            "CREATE TABLE t (a INTEGER PRIMARY KEY, b)",
            TableChange::SetType {
                column: "a".into(),
                declared: "BIGINT".into(),
                using: None,
            },
        ),
        (
            "CREATE TABLE t (a, b)",
            TableChange::SetCollation {
                column: "a".into(),
                collation: Some("NOCASE".into()),
            },
        ),
        (
            "CREATE TABLE t (a, b UNIQUE)",
            TableChange::DropConstraint {
                constraint: ConstraintChoice::Named {
                    name: "t_b_key".into(),
                    kind: None,
                },
                if_exists: false,
            },
        ),
        (
            "CREATE TABLE t (a INT, b TEXT)",
            TableChange::SetStrict(true),
        ),
        (
            "CREATE TABLE t (a INT PRIMARY KEY, b TEXT)",
            TableChange::SetWithoutRowid(true),
        ),
    ] {
        let (_, method) = changed(script, change).await;
        assert_eq!(method, Method::Rebuild, "{script}");
    }
}

#[tokio::test]
async fn a_temporary_table_of_the_same_name_means_a_rebuild() {
    let mut database = Database::memory(
        "CREATE TABLE t (a NOT NULL, b); CREATE TEMP TABLE t (x); INSERT INTO main.t VALUES (1, 2)",
    )
    .await;
    let change = TableChange::DropNotNull { column: "a".into() };
    let applied =
        crate::dialect::sqlite::rebuild::apply(&mut database, Some("main"), "t", &[change])
            .await
            .unwrap();
    assert_eq!(applied.method, Method::Rebuild);
    assert_eq!(database.rows("SELECT * FROM main.t").await, ["1, 2"]);
    assert_eq!(database.sql("t").await, "CREATE TABLE t (a, b)");
}

use super::*;
use crate::dialect::sqlite::{
    ColumnPlace, ConstraintChoice, ConstraintKind,
    rebuild::{Method, inside, tests::Database},
};

fn changes(sql: &str) -> Vec<TableChange> {
    read(sql).unwrap().unwrap().changes
}

#[test]
fn what_sqlite_runs_itself_is_left_to_it() {
    for sql in [
        "CREATE TABLE t (a)",
        "ALTER TABLE t RENAME TO u;",
        "ALTER TABLE t RENAME a TO b",
        "ALTER TABLE t RENAME COLUMN a TO b",
        "ALTER TABLE main.t ADD COLUMN a VARCHAR(10) COLLATE NOCASE",
        "alter table t add a int not null default -1",
        "ALTER TABLE 'broken",
    ] {
        assert_eq!(read(sql).unwrap(), None, "{sql}");
    }
}

#[test]
fn what_sqlite_would_refuse_or_get_wrong_is_read() {
    for sql in [
        "ALTER TABLE t ADD a INT NOT NULL",
        "ALTER TABLE t ADD a INT UNIQUE",
        "ALTER TABLE t ADD a INT PRIMARY KEY",
        "ALTER TABLE t ADD a TEXT DEFAULT CURRENT_TIMESTAMP",
        "ALTER TABLE t ADD a TEXT GENERATED ALWAYS AS (b || c) STORED",
        "ALTER TABLE t ADD a TEXT FIRST",
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS a TEXT",
        "ALTER TABLE IF EXISTS t RENAME a TO b",
        "ALTER TABLE t DROP COLUMN a",
    ] {
        assert!(read(sql).unwrap().is_some(), "{sql}");
    }
}

#[test]
fn several_actions_keep_their_text_and_order() {
    let found = read(
        "ALTER TABLE IF EXISTS ONLY \"my db\".[t 1]
           ALTER COLUMN a SET DATA TYPE NUMERIC(10, 2) COLLATE \"C\" USING round(a, 2),
           ALTER b SET DEFAULT coalesce(1, 2) /* why */,
           ADD CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES p (x, y) ON DELETE CASCADE NOT VALID,
           DROP CONSTRAINT IF EXISTS ck CASCADE,
           ADD COLUMN c INT CHECK (c IN (1, 2)) AFTER a;",
    )
    .unwrap()
    .unwrap();
    assert_eq!(
        (
            found.schema.as_deref(),
            found.table.as_str(),
            found.if_exists
        ),
        (Some("my db"), "t 1", true)
    );
    insta::assert_debug_snapshot!(found.changes, @r#"
    [
        SetType {
            column: "a",
            declared: "NUMERIC(10, 2)",
            using: Some(
                "round(a, 2)",
            ),
        },
        SetCollation {
            column: "a",
            collation: Some(
                "C",
            ),
        },
        SetDefault {
            column: "b",
            expression: "coalesce(1, 2)",
        },
        AddConstraint {
            definition: "CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES p (x, y) ON DELETE CASCADE",
        },
        DropConstraint {
            constraint: Named {
                name: "ck",
                kind: None,
            },
            if_exists: true,
        },
        AddColumn {
            definition: "c INT CHECK (c IN (1, 2))",
            place: Some(
                After(
                    "a",
                ),
            ),
            if_not_exists: false,
        },
    ]
    "#);
}

#[test]
fn the_forms_of_mysql_are_read() {
    assert_eq!(
        changes("ALTER TABLE t DROP PRIMARY KEY, DROP FOREIGN KEY fk"),
        [
            TableChange::DropConstraint {
                constraint: ConstraintChoice::Of {
                    kind: ConstraintKind::PrimaryKey,
                    columns: vec![]
                },
                if_exists: false
            },
            TableChange::DropConstraint {
                constraint: ConstraintChoice::Named {
                    name: "fk".into(),
                    kind: Some(ConstraintKind::ForeignKey)
                },
                if_exists: false
            },
        ]
    );
    let column = || "a".to_owned();
    assert_eq!(
        changes("ALTER TABLE t CHANGE COLUMN a b BIGINT NOT NULL DEFAULT 0 FIRST"),
        [
            TableChange::SetType {
                column: column(),
                declared: "BIGINT".into(),
                using: None
            },
            TableChange::SetNotNull { column: column() },
            TableChange::SetDefault {
                column: column(),
                expression: "0".into()
            },
            TableChange::MoveColumn {
                column: column(),
                place: ColumnPlace::First
            },
            TableChange::RenameColumn {
                column: column(),
                to: "b".into()
            },
        ]
    );
    assert_eq!(changes("ALTER TABLE t MODIFY a TEXT").len(), 3);
}

#[test]
fn an_unknown_action_is_named_with_its_place() {
    for (sql, offset, reason) in [
        (
            "ALTER TABLE t OWNER TO me",
            14,
            "expected ADD, DROP, ALTER, RENAME, MODIFY or CHANGE, found 'OWNER'",
        ),
        (
            "ALTER TABLE t ALTER a SET STORAGE x",
            22,
            "expected TYPE, SET DATA TYPE, SET NOT NULL, DROP NOT NULL, SET DEFAULT or DROP DEFAULT, found 'SET'",
        ),
        (
            "ALTER TABLE t DROP a b",
            21,
            "expected the end of the action, found 'b'",
        ),
        (
            "ALTER TABLE t ALTER a TYPE",
            26,
            "expected more, found the end",
        ),
        ("ALTER TABLE t ADD a INT,", 23, "expected ADD"),
        (
            "ALTER TABLE IF EXISTS t RENAME TO u",
            24,
            "RENAME TO has to stand alone",
        ),
    ] {
        let error = read(sql).unwrap_err();
        assert!(error.reason.starts_with(reason), "{sql}: {}", error.reason);
        if !sql.ends_with(',') {
            assert_eq!(error.offset, offset, "{sql}");
        }
    }
}

#[tokio::test]
async fn a_script_for_postgresql_does_for_sqlite() {
    let mut database = Database::memory(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1);
         CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b TEXT NOT NULL, c INT);
         INSERT INTO t VALUES (1, '7', 'x', 1)",
    )
    .await;
    let mut joined =
        read("ALTER TABLE t ALTER COLUMN a TYPE INTEGER USING a::int, ALTER b DROP NOT NULL")
            .unwrap()
            .unwrap();
    // SQLite has no `::`; what an expression says is the script's own business.
    if let Some(TableChange::SetType { using, .. }) = joined.changes.first_mut() {
        *using = None;
    }
    let next = read("ALTER TABLE T DROP CONSTRAINT t_a_key, ADD CONSTRAINT t_c_fkey FOREIGN KEY (c) REFERENCES p (id), RENAME COLUMN b TO d")
        .unwrap()
        .unwrap();
    joined.join(next).unwrap();
    let applied = inside(&mut database, None, &joined.table, &joined.changes)
        .await
        .unwrap();
    assert_eq!(applied.method, Method::Rebuild);
    let renames = applied
        .statements
        .iter()
        .filter(|sql| sql.contains("RENAME TO"))
        .count();
    assert_eq!(renames, 1, "one rebuild");
    assert_eq!(
        database.sql("t").await,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, \"d\" TEXT, c INT, CONSTRAINT t_c_fkey FOREIGN KEY (c) REFERENCES p (id))"
    );
    assert_eq!(database.rows("SELECT * FROM t").await, ["1, 7, 'x', 1"]);
}

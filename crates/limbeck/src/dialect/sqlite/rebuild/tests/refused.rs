//! What is refused, with what words, and that nothing is left of it.

use super::Database;
use crate::dialect::sqlite::{
    ConstraintChoice, ConstraintKind, TableChange,
    rebuild::{Method, RebuildError},
};

fn drop_column(column: &str) -> TableChange {
    TableChange::DropColumn {
        column: column.into(),
        if_exists: false,
    }
}

fn set_type(column: &str, declared: &str, using: Option<&str>) -> TableChange {
    TableChange::SetType {
        column: column.into(),
        declared: declared.into(),
        using: using.map(Into::into),
    }
}

fn add_constraint(definition: &str) -> TableChange {
    TableChange::AddConstraint {
        definition: definition.into(),
    }
}

/// The message, after a check that the database is as it was.
async fn refused(script: &str, changes: &[TableChange]) -> String {
    let mut database = Database::memory(script).await;
    let before = database.dump().await;
    let error = database.change(changes).await.unwrap_err();
    assert_eq!(database.dump().await, before);
    assert_eq!(database.rows("PRAGMA foreign_keys").await, ["1"]);
    assert_eq!(database.rows("PRAGMA legacy_alter_table").await, ["0"]);
    assert_eq!(
        database.rows("PRAGMA ignore_check_constraints").await,
        ["0"]
    );
    assert_eq!(database.rows("PRAGMA writable_schema").await, ["0"]);
    database.is_sound().await;
    error.to_string()
}

#[tokio::test]
async fn values_that_a_type_would_damage_are_refused() {
    let script = "CREATE TABLE t (a TEXT, b REAL, c BLOB);
        INSERT INTO t VALUES ('12', 1.0, x'41'), ('12abc', 1.5, 5), ('', 2.0, NULL)";
    insta::assert_snapshot!(
        refused(script, &[set_type("a", "INTEGER", None)]).await,
        @"2 value(s) of column 't.a', for example '', cannot be converted to INTEGER without damage; correct them first, or say with USING what they become"
    );
    insta::assert_snapshot!(
        refused(script, &[set_type("b", "INT", None)]).await,
        @"1 value(s) of column 't.b', for example 1.5, cannot be converted to INT without damage; correct them first, or say with USING what they become"
    );
}

#[tokio::test]
async fn values_are_cast_where_nothing_is_damaged_and_by_using() {
    let mut database = Database::memory(
        "CREATE TABLE t (a TEXT, b REAL, d VARCHAR(10), e TEXT);
         INSERT INTO t VALUES ('12', 1.0, '2024-01-02', 'abc'), (' 7', -3.0, 'x', '9')",
    )
    .await;
    let changes = [
        set_type("a", "INTEGER", None),
        set_type("b", "TEXT", None),
        set_type("d", "DATETIME", None),
        set_type("e", "INTEGER", Some("CAST(t.e AS INTEGER) + a")),
    ];
    assert_eq!(
        database.change(&changes).await.unwrap().method,
        Method::Rebuild
    );
    assert_eq!(
        database.rows("SELECT * FROM t").await,
        ["12, '1.0', '2024-01-02', 12", "7, '-3.0', 'x', 16"]
    );
}

#[tokio::test]
async fn a_new_constraint_that_rows_violate_is_refused() {
    let script = "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a, b);
        INSERT INTO t VALUES (1, NULL), (1, 2)";
    insta::assert_snapshot!(
        refused(script, &[TableChange::SetNotNull { column: "b".into() }]).await,
        @"1 row(s) of table 't' hold NULL in column 'b', which is to be NOT NULL; give them a value with UPDATE first"
    );
    insta::assert_snapshot!(
        refused(script, &[add_constraint("CONSTRAINT few CHECK (a > 1)")]).await,
        @"2 row(s) of table 't' violate CONSTRAINT few CHECK (a > 1); correct them first"
    );
    insta::assert_snapshot!(
        refused(script, &[add_constraint("FOREIGN KEY (a) REFERENCES p (id)")]).await,
        @"after the change 2 row(s) of table 't' would refer to rows of 'p' that do not exist; correct them first"
    );
    insta::assert_snapshot!(
            refused(script, &[add_constraint("UNIQUE (a)")]).await,
    @"2 rows of table 't' have the same (a): 1; make them different first"
        );
    insta::assert_snapshot!(
        refused(script, &[add_constraint("PRIMARY KEY (b)")]).await,
        @"1 row(s) of table 't' hold NULL in column 'b', which is to be NOT NULL; give them a value with UPDATE first"
    );
}

#[tokio::test]
async fn a_new_column_needs_a_value() {
    let script = "CREATE TABLE t (a); INSERT INTO t VALUES (1)";
    let add = |definition: &str| TableChange::AddColumn {
        definition: definition.into(),
        place: None,
        if_not_exists: false,
    };
    insta::assert_snapshot!(
        refused(script, &[add("b TEXT NOT NULL")]).await,
        @"column 'b' is to be added NOT NULL without a default, but table 't' has rows; give it a DEFAULT, or add it nullable, fill it, and then set NOT NULL"
    );
    insta::assert_snapshot!(
        refused(script, &[add("A TEXT")]).await,
        @"table 't' already has a column 'A'"
    );
    insta::assert_snapshot!(
        refused(script, &[add("b TEXT, c TEXT")]).await,
        @"cannot change table 't': cannot read the CREATE TABLE text at byte 0: expected one column definition; the text is: b TEXT, c TEXT"
    );
}

#[tokio::test]
async fn a_column_that_something_else_uses_is_not_dropped() {
    let script = "CREATE TABLE t (a PRIMARY KEY, b, g AS (b + 1), u);
        CREATE TABLE child (c REFERENCES t (a));
        CREATE TABLE s (x);
        CREATE TRIGGER tr AFTER INSERT ON s BEGIN UPDATE t SET u = NEW.x; END;
        INSERT INTO t (a, b) VALUES (1, 2)";
    insta::assert_snapshot!(
        refused(script, &[drop_column("a")]).await,
        @"column 'a' of table 't' is used by a foreign key of table 'child'; change or drop that first"
    );
    insta::assert_snapshot!(
        refused(script, &[drop_column("b")]).await,
        @"column 'b' of table 't' is used by the generated column 'g'; change or drop that first"
    );
    insta::assert_snapshot!(
        refused(script, &[drop_column("u")]).await,
        @"a trigger for INSERT on 's' would no longer work after the change of table 't': no such column: u; drop it before the change and create it again after"
    );
    insta::assert_snapshot!(
        refused("CREATE TABLE t (a, b UNIQUE); CREATE TABLE s (x); CREATE TRIGGER tr AFTER DELETE ON s BEGIN INSERT INTO t(b) VALUES (1); END", &[drop_column("b")]).await,
        @"a trigger for DELETE on 's' would no longer work after the change of table 't': table t has no column named b; drop it before the change and create it again after"
    );
    insta::assert_snapshot!(
        refused("CREATE TABLE t (a, b); CREATE VIEW v AS SELECT b FROM t; CREATE VIEW w AS SELECT * FROM v", &[drop_column("b")]).await,
        @"the view 'v' would no longer work after the change of table 't': no such column: b; drop it before the change and create it again after"
    );
    insta::assert_snapshot!(
        refused("CREATE TABLE t (a, b); CREATE TRIGGER tr AFTER UPDATE OF a, b ON t BEGIN SELECT 1; END", &[drop_column("b")]).await,
        @"column 'b' of table 't' is used by UPDATE OF in trigger 'tr'; change or drop that first"
    );
    insta::assert_snapshot!(
        refused("CREATE TABLE t (a)", &[drop_column("a")]).await,
        @"'a' is the only column of table 't'; drop the table instead"
    );
}

#[tokio::test]
async fn what_is_not_there_is_named_with_what_is() {
    let script =
        "CREATE TABLE t (a UNIQUE, b CONSTRAINT pos CHECK (b > 0)); CREATE VIEW v AS SELECT 1";
    insta::assert_snapshot!(
        refused(script, &[TableChange::DropNotNull { column: "c".into() }]).await,
        @"table 't' has no column 'c'; its columns are a, b"
    );
    let drop = TableChange::DropConstraint {
        constraint: ConstraintChoice::Named {
            name: "ck".into(),
            kind: Some(ConstraintKind::Check),
        },
        if_exists: false,
    };
    insta::assert_snapshot!(
        refused(script, &[drop]).await,
        @"table 't' has no constraint 'ck'; its constraints are 't_a_key' (unnamed), 'pos'"
    );
    let mut database = Database::memory(script).await;
    let error = crate::dialect::sqlite::rebuild::apply(&mut database, None, "v", &[]).await;
    insta::assert_snapshot!(error.unwrap_err(), @"'v' is a view, and only ordinary tables can be altered; drop and create it instead");
    let error = crate::dialect::sqlite::rebuild::apply(&mut database, None, "u", &[]).await;
    insta::assert_snapshot!(error.unwrap_err(), @"there is no table 'u' in this database; check the name, or run the revision that creates it first");
}

#[tokio::test]
async fn a_parent_is_not_rebuilt_where_its_children_would_be_lost() {
    let mut database = Database::memory(
        "CREATE TABLE t (a TEXT PRIMARY KEY, b); CREATE TABLE child (t REFERENCES t ON DELETE CASCADE);
         INSERT INTO t VALUES ('1', 2); INSERT INTO child VALUES ('1'); BEGIN",
    )
    .await;
    let before = database.dump().await;
    let error = database
        .change_inside(&[set_type("b", "TEXT", None)])
        .await
        .unwrap_err();
    insta::assert_snapshot!(error, @"table 't' has to be rebuilt, but foreign keys are enforced in this transaction and child refer(s) to it, so that dropping the old table would delete or change rows there; run PRAGMA foreign_keys = OFF before the transaction begins");
    assert_eq!(database.dump().await, before);
    // What needs no rebuild goes on.
    let applied = database
        .change_inside(&[TableChange::SetNotNull { column: "b".into() }])
        .await
        .unwrap();
    assert_eq!(applied.method, Method::InPlace);
    database.run("COMMIT").await;
    assert_eq!(database.rows("SELECT * FROM child").await, ["'1'"]);
}

#[tokio::test]
async fn a_table_without_children_is_rebuilt_while_foreign_keys_are_enforced() {
    let mut database = Database::memory(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (p REFERENCES p, b);
         INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 2); BEGIN",
    )
    .await;
    let applied = database
        .change_inside(&[set_type("b", "TEXT", None)])
        .await
        .unwrap();
    assert_eq!(applied.method, Method::Rebuild);
    database.run("COMMIT").await;
    assert_eq!(database.rows("SELECT * FROM t").await, ["1, '2'"]);
}

#[tokio::test]
async fn a_name_in_double_quotes_does_not_become_a_string() {
    // Two columns go, so that SQLite's own DROP COLUMN, which has this check, is not tried.
    let drops = [drop_column("b"), drop_column("c")];
    insta::assert_snapshot!(
        refused("CREATE TABLE t (a, b, c); CREATE VIEW v AS SELECT a, \"b\" FROM t", &drops).await,
        @"the view 'v' would no longer work after the change of table 't': no such column: b; drop it before the change and create it again after"
    );
    let script = "CREATE TABLE t (a, b, c); CREATE TABLE s (\"b\"); CREATE TABLE log (\"b\");
        CREATE TRIGGER tr AFTER INSERT ON s BEGIN INSERT INTO log SELECT \"b\" FROM t; END";
    insta::assert_snapshot!(
        refused(script, &drops).await,
        @"the trigger 'tr' would no longer work after the change of table 't': no such column: b; drop it before the change and create it again after"
    );
    // The same name of another table's column stops nothing.
    let mut database = Database::memory(
        "CREATE TABLE t (a, b, c); CREATE TABLE s (\"b\"); CREATE VIEW v AS SELECT \"b\", a FROM (SELECT a FROM t), s;
         CREATE TRIGGER tr AFTER UPDATE OF \"b\" ON s BEGIN UPDATE t SET a = NEW.\"b\" WHERE a = OLD.\"b\"; END",
    )
    .await;
    let applied = database.change(&drops).await.unwrap();
    assert_eq!(applied.method, Method::Rebuild);
    assert_eq!(
        database
            .rows("SELECT count(*) FROM temp.sqlite_master")
            .await,
        ["0"]
    );
}

#[tokio::test]
async fn children_are_found_however_like_compares() {
    let mut database = Database::memory(
        "PRAGMA case_sensitive_like = ON; CREATE TABLE t (a TEXT PRIMARY KEY, b);
         create table child (t references t on delete cascade); BEGIN",
    )
    .await;
    let error = database.change_inside(&[set_type("b", "TEXT", None)]).await;
    assert!(matches!(
        error,
        Err(RebuildError::ForeignKeysEnforced { .. })
    ));
}

#[tokio::test]
async fn a_constraint_that_went_with_its_column_may_be_dropped_as_well() {
    let script = "CREATE TABLE p (id INTEGER PRIMARY KEY); \
         CREATE TABLE t (a, b REFERENCES p (id), c, CONSTRAINT fk FOREIGN KEY (c) REFERENCES p (id))";
    let drop = |name: &str| TableChange::DropConstraint {
        constraint: ConstraintChoice::Named {
            name: name.into(),
            kind: Some(ConstraintKind::ForeignKey),
        },
        if_exists: false,
    };
    let mut database = Database::memory(script).await;
    let changes = [
        drop_column("b"),
        drop_column("c"),
        drop("fk"),
        drop("t_b_fkey"),
    ];
    database.change(&changes).await.unwrap();
    assert_eq!(database.sql("t").await, "CREATE TABLE t (a)");
    insta::assert_snapshot!(
        refused(script, &[drop_column("c"), drop("other")]).await,
        @"table 't' has no constraint 'other'; its constraints are 't_b_fkey' (unnamed)"
    );
}

#[tokio::test]
async fn a_constraint_that_is_there_twice_is_dropped_twice() {
    let script =
        "CREATE TABLE t (a, CONSTRAINT uq UNIQUE (a), CONSTRAINT uq UNIQUE (a), UNIQUE (a))";
    let drop = TableChange::DropConstraint {
        constraint: ConstraintChoice::Named {
            name: "uq".into(),
            kind: Some(ConstraintKind::Unique),
        },
        if_exists: false,
    };
    let mut database = Database::memory(script).await;
    database.change(&[drop]).await.unwrap();
    assert_eq!(database.sql("t").await, "CREATE TABLE t (a, UNIQUE (a))");
}

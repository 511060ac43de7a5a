//! One test for each thing that a rebuild must not lose.

use super::Database;
use crate::dialect::sqlite::{
    ColumnPlace, ConstraintChoice, ConstraintKind, TableChange,
    rebuild::{Applied, Method},
};

/// A change that needs a rebuild and touches nothing else: it moves column `z` (which every table here has) to the front.
fn rebuild() -> Vec<TableChange> {
    vec![TableChange::MoveColumn {
        column: "z".into(),
        place: ColumnPlace::First,
    }]
}

async fn rebuilt(script: &str) -> (Database, Applied) {
    let mut database = Database::memory(script).await;
    let applied = database.change(&rebuild()).await.unwrap();
    assert_eq!(applied.method, Method::Rebuild);
    database.is_sound().await;
    assert_eq!(
        database.rows("PRAGMA foreign_keys").await,
        ["1"],
        "foreign keys are on again"
    );
    assert_eq!(database.rows("PRAGMA legacy_alter_table").await, ["0"]);
    (database, applied)
}

#[tokio::test]
async fn rowids_survive() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE t (a, z); CREATE INDEX i ON t (a, z);
         INSERT INTO t (rowid, a, z) VALUES (7, 'x', 1), (3, 'y', 2), (-5, 'z', 3)",
    )
    .await;
    assert_eq!(
        database
            .rows("SELECT rowid, z, a FROM t ORDER BY rowid")
            .await,
        ["-5, 3, 'z'", "3, 2, 'y'", "7, 1, 'x'"]
    );
}

#[tokio::test]
async fn rowids_survive_beside_a_column_of_that_name() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE t (rowid, oid, z); INSERT INTO t (_rowid_, rowid, oid, z) VALUES (9, 'a', 'b', 'c')",
    )
    .await;
    assert_eq!(
        database.rows("SELECT _rowid_, rowid, oid, z FROM t").await,
        ["9, 'a', 'b', 'c'"]
    );
    let (mut database, _) = rebuilt(
        "CREATE TABLE t (rowid, oid, _rowid_, z); INSERT INTO t VALUES ('a', 'b', 'c', 'd')",
    )
    .await;
    assert_eq!(
        database.rows("SELECT * FROM t").await,
        ["'d', 'a', 'b', 'c'"]
    );
}

#[tokio::test]
async fn triggers_survive_and_do_not_fire_while_rows_are_copied() {
    let script = "CREATE TABLE log (what); CREATE TABLE other (x);
         CREATE TABLE t (a, z); INSERT INTO t VALUES (1, 2);
         CREATE TRIGGER \"on t\" AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('insert ' || NEW.a); END;
         CREATE TRIGGER gone BEFORE DELETE ON \"t\" BEGIN INSERT INTO log VALUES ('delete ' || OLD.z); END;
         CREATE TRIGGER elsewhere AFTER INSERT ON other BEGIN UPDATE t SET a = NEW.x; END;
         CREATE TEMP TRIGGER mine AFTER UPDATE OF a ON t BEGIN INSERT INTO log VALUES ('update ' || NEW.a); END;
         CREATE TEMP TRIGGER far AFTER INSERT ON main.other BEGIN INSERT INTO log SELECT 'far ' || a FROM t; END";
    let (mut database, _) = rebuilt(script).await;
    assert!(database.rows("SELECT * FROM log").await.is_empty());
    database.run("INSERT INTO t (a, z) VALUES (3, 4); INSERT INTO other VALUES (9); DELETE FROM t WHERE z = 4").await;
    let mut log = database.rows("SELECT what FROM log").await;
    log.sort();
    log.dedup();
    assert_eq!(
        log,
        [
            "'delete 4'",
            "'far 1'",
            "'far 3'",
            "'insert 3'",
            "'update 9'"
        ]
    );
    assert_eq!(
        database.sql("mine").await,
        "CREATE TRIGGER mine AFTER UPDATE OF a ON t BEGIN INSERT INTO log VALUES ('update ' || NEW.a); END"
    );
    assert!(
        database
            .rows("SELECT 1 FROM sqlite_master WHERE name = 'mine'")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn views_survive_with_their_triggers() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE t (a, z); INSERT INTO t VALUES (1, 2);
         CREATE VIEW v AS SELECT t.a AS x, z FROM t;
         CREATE VIEW w AS SELECT x + z AS s FROM v;
         CREATE TEMP VIEW tv AS SELECT a FROM main.t;
         CREATE TRIGGER instead INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a, z) VALUES (NEW.x, NEW.z); END",
    )
    .await;
    database.run("INSERT INTO v VALUES (10, 20)").await;
    assert_eq!(database.rows("SELECT s FROM w").await, ["3", "30"]);
    assert_eq!(database.rows("SELECT a FROM tv").await, ["1", "10"]);
    assert_eq!(
        database.sql("v").await,
        "CREATE VIEW v AS SELECT t.a AS x, z FROM t"
    );
}

#[tokio::test]
async fn a_view_that_was_broken_before_stops_nothing() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE t (a, z); CREATE VIEW broken AS SELECT no_such FROM t; CREATE VIEW lost AS SELECT * FROM gone",
    )
    .await;
    assert_eq!(
        database.sql("lost").await,
        "CREATE VIEW lost AS SELECT * FROM gone"
    );
}

#[tokio::test]
async fn indexes_survive_word_for_word() {
    let indexes = [
        (
            "partial",
            "CREATE INDEX partial ON t (a) WHERE z IS NOT NULL",
        ),
        ("expr", "CREATE INDEX expr ON t (lower(a), z + 1)"),
        ("down", "CREATE INDEX down ON \"t\" (a DESC, z ASC)"),
        ("coll", "CREATE UNIQUE INDEX coll ON t (a COLLATE NOCASE)"),
        ("qual", "CREATE INDEX qual ON t (a) WHERE t.z > 1"),
    ];
    let mut script = "CREATE TABLE t (a, z); INSERT INTO t VALUES ('A', 1), ('b', 2);".to_owned();
    for (_, sql) in indexes {
        script.push_str(sql);
        script.push(';');
    }
    let (mut database, _) = rebuilt(&script).await;
    for (name, sql) in indexes {
        assert_eq!(database.sql(name).await, sql);
    }
}

#[tokio::test]
async fn the_text_of_the_table_survives_but_for_the_change() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE [t] (  -- mine
    a TEXT COLLATE NOCASE CHECK (t.a <> 'x') DEFAULT ('q'), -- a
    z INTEGER CONSTRAINT \"z z\" NOT NULL ON CONFLICT IGNORE UNIQUE /* u */,
    CHECK (length(a) < 100), /* unnamed */
    CHECK (z > 0)
)",
    )
    .await;
    insta::assert_snapshot!(database.sql("t").await, @r#"
    CREATE TABLE [t] (  -- mine
        z INTEGER CONSTRAINT "z z" NOT NULL ON CONFLICT IGNORE UNIQUE, /* u */
        a TEXT COLLATE NOCASE CHECK (t.a <> 'x') DEFAULT ('q'), -- a
        CHECK (length(a) < 100), /* unnamed */
        CHECK (z > 0)
    )
    "#);
    assert!(
        database
            .execute_error("INSERT INTO t VALUES (1, 'X')")
            .await
            .contains("CHECK")
    );
}

#[tokio::test]
async fn autoincrement_and_its_sequence_survive() {
    let script = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, z);
         INSERT INTO t (z) VALUES ('a'), ('b'), ('c'); DELETE FROM t WHERE id > 1";
    let (mut database, _) = rebuilt(script).await;
    database.run("INSERT INTO t (z) VALUES ('d')").await;
    assert_eq!(
        database.rows("SELECT id, z FROM t").await,
        ["1, 'a'", "4, 'd'"]
    );
    assert_eq!(
        database.rows("SELECT name, seq FROM sqlite_sequence").await,
        ["'t', 4"]
    );
    let (mut database, _) = rebuilt(&format!("{script}; DELETE FROM t")).await;
    database.run("INSERT INTO t (z) VALUES ('d')").await;
    assert_eq!(database.rows("SELECT id FROM t").await, ["4"]);
}

#[tokio::test]
async fn strict_and_without_rowid_survive() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE t (a TEXT PRIMARY KEY, z ANY) STRICT, WITHOUT ROWID; INSERT INTO t VALUES ('k', x'00'), ('j', 1.5)",
    )
    .await;
    assert_eq!(
        database.rows("SELECT * FROM t").await,
        ["1.5, 'j'", "x[00], 'k'"]
    );
    assert_eq!(
        database
            .rows("SELECT wr, strict FROM pragma_table_list WHERE name = 't'")
            .await,
        ["1, 1"]
    );
}

#[tokio::test]
async fn generated_columns_survive() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE t (a INT, v INT AS (a * 2), s TEXT GENERATED ALWAYS AS (a || z) STORED, z);
         INSERT INTO t (a, z) VALUES (1, 'x'); CREATE INDEX iv ON t (v)",
    )
    .await;
    assert_eq!(
        database.rows("SELECT z, a, v, s FROM t").await,
        ["'x', 1, 2, '1x'"]
    );
}

#[tokio::test]
async fn foreign_keys_survive_with_their_actions_and_children() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE p (id INTEGER PRIMARY KEY);
         CREATE TABLE t (id INTEGER PRIMARY KEY, p REFERENCES p ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
             up REFERENCES t (id) ON UPDATE CASCADE, z);
         CREATE TABLE child (t REFERENCES t ON DELETE CASCADE, u REFERENCES \"T\" (id) ON DELETE SET NULL);
         INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1, 2, 'a'), (2, 1, NULL, 'b');
         INSERT INTO child VALUES (1, 2), (2, 1)",
    )
    .await;
    assert_eq!(database.rows("SELECT * FROM child").await, ["1, 2", "2, 1"]);
    assert_eq!(
        database.sql("child").await,
        "CREATE TABLE child (t REFERENCES t ON DELETE CASCADE, u REFERENCES \"T\" (id) ON DELETE SET NULL)"
    );
    database.run("DELETE FROM t WHERE id = 1").await;
    assert_eq!(database.rows("SELECT * FROM child").await, ["2, NULL"]);
    database.run("DELETE FROM p").await;
    assert_eq!(
        database
            .rows("SELECT count(*) FROM t UNION ALL SELECT count(*) FROM child")
            .await,
        ["0", "0"]
    );
}

#[tokio::test]
async fn a_parent_that_was_missing_before_stops_nothing() {
    let (mut database, _) = rebuilt(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, z); CREATE TABLE child (t REFERENCES t);
         PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (99); PRAGMA foreign_keys = ON",
    )
    .await;
    assert_eq!(database.rows("SELECT * FROM child").await, ["99"]);
}

#[tokio::test]
async fn the_figures_of_analyze_survive() {
    let script = "CREATE TABLE t (a UNIQUE, z); CREATE INDEX i ON t (z);
         INSERT INTO t VALUES (1, 2), (2, 2), (3, 4); ANALYZE";
    let mut database = Database::memory(script).await;
    let sql = "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY idx";
    let before = database.rows(sql).await;
    database.change(&rebuild()).await.unwrap();
    assert_eq!(database.rows(sql).await, before);
    let unique = ConstraintChoice::Of {
        kind: ConstraintKind::Unique,
        columns: vec!["a".into()],
    };
    let drop = TableChange::DropConstraint {
        constraint: unique,
        if_exists: false,
    };
    database.change(&[drop]).await.unwrap();
    assert_eq!(database.rows("SELECT idx FROM sqlite_stat1").await, ["'i'"]);
}

#[tokio::test]
async fn strange_names_survive() {
    let mut database = Database::memory(
        "CREATE TABLE \"sel\"\"ect 'ü'\" (\"or\"\"der\" INT, [group by], `日本` TEXT, z);
         INSERT INTO \"sel\"\"ect 'ü'\" VALUES (1, 2, 'x', 4);
         CREATE INDEX \"i \"\" x\" ON \"sel\"\"ect 'ü'\" ([group by]);
         CREATE TABLE \"_limbeck_tmp_sel\"\"ect 'ü'\" (left_over)",
    )
    .await;
    let changes = [
        rebuild().remove(0),
        TableChange::DropColumn {
            column: "OR\"der".into(),
            if_exists: false,
        },
    ];
    let applied =
        crate::dialect::sqlite::rebuild::apply(&mut database, None, "SEL\"ect 'ü'", &changes)
            .await
            .unwrap();
    assert_eq!(applied.method, Method::Rebuild);
    assert_eq!(
        database.sql("sel\"ect 'ü'").await,
        "CREATE TABLE \"sel\"\"ect 'ü'\" (z, [group by], `日本` TEXT)"
    );
    assert_eq!(
        database
            .rows("SELECT count(*) FROM sqlite_master WHERE name LIKE '_limbeck%'")
            .await,
        ["1"],
        "what is left from elsewhere stays"
    );
    database.is_sound().await;
}

#[tokio::test]
async fn a_table_in_an_attached_database_is_changed_there() {
    let mut database = Database::memory(
        "CREATE TABLE t (main_one, z); ATTACH ':memory:' AS \"my aux\";
         CREATE TABLE \"my aux\".t (a, z); INSERT INTO \"my aux\".t VALUES (1, 2);
         CREATE INDEX \"my aux\".i ON t (a);
         CREATE TRIGGER \"my aux\".tr AFTER INSERT ON t BEGIN SELECT 1; END;
         CREATE TEMP TRIGGER temp_tr AFTER INSERT ON \"my aux\".t BEGIN SELECT 2; END",
    )
    .await;
    crate::dialect::sqlite::rebuild::apply(&mut database, Some("my aux"), "t", &rebuild())
        .await
        .unwrap();
    assert_eq!(
        database
            .rows("SELECT type, name, sql FROM \"my aux\".sqlite_master ORDER BY name")
            .await,
        [
            "'index', 'i', 'CREATE INDEX i ON t (a)'",
            "'table', 't', 'CREATE TABLE t (z, a)'",
            "'trigger', 'tr', 'CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END'"
        ]
    );
    assert_eq!(
        database.rows("SELECT sql FROM main.sqlite_master").await,
        ["'CREATE TABLE t (main_one, z)'"]
    );
    assert_eq!(
        database
            .rows("SELECT count(*) FROM temp.sqlite_master")
            .await,
        ["1"]
    );
}

#[tokio::test]
async fn a_temporary_table_is_changed_where_it_is() {
    let mut database = Database::memory(
        "CREATE TABLE t (x); CREATE TEMP TABLE t (a, z); INSERT INTO t VALUES (1, 2)",
    )
    .await;
    database.change(&rebuild()).await.unwrap();
    assert_eq!(database.rows("SELECT * FROM temp.t").await, ["2, 1"]);
    assert_eq!(
        database.rows("SELECT * FROM main.t").await,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn two_thousand_columns_survive() {
    let names: Vec<String> = (0..1999).map(|index| format!("c{index}")).collect();
    let script = format!(
        "CREATE TABLE t ({}, z); INSERT INTO t (c0, z) VALUES ('a', 'b'), ('c', 'd')",
        names.join(", ")
    );
    let (mut database, _) = rebuilt(&script).await;
    assert_eq!(
        database.rows("SELECT rowid, z, c0 FROM t").await,
        ["1, 'b', 'a'", "2, 'd', 'c'"]
    );
    database.run("DELETE FROM t WHERE rowid = 1").await;
    let error = database
        .change(&[TableChange::MoveColumn {
            column: "c0".into(),
            place: ColumnPlace::First,
        }])
        .await
        .unwrap_err();
    assert!(error.to_string().contains("so many columns"), "{error}");
}

#[tokio::test]
async fn settings_of_the_connection_survive() {
    let mut database = Database::memory(
        "PRAGMA legacy_alter_table = ON; PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
         CREATE TABLE t (a CHECK (a > 5), z); INSERT INTO t VALUES (1, 2)",
    )
    .await;
    database.change(&rebuild()).await.unwrap();
    for (pragma, value) in [
        ("legacy_alter_table", "1"),
        ("ignore_check_constraints", "1"),
        ("foreign_keys", "0"),
        ("writable_schema", "0"),
    ] {
        assert_eq!(
            database.rows(&format!("PRAGMA {pragma}")).await,
            [value],
            "{pragma}"
        );
    }
}

#[tokio::test]
async fn rows_that_an_old_check_forbids_survive() {
    let mut database = Database::memory(
        "CREATE TABLE t (a CHECK (a > 5), z); PRAGMA ignore_check_constraints = ON;
         INSERT INTO t VALUES (1, 2); PRAGMA ignore_check_constraints = OFF",
    )
    .await;
    database.change(&rebuild()).await.unwrap();
    assert_eq!(database.rows("SELECT * FROM t").await, ["2, 1"]);
    assert!(
        database
            .execute_error("INSERT INTO t VALUES (2, 1)")
            .await
            .contains("CHECK")
    );
}

#[tokio::test]
async fn an_index_with_white_space_before_its_semicolon_survives() {
    let (mut database, _) = rebuilt("CREATE TABLE t (a, z); CREATE INDEX i ON t (a)\n;").await;
    assert_eq!(
        database
            .rows("SELECT name FROM pragma_index_list('t')")
            .await,
        ["'i'"]
    );
}

#[tokio::test]
async fn a_foreign_key_to_columns_without_a_key_is_told_and_kept() {
    let mut database = Database::memory(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT);
         CREATE TABLE t (code TEXT REFERENCES parent (code), z);",
    )
    .await;
    let applied = database.change(&rebuild()).await.unwrap();
    let [note] = applied.notes.as_slice() else {
        panic!("{:?}", applied.notes);
    };
    assert!(
        note.contains("\"t\" referencing \"parent\", which has no such key"),
        "{note}"
    );
    assert_eq!(
        database
            .rows("SELECT \"to\" FROM pragma_foreign_key_list('t')")
            .await,
        ["'code'"]
    );
}

//! What only Limbeck's operations can say, in every language. What Alembic can say, too, is compared in `tests/ddl.rs`.

use std::collections::BTreeMap;

use super::*;
use crate::{
    operation::*,
    schema::{
        Column, ColumnDefault, Extension, Index, MysqlOption, Routine, RoutineKind, Schema,
        Sequence, SequenceOptions, TableOptions, Trigger, View,
    },
};

/// The statements, one a line; an error in words.
fn written(dialect: &dyn Dialect, operation: impl Into<Operation>) -> String {
    match dialect.statements(&operation.into(), Values::Literal) {
        Err(error) => format!("error: {error}"),
        Ok(statements) => statements
            .iter()
            .map(|statement| statement.sql.clone())
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// The same operation for all four.
fn everywhere(operation: impl Into<Operation>) -> String {
    let operation = operation.into();
    DialectName::ALL
        .into_iter()
        .skip(1)
        .map(|name| {
            let text = written(dialect(name, None).as_ref(), operation.clone());
            format!("-- {name}\n{text}")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn mood() -> QualifiedName {
    QualifiedName::new("mood").in_schema("app")
}

#[test]
fn enum_types_are_rebuilt_with_every_column_that_uses_them() {
    let column = |table: &str, array, default: Option<&str>| EnumColumn {
        table: table.into(),
        column: "mood".into(),
        array,
        default: default.map(|text| ColumnDefault::Expression(text.to_owned())),
    };
    let change = ChangeEnum {
        name: mood(),
        from: vec!["sad".into(), "ok".into(), "meh".into()],
        to: vec!["ok".into(), "sad".into()],
        replacements: BTreeMap::from([("meh".to_owned(), "ok".to_owned())]),
        columns: vec![
            column("person", false, Some("'ok'::app.mood")),
            column("team", true, None),
        ],
    };
    insta::assert_snapshot!(everywhere(change), @r"
    -- sqlite
    error: change enum app.mood to (ok, sad): sqlite has no enum types of their own; change the type of the columns that hold the values
    -- postgresql
    ALTER TYPE app.mood RENAME TO mood_before
    CREATE TYPE app.mood AS ENUM ('ok', 'sad')
    ALTER TABLE person ALTER COLUMN mood DROP DEFAULT
    ALTER TABLE person ALTER COLUMN mood TYPE app.mood USING (CASE mood::text WHEN 'meh' THEN 'ok' ELSE mood::text END)::app.mood
    ALTER TABLE person ALTER COLUMN mood SET DEFAULT 'ok'::app.mood
    ALTER TABLE team ALTER COLUMN mood TYPE app.mood[] USING array_replace(mood::text[], 'meh', 'ok')::app.mood[]
    DROP TYPE app.mood_before
    -- mysql
    error: change enum app.mood to (ok, sad): mysql has no enum types of their own; change the type of the columns that hold the values
    -- mariadb
    error: change enum app.mood to (ok, sad): mariadb has no enum types of their own; change the type of the columns that hold the values
    ");
}

#[test]
fn views() {
    let mut view = View::new(QualifiedName::new("v").in_schema("app"), "SELECT 1");
    view.columns = vec!["One".into()];
    insta::assert_snapshot!(everywhere(CreateView { view, or_replace: true, replaced: None }), @r#"
    -- sqlite
    DROP VIEW IF EXISTS app.v
    CREATE VIEW app.v ("One") AS SELECT 1
    -- postgresql
    CREATE OR REPLACE VIEW app.v ("One") AS SELECT 1
    -- mysql
    CREATE OR REPLACE VIEW app.v (`One`) AS SELECT 1
    -- mariadb
    CREATE OR REPLACE VIEW app.v (`One`) AS SELECT 1
    "#);
    insta::assert_snapshot!(everywhere(RenameView {
        view: "v".into(),
        new_name: "w".into(),
        materialized: false,
    }), @r"
    -- sqlite
    error: rename view v to w: sqlite has no way to rename a view; drop it and create it
    -- postgresql
    ALTER VIEW v RENAME TO w
    -- mysql
    RENAME TABLE v TO w
    -- mariadb
    RENAME TABLE v TO w
    ");
}

#[test]
fn routines_and_triggers() {
    let drop = DropRoutine {
        kind: RoutineKind::Function,
        name: "f".into(),
        signature: Some("integer, text".into()),
        if_exists: true,
        cascade: false,
        original: None,
    };
    insta::assert_snapshot!(everywhere(drop), @r"
    -- sqlite
    error: drop function f: sqlite has no functions and procedures of its own; limit the operation to databases that have it
    -- postgresql
    DROP FUNCTION IF EXISTS f(integer, text)
    -- mysql
    DROP FUNCTION IF EXISTS f
    -- mariadb
    DROP FUNCTION IF EXISTS f
    ");
    let trigger = DropTrigger {
        name: "tr".into(),
        table: QualifiedName::new("t").in_schema("app"),
        if_exists: true,
        cascade: false,
        original: None,
    };
    insta::assert_snapshot!(everywhere(trigger), @r"
    -- sqlite
    DROP TRIGGER IF EXISTS app.tr
    -- postgresql
    DROP TRIGGER IF EXISTS tr ON app.t
    -- mysql
    DROP TRIGGER IF EXISTS app.tr
    -- mariadb
    DROP TRIGGER IF EXISTS app.tr
    ");
    let routine = Routine {
        kind: RoutineKind::Procedure,
        name: "p".into(),
        signature: None,
        definition: "CREATE PROCEDURE p() SELECT 1".into(),
    };
    let create = CreateRoutine {
        routine,
        replaced: None,
    };
    assert_eq!(
        written(&Mysql::new(None), create),
        "CREATE PROCEDURE p() SELECT 1"
    );
    let trigger = Trigger {
        name: "tr".into(),
        table: "t".into(),
        definition: "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END".into(),
    };
    let text = trigger.definition.clone();
    assert_eq!(written(&Sqlite::new(None), CreateTrigger { trigger }), text);
}

#[test]
fn sequences() {
    let sequence = Sequence {
        name: "s".into(),
        data_type: None,
        options: SequenceOptions {
            increment: Some(5),
            start: Some(10),
            cycle: Some(false),
            ..SequenceOptions::default()
        },
        owned_by: None,
    };
    insta::assert_snapshot!(everywhere(CreateSequence { sequence: sequence.clone(), if_not_exists: true }), @r"
    -- sqlite
    error: create sequence s: sqlite has no sequences; limit the operation to databases that have it
    -- postgresql
    CREATE SEQUENCE IF NOT EXISTS s INCREMENT BY 5 START WITH 10 NO CYCLE
    -- mysql
    error: create sequence s: mysql has no sequences; limit the operation to databases that have it
    -- mariadb
    CREATE SEQUENCE IF NOT EXISTS s INCREMENT BY 5 START WITH 10 NOCYCLE
    ");
    insta::assert_snapshot!(everywhere(AlterSequence { sequence, existing: None }), @r"
    -- sqlite
    error: alter sequence s: sqlite has no sequences; limit the operation to databases that have it
    -- postgresql
    ALTER SEQUENCE s INCREMENT BY 5 START WITH 10 NO CYCLE
    -- mysql
    error: alter sequence s: mysql has no sequences; limit the operation to databases that have it
    -- mariadb
    ALTER SEQUENCE s INCREMENT BY 5 START WITH 10 NOCYCLE
    ");
    insta::assert_snapshot!(everywhere(RenameSequence { name: "s".into(), new_name: "r".into() }), @r"
    -- sqlite
    error: rename sequence s to r: sqlite has no way to rename a sequence; limit the operation to databases that have it
    -- postgresql
    ALTER SEQUENCE s RENAME TO r
    -- mysql
    error: rename sequence s to r: mysql has no way to rename a sequence; limit the operation to databases that have it
    -- mariadb
    RENAME TABLE s TO r
    ");
}

#[test]
fn schemas_and_extensions() {
    let schema = Schema {
        name: "app".into(),
        owner: None,
    };
    insta::assert_snapshot!(everywhere(CreateSchema { schema, if_not_exists: true }), @r"
    -- sqlite
    error: create schema app: sqlite has no schemas; limit the operation to databases that have it
    -- postgresql
    CREATE SCHEMA IF NOT EXISTS app
    -- mysql
    CREATE SCHEMA IF NOT EXISTS app
    -- mariadb
    CREATE SCHEMA IF NOT EXISTS app
    ");
    let extension = Extension {
        name: "uuid-ossp".into(),
        schema: Some("public".into()),
        version: Some("1.1".into()),
    };
    insta::assert_snapshot!(everywhere(CreateExtension { extension, if_not_exists: true }), @r#"
    -- sqlite
    error: create extension uuid-ossp: sqlite has no extensions; limit the operation to databases that have it
    -- postgresql
    CREATE EXTENSION IF NOT EXISTS "uuid-ossp" SCHEMA public VERSION '1.1'
    -- mysql
    error: create extension uuid-ossp: mysql has no extensions; limit the operation to databases that have it
    -- mariadb
    error: create extension uuid-ossp: mariadb has no extensions; limit the operation to databases that have it
    "#);
    insta::assert_snapshot!(written(&Postgres::new(None), DropSchema {
        name: "app".into(),
        if_exists: true,
        cascade: true,
        original: None,
    }), @"DROP SCHEMA IF EXISTS app CASCADE");
}

#[test]
fn renames_of_constraints_and_indexes() {
    insta::assert_snapshot!(everywhere(RenameConstraint {
        table: "t".into(),
        name: "a".into(),
        new_name: "b".into(),
    }), @r"
    -- sqlite
    error: rename constraint a of t to b: sqlite cannot do this in place; table 't' has to be rebuilt
    -- postgresql
    ALTER TABLE t RENAME CONSTRAINT a TO b
    -- mysql
    error: rename constraint a of t to b: mysql has no way to rename a constraint; limit the operation to databases that have it
    -- mariadb
    error: rename constraint a of t to b: mariadb has no way to rename a constraint; limit the operation to databases that have it
    ");
    insta::assert_snapshot!(everywhere(RenameIndex {
        index: QualifiedName::new("i").in_schema("app"),
        table: Some(QualifiedName::new("t").in_schema("app")),
        new_name: "J".into(),
        definition: Some(Index::new("i", ["a"])),
    }), @r#"
    -- sqlite
    DROP INDEX app.i
    CREATE INDEX app."J" ON t (a)
    -- postgresql
    ALTER INDEX app.i RENAME TO "J"
    -- mysql
    ALTER TABLE app.t RENAME INDEX i TO `J`
    -- mariadb
    ALTER TABLE app.t RENAME INDEX i TO `J`
    "#);
}

#[test]
fn columns_are_placed_where_the_database_has_an_order() {
    let mut add = AddColumn::new("t", Column::new("a", DataType::Integer));
    add.position = Some(ColumnPosition::After("b".into()));
    insta::assert_snapshot!(everywhere(add), @r"
    -- sqlite
    error: add column t.a: sqlite cannot do this in place; table 't' has to be rebuilt
    -- postgresql
    error: place of column t.a: postgresql has no order of columns that can be changed; leave the place out; the column goes last
    -- mysql
    ALTER TABLE t ADD COLUMN a INTEGER AFTER b
    -- mariadb
    ALTER TABLE t ADD COLUMN a INTEGER AFTER b
    ");
    let mut alter = AlterColumn::new("t", "a");
    alter.existing.data_type = Some(DataType::Integer);
    alter.position = Some(ColumnPosition::First);
    insta::assert_snapshot!(everywhere(alter), @r"
    -- sqlite
    error: alter column t.a: position: sqlite cannot do this in place; table 't' has to be rebuilt
    -- postgresql
    error: place of column t.a: postgresql has no order of columns that can be changed; leave the place out; the column goes last
    -- mysql
    ALTER TABLE t MODIFY a INTEGER NULL FIRST
    -- mariadb
    ALTER TABLE t MODIFY a INTEGER NULL FIRST
    ");
}

#[test]
fn table_options_are_changed_where_there_are_some() {
    let mut options = TableOptions::default();
    options
        .postgresql
        .parameters
        .insert("fillfactor".into(), "70".into());
    options.sqlite.strict = true;
    options.mysql.push(MysqlOption {
        name: "ENGINE".into(),
        value: "InnoDB".into(),
    });
    options.mariadb.push(MysqlOption {
        name: "DEFAULT_CHARSET".into(),
        value: "utf8mb4".into(),
    });
    insta::assert_snapshot!(everywhere(SetTableOptions { table: "t".into(), options, existing: None }), @r"
    -- sqlite
    error: set options of table t: sqlite cannot do this in place; table 't' has to be rebuilt
    -- postgresql
    ALTER TABLE t SET (fillfactor = 70)
    -- mysql
    ALTER TABLE t ENGINE=InnoDB
    -- mariadb
    ALTER TABLE t DEFAULT CHARSET=utf8mb4
    ");
}

#[test]
fn options_that_are_said_no_more_go() {
    let options = |given: &[(&str, &str)]| TableOptions {
        mariadb: given
            .iter()
            .map(|(name, value)| MysqlOption {
                name: (*name).to_owned(),
                value: (*value).to_owned(),
            })
            .collect(),
        ..TableOptions::default()
    };
    let change = |from: &[(&str, &str)], to: &[(&str, &str)]| {
        let set = SetTableOptions {
            table: "t".into(),
            options: options(to),
            existing: Some(options(from)),
        };
        written(&Mysql::mariadb(None), set)
    };
    let engine = ("ENGINE", "InnoDB");
    let rows = ("ROW_FORMAT", "COMPRESSED");
    let parts = ("PARTITION_BY", "HASH (`id`)");
    let least = ("MIN_ROWS", "7");
    assert_eq!(
        change(&[engine, rows, parts, least], &[engine]),
        "ALTER TABLE t ROW_FORMAT=DEFAULT MIN_ROWS=0 REMOVE PARTITIONING"
    );
    assert_eq!(
        change(
            &[engine, parts],
            &[("ENGINE", "Aria"), ("PARTITION_BY", "KEY (`id`)")]
        ),
        "ALTER TABLE t ENGINE=Aria PARTITION BY KEY (`id`)"
    );
    let charset = ("DEFAULT_CHARSET", "utf8mb4");
    assert_eq!(
        change(
            &[charset, ("COLLATE", "utf8mb4_general_ci")],
            &[charset, ("COLLATE", "utf8mb4_bin")]
        ),
        "ALTER TABLE t DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_bin"
    );
    // The server's own choice stays.
    assert_eq!(change(&[engine, charset], &[]), "");
}

#[test]
fn defaults_stand_in_parentheses_where_the_server_takes_expressions() {
    let table = |default: &str| CreateTable {
        table: Table::new(
            "t",
            vec![
                Column::new("a", DataType::string(36))
                    .with_default(ColumnDefault::Expression(default.into())),
            ],
        ),
        if_not_exists: false,
    };
    let eight = Mysql::new(Some(ServerVersion::new(8, 0, 36)));
    let texts = [
        "uuid()",
        "now(6)",
        "CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
        "NULL",
    ]
    .map(|default| written(&eight, table(default)).replace('\n', " "));
    insta::assert_snapshot!(texts.join("\n"), @r"
    CREATE TABLE t (     a VARCHAR(36) DEFAULT (uuid()) )
    CREATE TABLE t (     a VARCHAR(36) DEFAULT now(6) )
    CREATE TABLE t (     a VARCHAR(36) DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP )
    CREATE TABLE t (     a VARCHAR(36) DEFAULT NULL )
    ");
}

#[test]
fn values_are_bound_or_written() {
    let insert: Operation = BulkInsert {
        table: "t".into(),
        columns: vec!["a".into(), "b".into(), "c".into(), "d".into()],
        rows: vec![vec![
            Value::Bytes(vec![0, 255]),
            Value::Text("it's \\".into()),
            Value::Boolean(true),
            Value::Float(0.5),
        ]],
    }
    .into();
    insta::assert_snapshot!(everywhere(insert.clone()), @r"
    -- sqlite
    INSERT INTO t (a, b, c, d) VALUES (X'00ff', 'it''s \', 1, 0.5)
    -- postgresql
    INSERT INTO t (a, b, c, d) VALUES ('\x00ff', 'it''s \', true, 0.5)
    -- mysql
    INSERT INTO t (a, b, c, d) VALUES (X'00ff', 'it''s \\', true, 0.5)
    -- mariadb
    INSERT INTO t (a, b, c, d) VALUES (X'00ff', 'it''s \\', true, 0.5)
    ");
    let bound = Postgres::new(None)
        .statements(&insert, Values::Bound)
        .unwrap();
    assert_eq!(
        bound[0].sql,
        "INSERT INTO t (a, b, c, d) VALUES ($1, $2, $3, $4)"
    );
    assert_eq!(bound[0].parameters.len(), 4);
}

#[test]
fn the_version_table_is_alembics() {
    let name = QualifiedName::new("alembic_version");
    for dialect in DialectName::ALL.map(|name| dialect(name, None)) {
        let create = CreateTable {
            table: dialect.version_table(&name, true),
            if_not_exists: false,
        };
        let text = written(dialect.as_ref(), create);
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(
            words.join(" "),
            "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, \
             CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )"
        );
    }
}

#[test]
fn phrases_cannot_end_the_clause_they_stand_in() {
    let mut key = crate::schema::ForeignKey::new(["a"], "o", ["id"]);
    key.on_delete = Some("CASCADE; DROP TABLE t".into());
    let add = AddConstraint {
        table: "t".into(),
        constraint: crate::schema::Constraint::ForeignKey(key),
    };
    insta::assert_snapshot!(written(&Postgres::new(None), add), @"error: 'CASCADE; DROP TABLE t' is no ON DELETE phrase; expected words only");
}

#[test]
fn what_would_let_wrong_rows_in_is_refused() {
    let mut partial = Index::new("i", ["a"]).unique();
    partial.predicate = Some("a > 0".into());
    let create = |index: Index| CreateIndex {
        table: "t".into(),
        index,
        if_not_exists: false,
        concurrently: false,
    };
    insta::assert_snapshot!(everywhere(create(partial)), @r"
    -- sqlite
    CREATE UNIQUE INDEX i ON t (a) WHERE a > 0
    -- postgresql
    CREATE UNIQUE INDEX i ON t (a) WHERE a > 0
    -- mysql
    error: index i of t: mysql has no partial indexes; index all rows, or a generated column that is NULL in the others
    -- mariadb
    error: index i of t: mariadb has no partial indexes; index all rows, or a generated column that is NULL in the others
    ");
    let mut nulls = Index::new("i", ["a"]).unique();
    nulls.nulls_distinct = Some(false);
    insta::assert_snapshot!(everywhere(create(nulls.clone())), @r"
    -- sqlite
    error: index of t: sqlite has no NULLS NOT DISTINCT; it is there from PostgreSQL 15 on; elsewhere make the columns NOT NULL
    -- postgresql
    CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT
    -- mysql
    error: index of t: mysql has no NULLS NOT DISTINCT; it is there from PostgreSQL 15 on; elsewhere make the columns NOT NULL
    -- mariadb
    error: index of t: mariadb has no NULLS NOT DISTINCT; it is there from PostgreSQL 15 on; elsewhere make the columns NOT NULL
    ");
    let old = Postgres::new(Some(ServerVersion::new(14, 0, 0)));
    insta::assert_snapshot!(written(&old, create(nulls)), @"error: index of t: postgresql has no NULLS NOT DISTINCT; it is there from PostgreSQL 15 on; elsewhere make the columns NOT NULL");
}

//! Models in files.

use std::fs;

use super::*;
use crate::{
    dialect::{Dialect, Sqlite},
    schema::{Column, DataType, Table},
};

#[test]
fn a_directory_is_read_in_the_order_of_its_paths() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    fs::create_dir(directory.path().join("03-views")).unwrap();
    write("03-views/a.sql", "CREATE VIEW v AS SELECT 1;");
    write(
        "02-tables.sql",
        "-- one\nCREATE TABLE t (x);\n  CREATE TABLE u (x)",
    );
    write("01-first.sql", "\u{feff}CREATE TABLE s (x);");
    write("notes.txt", "not read");
    let model = Model::Sql(SqlModel::read(directory.path()).unwrap());
    let statements = model.statements(&Sqlite::new(None)).unwrap();
    let found: Vec<(&str, u32, u32)> = statements
        .iter()
        .map(|one| {
            let place = one.location.as_ref().unwrap();
            (one.sql.as_str(), place.line, place.column)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("CREATE TABLE s (x)", 1, 1),
            ("CREATE TABLE t (x)", 2, 1),
            ("CREATE TABLE u (x)", 3, 3),
            ("CREATE VIEW v AS SELECT 1", 1, 1)
        ]
    );
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let empty = SqlModel::read(directory.path()).unwrap_err();
    assert!(empty.to_string().contains("holds no .sql file"), "{empty}");
    let missing = SqlModel::read(&directory.path().join("no.sql")).unwrap_err();
    assert!(missing.to_string().contains("no.sql"), "{missing}");
    let open = SqlModel::from_text("schema.sql", "CREATE TABLE t (\n  x DEFAULT 'a);");
    let error = open.statements(Sqlite::new(None).name()).unwrap_err();
    assert!(
        error.to_string().starts_with("schema.sql:2:13: "),
        "{error}"
    );
}

#[test]
fn a_snapshot_is_read_back_and_anything_else_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("schema.json");
    let table = Table::new("t", vec![Column::new("x", DataType::Integer)]);
    let schema = Database {
        tables: vec![table],
        ..Database::default()
    };
    fs::write(&path, serde_json::to_string(&schema).unwrap()).unwrap();
    assert_eq!(read_snapshot(&path).unwrap(), schema);
    fs::write(&path, "{\n  \"tables\": 3\n}").unwrap();
    let error = read_snapshot(&path).unwrap_err().to_string();
    assert!(error.contains("schema.json:2:13"), "{error}");
}

#[test]
fn a_declared_schema_is_built_by_statements() {
    let table = Table::new("t", vec![Column::new("x", DataType::Integer)]);
    let model = Model::Declared(Database {
        tables: vec![table],
        ..Database::default()
    });
    let statements = model.statements(&Sqlite::new(None)).unwrap();
    assert_eq!(statements.len(), 1);
    assert!(statements[0].sql.starts_with("CREATE TABLE t"));
}

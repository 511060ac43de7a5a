use super::*;
use crate::{
    dialect::{DialectName, dialect},
    schema::{Column, DataType, Database, Table},
};

fn lines(actual: &Database, wanted: &Database) -> String {
    let dialect = dialect(DialectName::Postgresql, None);
    let language = Language {
        capabilities: dialect.capabilities(),
        equivalence: &TextEquality,
    };
    let comparison = compare(Sides::new(actual, wanted), language, &Decisions::default());
    let lines: Vec<String> = comparison.operations().map(ToString::to_string).collect();
    lines.join("\n")
}

fn database(tables: Vec<Table>) -> Database {
    Database {
        tables,
        ..Database::default()
    }
}

#[test]
fn tables_and_columns_come_and_go() {
    let author = Table::new("author", vec![Column::new("id", DataType::Integer)]);
    let mut longer = author.clone();
    longer.columns.push(Column::new("name", DataType::text()));
    let book = Table::new("book", vec![Column::new("id", DataType::Integer)]);
    let actual = database(vec![author, book]);
    let wanted = database(vec![longer]);
    insta::assert_snapshot!(lines(&actual, &wanted), @r"
    add column author.name
    drop table book
    ");
    insta::assert_snapshot!(lines(&wanted, &actual), @r"
    create table book
    drop column author.name
    ");
}

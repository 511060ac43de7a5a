//! Small schemas, and the operations that lead from one to the other, one line each.

mod columns;
mod declared;
mod family;
mod grants;
mod holds;
mod laws;
mod objects;
mod order;
mod parts;
mod releases;
mod renames;

use super::*;
use crate::{
    dialect::{DialectName, dialect},
    schema::{Column, Constraint, DataType, Database, Index, PrimaryKey, Table},
};

/// Compares as on a database, by text.
fn comparison(
    name: DialectName,
    actual: &Database,
    wanted: &Database,
    decisions: &Decisions,
) -> Comparison {
    let dialect = dialect(name, None);
    let language = Language {
        capabilities: dialect.capabilities(),
        equivalence: &TextEquality,
    };
    compare(Sides::new(actual, wanted), language, decisions)
}

/// The operations on PostgreSQL, one line each.
fn lines(actual: &Database, wanted: &Database) -> String {
    lines_on(DialectName::Postgresql, actual, wanted)
}

/// The operations on a database, one line each.
fn lines_on(name: DialectName, actual: &Database, wanted: &Database) -> String {
    written(&comparison(name, actual, wanted, &Decisions::default()))
}

fn written(comparison: &Comparison) -> String {
    joined(comparison.operations())
}

fn joined<T: ToString>(items: impl Iterator<Item = T>) -> String {
    let lines: Vec<String> = items.map(|item| item.to_string()).collect();
    lines.join("\n")
}

fn database(tables: Vec<Table>) -> Database {
    Database {
        tables,
        ..Database::default()
    }
}

fn integer(name: &str) -> Column {
    Column::new(name, DataType::Integer)
}

fn text(name: &str) -> Column {
    Column::new(name, DataType::text())
}

/// A table with an integer key and some texts.
fn table(name: &str, texts: &[&str]) -> Table {
    let mut columns = vec![integer("id").not_null()];
    columns.extend(texts.iter().map(|name| text(name)));
    let key = PrimaryKey::new(["id"]).named(format!("{name}_pkey"));
    Table::new(name, columns).with_constraint(Constraint::PrimaryKey(key))
}

/// The same database after a change.
fn with(database: &Database, change: impl FnOnce(&mut Database)) -> Database {
    let mut changed = database.clone();
    change(&mut changed);
    changed
}

fn index(name: &str, columns: &[&str]) -> Index {
    Index::new(name, columns.iter().copied())
}

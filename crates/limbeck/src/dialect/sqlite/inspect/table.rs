//! Tables: what their text says, as plain data.

use super::{
    super::{
        Sqlite,
        table_sql::{self, Kind, TableSql},
    },
    Entry, clause, column, text_only,
};
use crate::{
    dialect::inspect::{InspectError, InspectionRequest, Part},
    schema::{
        Check, Column, Constraint, Deferral, Identifier, PrimaryKey, QualifiedName, SqliteTable,
        Table, Unique,
    },
};

/// A table, or a virtual table without its columns, which only a PRAGMA knows.
pub(super) fn read(
    dialect: &Sqlite,
    name: QualifiedName,
    entry: &Entry,
    request: &InspectionRequest,
) -> Result<Table, InspectError> {
    let mut table = Table::new(name, Vec::new());
    if entry.temporary {
        table.prefixes.push("TEMPORARY".to_owned());
    }
    let wanted = [Part::Columns, Part::Constraints, Part::Options];
    if !wanted.into_iter().any(|part| request.wants(part)) {
        return Ok(table);
    }
    if let Some(module) = text_only::module(&entry.sql) {
        table.options.sqlite.module = Some(module);
        return Ok(table);
    }
    let sql = TableSql::parse(&entry.sql).map_err(|error| InspectError::Text {
        object: format!("table {}", entry.name),
        text: entry.sql.clone(),
        reason: error.to_string(),
    })?;
    if request.wants(Part::Columns) {
        table.columns = columns(dialect, &sql);
    }
    if request.wants(Part::Constraints) {
        table.constraints = constraints(&sql, table.name.schema.as_ref());
    }
    table.options.sqlite = SqliteTable {
        strict: sql.is_strict(),
        without_rowid: sql.is_without_rowid(),
        autoincrement: sql.is_autoincrement(),
        module: None,
    };
    Ok(table)
}

fn columns(dialect: &Sqlite, sql: &TableSql) -> Vec<Column> {
    let mut columns: Vec<Column> = sql
        .columns
        .iter()
        .map(|each| column::read(dialect, sql, each))
        .collect();
    if sql.is_without_rowid() {
        // There, and only there, a primary key implies it (https://www.sqlite.org/withoutrowid.html).
        let keys = sql
            .every_constraint()
            .filter(|(_, each)| matches!(each.kind, Kind::PrimaryKey { .. }))
            .flat_map(|(at, each)| each.columns(at));
        for key in keys {
            for column in &mut columns {
                column.nullable &= !table_sql::same_name(column.name.as_str(), key);
            }
        }
    }
    columns
}

/// The constraints in the order of the text, the primary key first as every dialect writes it.
fn constraints(sql: &TableSql, schema: Option<&Identifier>) -> Vec<Constraint> {
    let mut constraints: Vec<Constraint> = sql
        .every_constraint()
        .filter_map(|(at, each)| constraint(sql, at, each, schema))
        .collect();
    constraints.sort_by_key(|each| !matches!(each, Constraint::PrimaryKey(_)));
    constraints
}

fn constraint(
    sql: &TableSql,
    at: Option<&table_sql::Column>,
    each: &table_sql::Constraint,
    schema: Option<&Identifier>,
) -> Option<Constraint> {
    let text = sql.at(&each.span);
    let name = each.name.as_deref().map(Identifier::new);
    let columns: Vec<Identifier> = each.columns(at).into_iter().map(Identifier::new).collect();
    Some(match &each.kind {
        Kind::PrimaryKey { .. } => Constraint::PrimaryKey(PrimaryKey {
            name,
            columns,
            on_conflict: clause::on_conflict(text),
            ..PrimaryKey::default()
        }),
        Kind::Unique { .. } => Constraint::Unique(Unique {
            name,
            columns,
            on_conflict: clause::on_conflict(text),
            ..Unique::default()
        }),
        Kind::Check { expression } => Constraint::Check(Check {
            name,
            on_conflict: clause::on_conflict(text),
            deferral: Deferral::default(),
            ..Check::new(sql.at(expression).trim())
        }),
        Kind::ForeignKey { .. } => {
            let mut key = clause::foreign_key(text, columns, schema);
            key.name = name;
            Constraint::ForeignKey(key)
        }
        _ => return None,
    })
}

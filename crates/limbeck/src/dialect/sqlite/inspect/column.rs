//! Columns and their types.

use super::super::{
    Sqlite,
    table_sql::{self, Kind, TableSql, tokens},
};
use super::clause;
use crate::{
    dialect::{
        Dialect, ansi,
        inspect::{Cells, TypeWords},
    },
    schema::{Column, ColumnDefault, Computed, DataType},
};

/// A column of a table's text.
pub(super) fn read(dialect: &Sqlite, table: &TableSql, column: &table_sql::Column) -> Column {
    let collation = column.constraints.iter().find_map(|each| match &each.kind {
        Kind::Collate { collation } => Some(collation.as_str()),
        _ => None,
    });
    let declared = table.type_of(column);
    let mut read = Column::new(
        column.name.as_str(),
        data_type(dialect, declared, collation),
    );
    for constraint in &column.constraints {
        match &constraint.kind {
            Kind::NotNull => {
                read.nullable = false;
                read.on_conflict = clause::on_conflict(table.at(&constraint.span));
            }
            Kind::Default { expression } => {
                let text = default_text(table.at(expression));
                read.default = Some(ColumnDefault::Expression(text));
            }
            Kind::Generated { expression, stored } => {
                read.default = Some(ColumnDefault::Computed(Computed {
                    expression: table.at(expression).trim().to_owned(),
                    persisted: Some(*stored),
                }));
            }
            _ => {}
        }
    }
    read
}

/// A column as `pragma_table_xinfo` lists it, from its name on; `None` for a hidden one.
pub(super) fn listed(dialect: &Sqlite, cells: &mut Cells) -> Option<Column> {
    let name = cells.text();
    let mut column = Column::new(name, data_type(dialect, &cells.text(), None));
    column.nullable = !cells.flag();
    column.default = cells.maybe().map(ColumnDefault::Expression);
    // 1 is a column that a virtual table hides from `*`.
    (cells.number() != Some(1)).then_some(column)
}

/// The type that the dialect writes as `declared`.
fn data_type(dialect: &Sqlite, declared: &str, collation: Option<&str>) -> DataType {
    let named =
        TypeWords::of(declared).filter(|words| words.rest.is_empty() && !words.name.is_empty());
    if let Some(words) = named {
        let bare = DataType::Named(words.named());
        let same = dialect
            .type_text(&bare)
            .is_ok_and(|text| squeezed(&text) == squeezed(declared));
        if same {
            let mut named = words.named();
            named.collation = collation.map(str::to_owned);
            return DataType::Named(named);
        }
    }
    DataType::Custom(match collation {
        Some(collation) => format!("{declared} COLLATE {}", table_sql::quote(collation)),
        None => declared.to_owned(),
    })
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_uppercase()
}

/// A default without the parentheses around it, where the dialect puts them there again or none are needed.
fn default_text(text: &str) -> String {
    let inside = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .map(str::trim);
    match inside {
        Some(inside) if ansi::needs_parentheses(inside) || is_one_token(inside) => {
            inside.to_owned()
        }
        _ => text.to_owned(),
    }
}

fn is_one_token(text: &str) -> bool {
    tokens(text).is_ok_and(|found| found.len() == 1)
}

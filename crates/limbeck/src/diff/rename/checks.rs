//! CHECKs that stand in the way of a column's new name, where they do not follow it.
//!
//! MySQL refuses the rename of a column that a CHECK uses. MariaDB takes it or not, depending on how the table was read
//! before. So they go before the rename, and come back with the new name in them.

use crate::{
    diff::{Language, column::numbers_rows, column_change::existing, constraint},
    operation::{AlterColumn, Given, Operation},
    schema::{Check, Column, Condition, Constraint, Identifier, Table},
};

/// What goes before some columns of a table are renamed.
#[derive(Default)]
pub(super) struct SetAside {
    /// The names of constraints.
    constraints: Vec<Identifier>,
    /// The places of columns with checks of their own: names change, places do not.
    columns: Vec<usize>,
}

impl SetAside {
    /// What uses one of the columns in `renamed`, and has to go.
    pub(super) fn of(table: &Table, renamed: &[&str], language: Language<'_>) -> SetAside {
        if language.capabilities.checks_follow_renames {
            return SetAside::default();
        }
        let uses = |check: &Check| match &check.condition {
            Condition::Expression(text) => renamed
                .iter()
                .any(|column| language.uses_column(text, column)),
            Condition::OneOf { column, .. } | Condition::ZeroOrOne { column } => {
                renamed.contains(&column.as_str())
            }
        };
        let constraints = table.constraints.iter().filter_map(|one| match one {
            Constraint::Check(check) if uses(check) => check.name.clone(),
            _ => None,
        });
        let columns = table.columns.iter().enumerate();
        let columns = columns.filter(|(_, column)| column.checks.iter().any(uses));
        SetAside {
            constraints: constraints.collect(),
            columns: columns.map(|(place, _)| place).collect(),
        }
    }

    /// The operations that take it away.
    pub(super) fn drop(&self, table: &Table) -> Vec<Operation> {
        let constraints = self.of_table(table);
        let constraints = constraints.map(|one| constraint::drop(table, one));
        let columns = self.of_columns(table).map(|column| {
            let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
            alter.checks = Given::Value(Vec::new());
            alter.existing = existing(column, numbers_rows(table, column));
            alter.into()
        });
        constraints.chain(columns).collect()
    }

    /// The operations that put it back, as it is in the renamed table.
    pub(super) fn add(&self, table: &Table) -> Vec<Operation> {
        let columns = self.of_columns(table).map(|column| {
            let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
            alter.checks = Given::Value(column.checks.clone());
            alter.existing = existing(column, numbers_rows(table, column));
            alter.existing.checks = Vec::new();
            alter.into()
        });
        let constraints = self.of_table(table);
        let constraints = constraints.map(|one| constraint::add(table, one.clone()));
        columns.chain(constraints).collect()
    }

    /// Whether the column at a place is without its checks meanwhile.
    pub(super) fn has(&self, table: &Table, column: &Identifier) -> bool {
        self.of_columns(table).any(|one| one.name == *column)
    }

    fn of_table<'t>(&self, table: &'t Table) -> impl Iterator<Item = &'t Constraint> {
        let all = table.constraints.iter();
        all.filter(|one| {
            one.name().is_some_and(|name| {
                matches!(one, Constraint::Check(_)) && self.constraints.contains(name)
            })
        })
    }

    fn of_columns<'t>(&self, table: &'t Table) -> impl Iterator<Item = &'t Column> {
        let places = self.columns.iter();
        places.filter_map(|place| table.columns.get(*place))
    }
}

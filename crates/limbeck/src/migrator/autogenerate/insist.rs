//! What a front end knows better than the database's engine: what is left out of both sides, and columns that differ because
//! the project's own code says so.

use super::Difference;
use crate::{
    diff::{Change, Comparison, DefaultKind, Detected},
    operation::{AlterColumn, ExistingColumn, Given, Operation},
    schema::{Column, Database, Identifier, QualifiedName},
};

/// A column that differs although the engine may see no difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insistence {
    /// Its table.
    pub table: QualifiedName,
    /// Its name.
    pub column: Identifier,
    /// Whether its type differs.
    pub data_type: bool,
    /// Whether its default does.
    pub default: bool,
}

impl Difference {
    /// Lets a front end change both sides and the model's own words before the ways between them are worked out. What is known
    /// about rows is forgotten.
    pub fn adjust(&mut self, change: impl FnOnce(&mut Database, &mut Database, &mut Database)) {
        let mut declared = self.declared.take().unwrap_or_default();
        change(&mut self.actual, &mut self.wanted, &mut declared);
        self.declared = Some(declared);
        self.findings = None;
        self.known.forget();
    }

    /// Takes columns for different that are not told apart otherwise.
    pub fn insist(&mut self, insisted: Vec<Insistence>) {
        self.insisted = insisted;
        self.known.forget();
    }

    /// Adds the changes that are insisted on and were not found. `words` says what the columns become.
    pub(super) fn add_insisted(&self, comparison: &mut Comparison, from: &Database, to: &Database) {
        for one in &self.insisted {
            let (Some(before), Some(after)) = (find(from, one), find(to, one)) else {
                continue;
            };
            let altered = comparison
                .operations()
                .find_map(|operation| match operation {
                    Operation::AlterColumn(alter)
                        if alter.table == one.table && alter.column == one.column =>
                    {
                        Some(alter)
                    }
                    _ => None,
                });
            let has_type = altered.is_some_and(|alter| alter.data_type.is_some());
            let has_default = altered.is_some_and(|alter| alter.default.is_given());
            let mut change = Change::default();
            let mut alter = AlterColumn::new(one.table.clone(), one.column.clone());
            if one.data_type && !has_type {
                alter.data_type = Some(after.data_type.clone());
                change.what.push(Detected::Type {
                    table: one.table.clone(),
                    column: one.column.clone(),
                    from: Box::new(before.data_type.clone()),
                    to: Box::new(after.data_type.clone()),
                });
            }
            if one.default && !has_default {
                alter.default = Given::Value(after.default.clone());
                change.what.push(Detected::Default {
                    table: one.table.clone(),
                    column: one.column.clone(),
                    what: DefaultKind::Default,
                });
            }
            if change.what.is_empty() {
                continue;
            }
            alter.existing = ExistingColumn {
                data_type: Some(before.data_type.clone()),
                nullable: Some(before.nullable),
                default: Given::Value(before.default.clone()),
                comment: before.comment.clone(),
                autoincrement: before.autoincrement,
                ..ExistingColumn::default()
            };
            change.operations.push(alter.into());
            comparison.changes.push(change);
        }
    }
}

fn find<'d>(database: &'d Database, wanted: &Insistence) -> Option<&'d Column> {
    let mut tables = database.tables.iter();
    let table = tables.find(|table| table.name == wanted.table)?;
    table.column(&wanted.column)
}

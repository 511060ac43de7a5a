//! What tables and columns are called before a comparison's renames are done.

use std::collections::HashMap;

use crate::{
    diff::Comparison,
    operation::Operation,
    schema::{Identifier, QualifiedName},
};

/// The names there are, by the names there will be.
#[derive(Clone, Debug, Default)]
pub(super) struct NamesBefore {
    tables: HashMap<QualifiedName, QualifiedName>,
    /// By the table as it is called where the column is renamed.
    columns: HashMap<(QualifiedName, Identifier), Identifier>,
}

impl NamesBefore {
    /// The renames of a comparison.
    pub(super) fn of(comparison: &Comparison) -> Self {
        let mut names = NamesBefore::default();
        for operation in comparison.operations() {
            match operation {
                Operation::RenameTable(rename) => {
                    let new = rename.table.sibling(rename.new_name.clone());
                    names.tables.insert(new, rename.table.clone());
                }
                Operation::AlterColumn(alter) => {
                    if let Some(new) = &alter.new_name {
                        let key = (alter.table.clone(), new.clone());
                        names.columns.insert(key, alter.column.clone());
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// A table's name today.
    pub(super) fn table(&self, wanted: &QualifiedName) -> QualifiedName {
        self.tables.get(wanted).unwrap_or(wanted).clone()
    }

    /// A column's name today.
    pub(super) fn column(&self, table: &QualifiedName, wanted: &Identifier) -> Identifier {
        let by_new = (table.clone(), wanted.clone());
        let by_old = (self.table(table), wanted.clone());
        let found = self
            .columns
            .get(&by_new)
            .or_else(|| self.columns.get(&by_old));
        found.unwrap_or(wanted).clone()
    }
}

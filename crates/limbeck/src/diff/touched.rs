//! Which columns change in a way that what uses them notices.

use std::collections::HashMap;

use crate::schema::{Identifier, QualifiedName};

/// What happens to a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// It gets another type.
    Retyped,
    /// It stays what it is, but its type is replaced by another of the same name.
    Moved,
    /// It goes, for good or to be created again.
    Gone,
}

/// The columns that something happens to.
#[derive(Debug, Default)]
pub(super) struct Touched {
    tables: HashMap<String, HashMap<String, How>>,
    /// Routines that go and come back.
    routines: Vec<QualifiedName>,
    /// Types that others of the same name replace.
    types: Vec<QualifiedName>,
}

fn table_key(table: &QualifiedName) -> String {
    table.to_string().to_lowercase()
}

impl Touched {
    /// Notes that a routine goes and comes back.
    pub(super) fn mark_routine(&mut self, routine: &QualifiedName) {
        self.routines.push(routine.clone());
    }

    /// Notes that another type of the same name replaces one.
    pub(super) fn mark_type(&mut self, name: &QualifiedName) {
        self.types.push(name.clone());
    }

    /// What an expression of something that stays for a while cannot use meanwhile: such routines and types.
    pub(super) fn unusable(&self) -> impl Iterator<Item = &QualifiedName> {
        self.routines.iter().chain(&self.types)
    }

    /// The routines that go and come back.
    pub(super) fn routines(&self) -> &[QualifiedName] {
        &self.routines
    }

    /// Notes that something happens to a column; the worst counts.
    pub(super) fn mark(&mut self, table: &QualifiedName, column: &Identifier, how: How) {
        let columns = self.tables.entry(table_key(table)).or_default();
        let noted = columns.entry(column.as_str().to_lowercase()).or_insert(how);
        *noted = (*noted).max(how);
    }

    /// Notes that a table's columns go along with its parent's.
    pub(super) fn follow(&mut self, parent: &QualifiedName, heir: &QualifiedName) {
        let Some(columns) = self.tables.get(&table_key(parent)).cloned() else {
            return;
        };
        for (column, how) in columns {
            self.mark(heir, &Identifier::new(column), how);
        }
    }

    /// What happens to a column.
    pub(super) fn how(&self, table: &QualifiedName, column: &Identifier) -> Option<How> {
        let columns = self.tables.get(&table_key(table))?;
        columns.get(&column.as_str().to_lowercase()).copied()
    }

    /// The columns of a table to which at least this happens.
    pub(super) fn at_least(&self, table: &QualifiedName, least: How) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .tables
            .get(&table_key(table))
            .into_iter()
            .flatten()
            .filter(|(_, how)| **how >= least)
            .map(|(name, _)| name.as_str())
            .collect();
        names.sort_unstable();
        names
    }

    /// Whether nothing happens to any column of the table.
    pub(super) fn spares(&self, table: &QualifiedName) -> bool {
        !self.tables.contains_key(&table_key(table))
    }
}

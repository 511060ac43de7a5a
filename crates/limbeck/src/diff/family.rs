//! Partitions and heirs.

use std::collections::HashMap;

use super::{
    column::Parents,
    order::{Dependencies, ordered},
};
use crate::schema::{Column, Identifier, PostgresqlTable, QualifiedName, Table};

/// Partitions and heirs, and the tables that they have their columns from.
pub(super) struct Family<'a> {
    by_name: HashMap<&'a QualifiedName, (&'a Table, &'a Table)>,
}

impl<'a> Family<'a> {
    /// The tables that stay.
    pub(super) fn of(both: &[(&'a Table, &'a Table)]) -> Self {
        Family {
            by_name: both
                .iter()
                .map(|(from, to)| (&to.name, (*from, *to)))
                .collect(),
        }
    }

    /// The tables that one has its columns from.
    pub(super) fn names(table: &Table) -> impl Iterator<Item = &QualifiedName> {
        let options = &table.options.postgresql;
        options.inherits.iter().chain(&options.partition_of)
    }

    /// The parent that a table has a column from.
    pub(super) fn parent_with<'t>(
        tables: &'t [Table],
        table: &Table,
        column: &Identifier,
    ) -> Option<(&'t Table, &'t Column)> {
        Family::names(table).find_map(|name| {
            let parent = tables.iter().find(|other| other.name == *name)?;
            Some((parent, parent.column(column)?))
        })
    }

    /// The parents that stay, and stay its parents.
    pub(super) fn parents(&self, wanted: &Table) -> Parents<'a> {
        let own = self.by_name.get(&wanted.name);
        let still = |name: &&QualifiedName| {
            own.is_some_and(|(actual, _)| {
                let (before, after) = (&actual.options.postgresql, &wanted.options.postgresql);
                kept(before, after).contains(name) || before.partition_of.as_ref() == Some(*name)
            })
        };
        Parents {
            staying: Family::names(wanted)
                .filter(still)
                .filter_map(|name| self.by_name.get(name).copied())
                .collect(),
        }
    }

    /// Parents before their children.
    pub(super) fn in_order(
        &self,
        both: &[(&'a Table, &'a Table)],
    ) -> impl Iterator<Item = (&'a Table, &'a Table)> {
        let places: HashMap<&QualifiedName, usize> = both
            .iter()
            .enumerate()
            .map(|(place, (_, to))| (&to.name, place))
            .collect();
        let needs: Vec<Dependencies> = both
            .iter()
            .map(|(_, to)| Dependencies {
                soft: Family::names(to)
                    .filter_map(|name| places.get(name).copied())
                    .collect(),
                ..Dependencies::default()
            })
            .collect();
        let order: Vec<(&Table, &Table)> = ordered(&needs)
            .into_iter()
            .filter_map(|place| both.get(place).copied())
            .collect();
        order.into_iter()
    }
}

/// The parents that an heir keeps. A new one becomes its last, so one that shall come after a new one is left and taken again.
pub(super) fn kept<'p>(
    before: &'p PostgresqlTable,
    after: &PostgresqlTable,
) -> &'p [QualifiedName] {
    let both = before.inherits.iter().zip(&after.inherits);
    let count = both.take_while(|(from, to)| from == to).count();
    before.inherits.get(..count).unwrap_or_default()
}

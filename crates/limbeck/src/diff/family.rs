//! Partitions and heirs.

use std::{borrow::Cow, collections::HashMap};

use super::{
    column::Parents,
    order::{Dependencies, ordered},
};
use crate::schema::{Column, Database, Identifier, PostgresqlTable, QualifiedName, Table};

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

    /// The column of a parent's that a table has its own from.
    pub(super) fn parents_column<'t>(
        tables: &'t [Table],
        table: &QualifiedName,
        column: &Identifier,
    ) -> Option<&'t Column> {
        let named = |name: &QualifiedName| tables.iter().find(|other| other.name == *name);
        let mut parents = Family::names(named(table)?);
        parents.find_map(|name| named(name)?.column(column))
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

/// The schema when tables have left the parents that they lose, which is before anything of them changes.
pub(super) fn attached<'d>(actual: &'d Database, wanted: &Database) -> Cow<'d, Database> {
    let lost = |before: &Table| {
        let mut tables = wanted.tables.iter();
        let after = tables.find(|after| after.name == before.name)?;
        let (before, after) = (&before.options.postgresql, &after.options.postgresql);
        let mut left = before.clone();
        left.inherits = kept(before, after).to_vec();
        left.partition_of = left
            .partition_of
            .filter(|_| before.partition_of == after.partition_of);
        (left != *before).then_some(left)
    };
    let families = actual.tables.iter().enumerate();
    let families = families.filter(|(_, table)| Family::names(table).next().is_some());
    let left: Vec<_> = families
        .filter_map(|(place, table)| Some((place, lost(table)?)))
        .collect();
    let mut attached = Cow::Borrowed(actual);
    for (place, options) in left {
        if let Some(table) = attached.to_mut().tables.get_mut(place) {
            table.options.postgresql = options;
        }
    }
    attached
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

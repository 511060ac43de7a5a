//! Partitions and heirs that are new: when they can join their parents.

use std::collections::BTreeSet;

use super::{column::ColumnChange, family::Family, table::TablePair};
use crate::schema::{QualifiedName, Table};

/// What happens to the parents of new partitions and heirs, and around them.
pub(super) struct Arrivals<'a> {
    /// Tables that stay and whose columns change, by themselves or with their parents'.
    changing: BTreeSet<&'a QualifiedName>,
    /// Parents that a partition which stays leaves for other bounds or another parent.
    left: BTreeSet<&'a QualifiedName>,
    /// Parents that get a partition.
    joined: BTreeSet<&'a QualifiedName>,
    /// Tables that get an identity, which a table with heirs cannot.
    counting: BTreeSet<&'a QualifiedName>,
}

impl<'a> Arrivals<'a> {
    /// Looks at the tables that stay, parents first, and at those that are new.
    pub(super) fn of(pairs: &[TablePair<'a>], added: &[&'a Table]) -> Self {
        let mut arrivals = Arrivals {
            changing: BTreeSet::new(),
            left: BTreeSet::new(),
            joined: BTreeSet::new(),
            counting: BTreeSet::new(),
        };
        for pair in pairs {
            let mut parents = Family::names(pair.wanted);
            if !pair.columns.is_empty() || parents.any(|name| arrivals.changing.contains(name)) {
                arrivals.changing.insert(&pair.wanted.name);
            }
            let counts = |change: &ColumnChange<'_>| match change {
                ColumnChange::Added(column) => column.identity().is_some(),
                _ => false,
            };
            if pair.columns.iter().any(counts) {
                arrivals.counting.insert(&pair.wanted.name);
            }
            let before = &pair.actual.options.postgresql;
            let after = &pair.wanted.options.postgresql;
            let moves = before.partition_of != after.partition_of
                || before.partition_bound != after.partition_bound;
            if moves {
                arrivals.left.extend(&before.partition_of);
                arrivals.joined.extend(&after.partition_of);
            }
        }
        let new = added.iter();
        let new = new.filter_map(|table| table.options.postgresql.partition_of.as_ref());
        arrivals.joined.extend(new);
        arrivals
    }

    /// Whether a new partition can only be attached when its parent's columns have changed and others have left.
    pub(super) fn waits(&self, partition: &Table) -> bool {
        let parent = partition.options.postgresql.partition_of.as_ref();
        parent.is_some_and(|name| self.changing.contains(name) || self.left.contains(name))
    }

    /// Whether a new heir can only be created when its parents' columns have changed.
    pub(super) fn follows(&self, heir: &Table) -> bool {
        let mut parents = heir.options.postgresql.inherits.iter();
        parents.any(|name| self.changing.contains(name))
    }

    /// Whether a partition or an heir that goes has to make room.
    pub(super) fn crowd(&self, table: &Table) -> bool {
        let options = &table.options.postgresql;
        let mut parents = options.inherits.iter();
        let parent = options.partition_of.as_ref();
        parents.any(|name| self.counting.contains(name))
            || parent.is_some_and(|name| self.joined.contains(name))
    }
}

//! The steps of a migration in their order, and the changes that belong to each.

use std::collections::BTreeMap;

use crate::{
    diff::{Change, Detected, Hazard, rename},
    operation::Operation,
};

/// When a change is made. The order of the variants is the order of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// Tables, columns and types get their new names.
    Rename,
    /// What stands in the way of changes goes: policies and triggers first, then views, then …
    DropWatchers,
    /// … views, the users before what they use.
    DropViews,
    /// … the parents that partitions and heirs lose.
    DetachTables,
    /// … foreign keys.
    DropForeignKeys,
    /// … numbering, which has to go before the key that it needs (MySQL).
    StopNumbering,
    /// … storage by the primary key (SQLite's WITHOUT ROWID, partitions of MySQL), which nothing but the key can bear.
    DropKeyedStorage,
    /// … other constraints.
    DropConstraints,
    /// … indexes.
    DropIndexes,
    /// … columns that the database computes from columns that change.
    DropComputed,
    /// … defaults and rules of domains that use routines which go.
    DropUses,
    /// … routines: those whose name another one wants, and those that hold on to what goes.
    DropRoutinesInTheWay,
    /// Indexes and constraints get their new names.
    RenameParts,
    /// Schemas.
    CreateSchemas,
    /// Extensions.
    CreateExtensions,
    /// Enum types and their values.
    CreateTypes,
    /// Sequences.
    CreateSequences,
    /// Partitions and heirs that go make room.
    DetachRemoved,
    /// Domains and tables, with the routines that they use.
    CreateTables,
    /// What tables say for all columns that say nothing.
    SetColumnDefaults,
    /// New columns.
    AddColumns,
    /// Changed columns.
    AlterColumns,
    /// Columns that the database computes.
    AddComputed,
    /// Heirs of tables whose columns change.
    CreateHeirs,
    /// Sequences that belong to columns.
    OwnSequences,
    /// Comments and options of tables.
    AlterTables,
    /// Primary keys, unique, check and exclusion constraints.
    AddConstraints,
    /// Storage by the primary key.
    AddKeyedStorage,
    /// Numbering, which needs its key (MySQL).
    StartNumbering,
    /// Indexes.
    CreateIndexes,
    /// Foreign keys.
    AddForeignKeys,
    /// Columns that are gone.
    DropColumns,
    /// Partitions that get other bounds leave their parents …
    DetachMoved,
    /// … and come back; partitions and heirs get their new parents.
    AttachTables,
    /// Tables that are gone.
    DropTables,
    /// Domains that only let columns go with other rules.
    TightenDomains,
    /// Domains that use a routine that is gone.
    DropDomains,
    /// Routines that are gone.
    DropRoutines,
    /// Sequences that are gone.
    DropSequences,
    /// Domains and enum types that are gone.
    DropTypes,
    /// Extensions that are gone.
    DropExtensions,
    /// Schemas that are gone.
    DropSchemas,
    /// Routines.
    CreateRoutines,
    /// Views and materialized views.
    CreateViews,
    /// Triggers.
    CreateTriggers,
    /// Policies, and whether they are asked.
    CreatePolicies,
    /// Privileges, on whatever is there in the end.
    Privileges,
}

/// The changes of a comparison while it is made.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    phases: BTreeMap<Phase, Vec<Change>>,
}

impl Plan {
    /// Adds a change at the end of its phase.
    pub(crate) fn push(&mut self, phase: Phase, change: Change) {
        self.phases.entry(phase).or_default().push(change);
    }

    /// Adds one operation with what was detected.
    pub(crate) fn detect(&mut self, phase: Phase, what: Detected, operation: impl Into<Operation>) {
        self.push(
            phase,
            Change {
                operations: vec![operation.into()],
                what: vec![what],
                hazards: Vec::new(),
            },
        );
    }

    /// Adds one operation with what was detected and what it can do to the rows.
    pub(crate) fn warn(
        &mut self,
        phase: Phase,
        what: Detected,
        operation: impl Into<Operation>,
        hazard: Hazard,
    ) {
        self.push(
            phase,
            Change {
                operations: vec![operation.into()],
                what: vec![what],
                hazards: vec![hazard],
            },
        );
    }

    /// Adds an operation that only makes room, or completes another.
    pub(crate) fn assist(&mut self, phase: Phase, operation: impl Into<Operation>) {
        self.push(
            phase,
            Change {
                operations: vec![operation.into()],
                ..Change::default()
            },
        );
    }

    /// The operations so far, in no order that counts.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        let changes = self.phases.values().flatten();
        changes.flat_map(|change| &change.operations)
    }

    /// All changes in order.
    pub(crate) fn into_changes(mut self) -> Vec<Change> {
        if let Some(renames) = self.phases.remove(&Phase::RenameParts) {
            let renames = rename::parts_in_turn(renames);
            self.phases.insert(Phase::RenameParts, renames);
        }
        self.phases.into_values().flatten().collect()
    }
}

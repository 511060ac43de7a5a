//! What goes into a comparison and what comes out.

use super::{Detected, Equivalence, Hazard, RenameCandidate};
use crate::{dialect::Capabilities, operation::Operation, schema::Database};

/// The two schemas of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// What there is.
    pub actual: &'a Database,
    /// What there shall be.
    pub wanted: &'a Database,
    /// The wanted schema as its model states it. What is created is described in the model's own words (types such as
    /// `sa.String(50)`, constraints without a name) instead of the database's. Matched by table, column and constraint;
    /// what it does not have is taken from `wanted`.
    pub declared: Option<&'a Database>,
}

impl<'a> Sides<'a> {
    /// From one schema to another, without a model's words.
    pub fn new(actual: &'a Database, wanted: &'a Database) -> Self {
        Sides {
            actual,
            wanted,
            declared: None,
        }
    }
}

/// The database's part in a comparison.
#[derive(Clone, Copy)]
pub struct Language<'a> {
    /// What the server can do.
    pub capabilities: &'a Capabilities,
    /// What counts as equal on it.
    pub equivalence: &'a dyn Equivalence,
}

/// What leads from one schema to the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The changes in the order in which they have to be made. What could be a rename but is not decided is dropped and
    /// added here.
    pub changes: Vec<Change>,
    /// What could be renames. With any of them open, the changes may lose rows; compare again with a decision, such as
    /// [`Decisions::renaming`](super::Decisions::renaming) for the other possibility.
    pub undecided: Vec<RenameCandidate>,
    /// Decisions that met nothing, as the user wrote them: a misspelt name.
    pub unused: Vec<String>,
}

impl Comparison {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// All operations in order.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.changes.iter().flat_map(|change| &change.operations)
    }

    /// All operations in order, taken out.
    pub fn into_operations(self) -> Vec<Operation> {
        self.changes
            .into_iter()
            .flat_map(|change| change.operations)
            .collect()
    }

    /// All that was detected, in order.
    pub fn detected(&self) -> impl Iterator<Item = &Detected> {
        self.changes.iter().flat_map(|change| &change.what)
    }

    /// All that can go wrong with the rows there are, in order.
    pub fn hazards(&self) -> impl Iterator<Item = &Hazard> {
        self.changes.iter().flat_map(|change| &change.hazards)
    }
}

/// Operations that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// What is done, in order.
    pub operations: Vec<Operation>,
    /// Why: one line each. None for what only makes room for other changes and is put back after them (a view of a
    /// column that changes), or completes one (a foreign key of a new table that waits for its target).
    pub what: Vec<Detected>,
    /// What can go wrong with the rows there are.
    pub hazards: Vec<Hazard>,
}

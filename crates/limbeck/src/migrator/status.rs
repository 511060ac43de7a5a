//! Where a database is, compared with the scripts.

use crate::revision::RevisionId;

/// Where a database is and what an upgrade to all heads would apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The version rows as they stand in the table.
    pub rows: Vec<String>,
    /// The revisions the database is at: those of the rows, and heads that are applied because a row depends on them.
    pub current: Vec<RevisionId>,
    /// What is not applied, in the order in which it would be.
    pub pending: Vec<RevisionId>,
}

impl Status {
    /// Whether every revision is applied.
    pub fn is_up_to_date(&self) -> bool {
        self.pending.is_empty()
    }
}

//! What a run did.

use std::time::Duration;

use crate::{
    revision::{Direction, RevisionId},
    script::RanBy,
};

/// What a run did, when it came to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The version rows before, sorted.
    pub rows_before: Vec<String>,
    /// The version rows after, sorted. After a dry run: what they would be.
    pub rows_after: Vec<String>,
    /// The steps, in order; none when there was nothing to do.
    pub steps: Vec<StepReport>,
    /// Whether everything was rolled back at the end, as asked.
    pub dry_run: bool,
    /// From the first question to the last answer, waiting for the lock included.
    pub duration: Duration,
}

/// One step that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepReport {
    /// The revision.
    pub revision: RevisionId,
    /// What happened to it.
    pub direction: Direction,
    /// Where the step came from.
    pub from: Vec<RevisionId>,
    /// Where it led.
    pub to: Vec<RevisionId>,
    /// How many statements the script had.
    pub statements: usize,
    /// How long it took.
    pub duration: Duration,
    /// Who ran the script; `None` for this program.
    pub ran_by: Option<RanBy>,
}

//! A step that has not been run.

use crate::{dialect::Statement, migrate::Question, revision::Step};

/// One step of a plan with every statement it would send.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedStep {
    /// The step.
    pub step: Step,
    /// The statements of its script, then the writes to the version table, in order. Only those of the script have a
    /// location.
    pub statements: Vec<Statement>,
    /// What the script asks of the database, and how many of the statements come before: of those after it only the writes to
    /// the version table are known.
    pub question: Option<(usize, Question)>,
}

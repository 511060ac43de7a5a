//! Answer of `upgrade`, `downgrade` and `stamp`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// Which way a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Applies the revision.
    Upgrade,
    /// Reverts the revision.
    Downgrade,
    /// Only writes version rows.
    Stamp,
}

impl Direction {
    /// The word in log lines.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Upgrade => "upgrade",
            Direction::Downgrade => "downgrade",
            Direction::Stamp => "stamp_revision",
        }
    }
}

/// What a run did. Its text form is empty, as Alembic's is: the steps are told on standard error.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RunAnswer {
    /// The database's URL with its password masked.
    pub database: String,
    /// Whether everything was rolled back at the end.
    pub dry_run: bool,
    /// Version rows before the run.
    pub before: Vec<String>,
    /// Version rows after the run; those that would be there, for a dry run.
    pub after: Vec<String>,
    /// What was done, in order.
    pub steps: Vec<RunStep>,
    /// Duration of the whole run.
    pub duration_ms: u64,
}

/// One step of a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RunStep {
    /// Identifier.
    pub revision: String,
    /// Up, down or stamp.
    pub direction: Direction,
    /// First paragraph of the script's description.
    pub message: String,
    /// Duration of the step; absent for a stamp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// Who ran the script, when that was the project's own Python.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ran_by: Option<RanBy>,
}

/// The project's own Python, and why it ran a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RanBy {
    /// The program.
    pub program: PathBuf,
    /// What the script needs of the application.
    pub needs: Vec<String>,
}

impl Answer for RunAnswer {
    fn text(&self) -> String {
        String::new()
    }
}

//! Answer of `current`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Answer, RevisionAnswer,
    revision::{Marks, blocks, lines},
};

/// Where a database is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CurrentAnswer {
    /// The database's URL with its password masked.
    pub database: String,
    /// The revisions it is at: those of its version rows, and heads applied because another revision depends on them.
    pub revisions: Vec<RevisionAnswer>,
    /// The version rows as they stand in the table.
    pub rows: Vec<String>,
    /// Whether every head is applied.
    pub at_heads: bool,
    /// Whether the text form shows every revision in full.
    #[serde(skip)]
    pub verbose: bool,
}

impl Answer for CurrentAnswer {
    fn text(&self) -> String {
        if self.verbose {
            return format!(
                "Current revision(s) for {}:\n{}",
                self.database,
                blocks(&self.revisions)
            );
        }
        lines(
            &self.revisions,
            Marks {
                tree: true,
                ..Marks::default()
            },
        )
    }
}

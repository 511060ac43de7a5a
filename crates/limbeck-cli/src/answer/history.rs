//! Answer of `history`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Answer, RevisionAnswer,
    revision::{Marks, blocks, lines},
};

/// The revisions of a range.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HistoryAnswer {
    /// Newest first: each before those it is built on.
    pub revisions: Vec<RevisionAnswer>,
    /// Whether the text form shows every revision in full.
    #[serde(skip)]
    pub verbose: bool,
}

impl Answer for HistoryAnswer {
    fn text(&self) -> String {
        if self.verbose {
            return blocks(&self.revisions);
        }
        lines(
            &self.revisions,
            Marks {
                labels: true,
                tree: true,
                message: true,
                parents: true,
            },
        )
    }
}

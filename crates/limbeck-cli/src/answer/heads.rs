//! Answer of `heads`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Answer, RevisionAnswer,
    revision::{Marks, blocks, lines},
};

/// The heads of the script directory.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HeadsAnswer {
    /// Heads in the order of their files.
    pub heads: Vec<RevisionAnswer>,
    /// Whether the text form shows every revision in full.
    #[serde(skip)]
    pub verbose: bool,
}

impl Answer for HeadsAnswer {
    fn text(&self) -> String {
        if self.verbose {
            return blocks(&self.heads);
        }
        lines(
            &self.heads,
            Marks {
                labels: true,
                ..Marks::default()
            },
        )
    }
}

//! Answer of `show`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, RevisionAnswer, revision::blocks};

/// The revisions that a target denotes; none for `base`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShowAnswer {
    /// In the order of the target.
    pub revisions: Vec<RevisionAnswer>,
}

impl Answer for ShowAnswer {
    fn text(&self) -> String {
        blocks(&self.revisions)
    }
}

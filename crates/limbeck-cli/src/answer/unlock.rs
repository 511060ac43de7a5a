//! Answer of `unlock`.

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// What was found and removed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UnlockAnswer {
    /// The database's URL with its password masked.
    pub database: String,
    /// Who held the lock; absent when there was none.
    pub released: Option<String>,
}

impl Answer for UnlockAnswer {
    fn text(&self) -> String {
        match &self.released {
            Some(holder) => format!("Removed the lock held by {holder}.\n"),
            None => "No lock was left behind.\n".to_owned(),
        }
    }
}

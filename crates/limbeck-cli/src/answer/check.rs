//! Answer of `check` where there is nothing to do; pending operations are an error, as with Alembic.

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// The database is what the model wants.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CheckAnswer {
    /// The database's URL with its password masked.
    pub database: String,
    /// Always true: what is not up to date is told as an error.
    pub up_to_date: bool,
}

impl Answer for CheckAnswer {
    fn text(&self) -> String {
        "No new upgrade operations detected.\n".to_owned()
    }
}

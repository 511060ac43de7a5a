//! Answer of every command with `--sql`.

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// A script for the database's own client.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OfflineAnswer {
    /// The database it is written for.
    pub dialect: String,
    /// The script.
    pub sql: String,
}

impl Answer for OfflineAnswer {
    fn text(&self) -> String {
        self.sql.clone()
    }
}

//! Answer of `ensure_version`.

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// What became of the version table. Its text form is empty, as Alembic's is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EnsureVersionAnswer {
    /// The database's URL with its password masked.
    pub database: String,
    /// The table's name, with its schema if it has one.
    pub table: String,
    /// Whether it was created just now.
    pub created: bool,
}

impl Answer for EnsureVersionAnswer {
    fn text(&self) -> String {
        String::new()
    }
}

//! Answer of `revision` and `merge`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// The scripts that were written. Its text form is empty: each file was told as it was written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WrittenAnswer {
    /// In the order of writing.
    pub written: Vec<WrittenScript>,
}

/// One new script.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WrittenScript {
    /// Identifier.
    pub revision: String,
    /// Its parents.
    pub down_revisions: Vec<String>,
    /// Where it was written.
    pub path: PathBuf,
}

impl Answer for WrittenAnswer {
    fn text(&self) -> String {
        String::new()
    }
}

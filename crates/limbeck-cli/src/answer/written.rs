//! Answer of `revision` and `merge`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// The scripts that were written. Its text form is empty: each file was told as it was written.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct WrittenAnswer {
    /// In the order of writing; empty when there was nothing to write.
    pub written: Vec<WrittenScript>,
    /// What was detected between the database and the model, in the order in which the script does it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub detected: Vec<String>,
    /// What may be renames; the script does not run before that is decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<String>,
    /// What can go wrong with rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hazards: Vec<String>,
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

//! Answer of `init`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// What a new project consists of. Its text form is empty: each file was told as it was written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InitAnswer {
    /// Directories and files in the order of writing.
    pub files: Vec<InitFile>,
}

/// One directory or file of a new project.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InitFile {
    /// Where it is.
    pub path: PathBuf,
    /// What was done: `created`, `appended` or `skipped`.
    pub action: String,
}

impl Answer for InitAnswer {
    fn text(&self) -> String {
        String::new()
    }
}

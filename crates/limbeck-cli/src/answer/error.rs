//! The answer of a command that failed.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

/// `{"error": …}`, in place of the command's own answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ErrorAnswer {
    /// What went wrong.
    pub error: ErrorBody,
}

/// What went wrong, where, why, and what to do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ErrorBody {
    /// Stable name of the kind of error; scripts may branch on it.
    pub kind: String,
    /// What went wrong, in one sentence.
    pub message: String,
    /// The chain of causes, nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// Where in which file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<ErrorLocation>,
    /// The statement that the database refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The calls that led to an error in the code of a script, as its language prints them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traceback: Option<String>,
    /// What a run that stopped left in the database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aftermath: Option<String>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ErrorLocation {
    /// The file.
    pub path: PathBuf,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1; absent when only the line is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_requires_only_what_every_error_has() {
        let least = ErrorBody {
            kind: "locked".to_owned(),
            message: "it is locked".to_owned(),
            causes: Vec::new(),
            location: None,
            statement: None,
            traceback: None,
            aftermath: None,
            hint: None,
        };
        let least = serde_json::to_value(least).unwrap();
        let schema = serde_json::to_value(schemars::schema_for!(ErrorBody)).unwrap();
        let required = schema["required"].as_array().unwrap();
        assert!(!required.is_empty());
        for key in required {
            assert!(least.get(key.as_str().unwrap()).is_some(), "{key}");
        }
    }
}

//! Answer of `diff`.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::Answer;

/// What leads from one schema to another.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DiffAnswer {
    /// What there is, as it was given; of an address the password is masked.
    pub from: String,
    /// What there shall be.
    pub to: String,
    /// What was detected, in the order in which it is done; empty when both are the same.
    pub detected: Vec<String>,
    /// What may be renames; until that is decided they are told as dropped and added.
    pub undecided: Vec<String>,
    /// What can go wrong with rows.
    pub hazards: Vec<String>,
    /// The statements that lead there, as a script has them.
    pub sql: String,
    /// Whether the text form is the statements.
    #[serde(skip)]
    pub in_sql: bool,
}

impl Answer for DiffAnswer {
    fn text(&self) -> String {
        if self.in_sql {
            return self.sql.clone();
        }
        if self.detected.is_empty() {
            return "No differences.\n".to_owned();
        }
        let mut text = String::new();
        for line in &self.detected {
            let _ = writeln!(text, "{line}");
        }
        for line in self.undecided.iter().chain(&self.hazards) {
            let _ = writeln!(text, "Careful: {line}");
        }
        text
    }
}

//! Answer of `status`.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, RevisionAnswer, revision::Marks};

/// How a database stands to the scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Every revision is applied.
    UpToDate,
    /// Some revisions are not applied yet.
    Pending,
}

/// Where a database is and what is pending.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatusAnswer {
    /// The database's URL with its password masked.
    pub database: String,
    /// How it stands to the scripts.
    pub state: State,
    /// The revisions it is at; empty for a database without version rows.
    pub current: Vec<RevisionAnswer>,
    /// The heads of the script directory.
    pub heads: Vec<RevisionAnswer>,
    /// What an upgrade to all heads would apply, in that order.
    pub pending: Vec<RevisionAnswer>,
}

impl Answer for StatusAnswer {
    fn text(&self) -> String {
        let mut text = format!("Database: {}\n", self.database);
        let here = match self.current.len() {
            0 => "<base>".to_owned(),
            _ => names(&self.current),
        };
        let _ = writeln!(text, "At:       {here}");
        let _ = writeln!(text, "Heads:    {}", names(&self.heads));
        match self.pending.len() {
            0 => text.push_str("Up to date.\n"),
            count => {
                let _ = writeln!(text, "Pending:  {count}");
                for revision in &self.pending {
                    let line = revision.line(Marks {
                        labels: true,
                        message: true,
                        ..Marks::default()
                    });
                    let _ = writeln!(text, "  {line}");
                }
            }
        }
        text
    }
}

fn names(revisions: &[RevisionAnswer]) -> String {
    revisions
        .iter()
        .map(|revision| revision.line(Marks::default()))
        .collect::<Vec<_>>()
        .join(", ")
}

//! Answer of `status`.

use std::{fmt::Write, path::PathBuf};

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
    /// The Python that runs what needs the application; only with `-v`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub python: Option<PythonAnswer>,
}

/// Which Python is the project's own.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PythonAnswer {
    /// The one that is taken, who named it, and its versions; absent when none can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// Those that come before it in the order, which cannot be used.
    pub tried: Vec<TriedPython>,
}

/// A Python that cannot be used.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TriedPython {
    /// `--python`, `LIMBECK_PYTHON`, `VIRTUAL_ENV`, `.venv` or `python3`.
    pub named_by: String,
    /// What was named.
    pub program: PathBuf,
    /// Why not.
    pub reason: String,
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
        if let Some(python) = &self.python {
            let chosen = python.chosen.as_deref().unwrap_or("none with Alembic");
            let _ = writeln!(text, "Python:   {chosen}");
            for TriedPython {
                named_by,
                program,
                reason,
            } in &python.tried
            {
                let _ = writeln!(text, "  not {named_by}: {} {reason}", program.display());
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

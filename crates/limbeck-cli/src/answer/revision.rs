//! One revision as commands report it.

use std::{fmt::Write, path::PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

/// A revision, what it declares and its place in the history.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct RevisionAnswer {
    /// Identifier.
    pub revision: String,
    /// Parents in declared order; empty for a base.
    pub down_revisions: Vec<String>,
    /// Revisions that must be applied before, by full id.
    pub depends_on: Vec<String>,
    /// Labels of the branches it belongs to, its own and inherited ones.
    pub branch_labels: Vec<String>,
    /// Revisions that name it as parent.
    pub branches_into: Vec<String>,
    /// First paragraph of its description.
    pub message: String,
    /// The whole description, as the script has it.
    pub description: String,
    /// The script; absent for a revision that is no file.
    pub path: Option<PathBuf>,
    /// Whether no revision names it as parent.
    pub head: bool,
    /// Whether it is a head that another revision depends on, so that it has no version row of its own at the end.
    pub effective_head: bool,
    /// Whether several revisions name it as parent.
    pub branch_point: bool,
    /// Whether it has several parents.
    pub merge_point: bool,
    /// Whether the database is at it; absent when the database was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<bool>,
}

/// Which marks a one-line form shows behind the id.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks {
    /// ` (label, label)`.
    pub labels: bool,
    /// ` (branchpoint)` and ` (mergepoint)`.
    pub tree: bool,
    /// `, message` at the end.
    pub message: bool,
    /// `parents -> ` in front.
    pub parents: bool,
}

impl RevisionAnswer {
    /// The one-line form, without a line end.
    pub(crate) fn line(&self, marks: Marks) -> String {
        let mut line = String::new();
        if marks.parents {
            line.push_str(&self.parents_text());
            if !self.depends_on.is_empty() {
                let _ = write!(line, " ({})", self.depends_on.join(", "));
            }
            line.push_str(" -> ");
        }
        line.push_str(&self.revision);
        if marks.labels && !self.branch_labels.is_empty() {
            let _ = write!(line, " ({})", self.branch_labels.join(", "));
        }
        if self.effective_head {
            line.push_str(" (effective head)");
        } else if self.head {
            line.push_str(" (head)");
        }
        if self.current == Some(true) {
            line.push_str(" (current)");
        }
        if marks.tree && self.branch_point {
            line.push_str(" (branchpoint)");
        }
        if marks.tree && self.merge_point {
            line.push_str(" (mergepoint)");
        }
        if marks.message {
            let _ = write!(line, ", {}", self.message);
        }
        line
    }

    /// The block that `-v` and `show` print, closed by an empty line.
    pub(crate) fn block(&self) -> String {
        let mut block = format!("Rev: {}", self.revision);
        for (holds, mark) in [
            (self.head, " (head)"),
            (self.branch_point, " (branchpoint)"),
            (self.merge_point, " (mergepoint)"),
            (self.current == Some(true), " (current)"),
        ] {
            if holds {
                block.push_str(mark);
            }
        }
        let parents = if self.merge_point { "Merges" } else { "Parent" };
        let _ = write!(block, "\n{parents}: {}\n", self.parents_text());
        let branches_into = if self.branch_point {
            &self.branches_into[..]
        } else {
            &[]
        };
        for (label, values) in [
            ("Also depends on", &self.depends_on[..]),
            ("Branches into", branches_into),
            ("Branch names", &self.branch_labels[..]),
        ] {
            if !values.is_empty() {
                let _ = writeln!(block, "{label}: {}", values.join(", "));
            }
        }
        if let Some(path) = &self.path {
            let _ = writeln!(block, "Path: {}", path.display());
        }
        block.push('\n');
        for line in self.description.trim().lines() {
            let _ = writeln!(block, "    {line}");
        }
        block.push('\n');
        block
    }

    fn parents_text(&self) -> String {
        if self.down_revisions.is_empty() {
            "<base>".to_owned()
        } else {
            self.down_revisions.join(", ")
        }
    }
}

/// The blocks of several revisions, one below the other.
pub(crate) fn blocks(revisions: &[RevisionAnswer]) -> String {
    revisions.iter().map(RevisionAnswer::block).collect()
}

/// The one-line forms of several revisions.
pub(crate) fn lines(revisions: &[RevisionAnswer], marks: Marks) -> String {
    let mut text = String::new();
    for revision in revisions {
        text.push_str(&revision.line(marks));
        text.push('\n');
    }
    text
}

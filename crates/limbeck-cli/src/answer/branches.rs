//! Answer of `branches`.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, RevisionAnswer, revision::Marks};

/// The branch points of the history, newest first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BranchesAnswer {
    /// Every revision that several others build on.
    pub branch_points: Vec<BranchPoint>,
    /// Whether the text form shows the branch points in full.
    #[serde(skip)]
    pub verbose: bool,
}

/// One branch point with what grows out of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BranchPoint {
    /// The branch point.
    pub revision: RevisionAnswer,
    /// Its children in the order of their files.
    pub children: Vec<RevisionAnswer>,
}

impl Answer for BranchesAnswer {
    fn text(&self) -> String {
        let mut text = String::new();
        let marks = Marks {
            labels: true,
            tree: true,
            ..Marks::default()
        };
        for point in &self.branch_points {
            if self.verbose {
                text.push_str(&point.revision.block());
            } else {
                text.push_str(&point.revision.line(marks));
                text.push('\n');
            }
            let indent = " ".repeat(point.revision.revision.chars().count());
            for child in &point.children {
                let line = child.line(Marks {
                    message: self.verbose,
                    ..marks
                });
                let _ = writeln!(text, "{indent} -> {line}");
            }
            text.push('\n');
        }
        text
    }
}

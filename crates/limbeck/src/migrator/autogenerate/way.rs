//! One direction of a difference, with what is left to decide in it.

use super::{Difference, Finding, fill};
use crate::{
    diff::{Comparison, Decisions, Hazard, RenameCandidate},
    schema::{Identifier, QualifiedName},
    script::Direction,
};

/// What leads up or down. While something is left to decide, a script made of it must not run.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What is done when nothing was renamed but what has been decided.
    pub apart: Comparison,
    /// What is done when all the candidates are renames; `None` without any.
    pub renamed: Option<Comparison>,
    /// What may be renames.
    pub candidates: Vec<RenameCandidate>,
    /// Columns for which the rows there are have no value, renamed or not. In their place stands a comment, which no database
    /// takes for one.
    pub unfilled: Vec<(QualifiedName, Identifier)>,
    /// Columns for which they have none unless the candidates are renames.
    pub unfilled_apart: Vec<(QualifiedName, Identifier)>,
    /// The hazards, with what is known about the rows.
    pub findings: Vec<Finding>,
}

impl Difference {
    /// The way in one direction.
    pub fn way(&self, direction: Direction) -> Way {
        let up = direction == Direction::Upgrade;
        let way = |decisions: &Decisions| {
            if up {
                self.up(decisions)
            } else {
                self.down(decisions)
            }
        };
        let findings = self.findings();
        let missing = |comparison: &Comparison| match up {
            true => fill::unfilled(comparison, &findings),
            false => lost(comparison, &findings),
        };
        let candidates = self.undecided();
        let every = missing(&way(&self.decisions));
        let unfilled = match candidates.is_empty() {
            true => every.clone(),
            false => missing(&way(&self.decisions.renaming(&candidates))),
        };
        let is_in_both = |column: &(QualifiedName, Identifier)| unfilled.contains(column);
        let apart = every.iter().filter(|column| !is_in_both(column));
        let unfilled_apart: Vec<_> = apart.cloned().collect();
        let decisions = fill::with_placeholders(&self.decisions, &every);
        let renaming = decisions.renaming(&candidates);
        Way {
            apart: way(&decisions),
            renamed: (!candidates.is_empty()).then(|| way(&renaming)),
            candidates,
            unfilled,
            unfilled_apart,
            findings: if up { findings } else { Vec::new() },
        }
    }
}

/// Columns that the way up drops with values in them, and that refuse NULL on the way back.
fn lost(back: &Comparison, findings: &[Finding]) -> Vec<(QualifiedName, Identifier)> {
    let had_values = |table: &QualifiedName, column: &Identifier| {
        findings.iter().any(|finding| {
            finding.is_certain()
                && matches!(
                    &finding.hazard,
                    Hazard::DropsColumn { table: of, column: its } if of == table && its == column
                )
        })
    };
    let hazards = back.hazards().filter_map(|hazard| match hazard {
        Hazard::AddsRequiredColumn { table, column } => Some((table.clone(), column.clone())),
        _ => None,
    });
    hazards
        .filter(|(table, column)| had_values(table, column))
        .collect()
}

impl Way {
    /// Which columns have no value for the rows there are, in one line; `None` for none.
    pub fn missing_values(&self) -> Option<String> {
        (!self.unfilled.is_empty()).then(|| no_value(&self.unfilled))
    }

    /// What may be renames, in one line; `None` for nothing.
    pub fn possible_renames(&self) -> Option<String> {
        let lines: Vec<String> = self.candidates.iter().map(one_line).collect();
        (!lines.is_empty()).then(|| lines.join("; "))
    }

    /// The hazards that are there whatever is decided.
    pub fn certain_findings(&self) -> Vec<Finding> {
        let Some(renamed) = &self.renamed else {
            return self.findings.clone();
        };
        let is_in_both = |finding: &&Finding| renamed.hazards().any(|one| *one == finding.hazard);
        self.findings.iter().filter(is_in_both).cloned().collect()
    }

    /// The options that would decide the renames.
    pub fn rename_options(&self) -> String {
        let options = self.candidates.iter();
        let options: Vec<String> = options
            .map(|candidate| format!("--rename {}", candidate.decision()))
            .collect();
        options.join(" ")
    }
}

/// Why columns need a value.
pub(super) fn no_value(columns: &[(QualifiedName, Identifier)]) -> String {
    let names: Vec<String> = columns
        .iter()
        .map(|(table, column)| format!("'{table}.{column}'"))
        .collect();
    format!("the rows there are have no value for {}", names.join(", "))
}

/// A text without line ends.
pub(super) fn one_line(text: &impl ToString) -> String {
    let text = text.to_string();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

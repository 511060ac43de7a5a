//! Columns that refuse NULL and for which the rows there are have no value.

use super::{Finding, finding};
use crate::{
    dialect::{Dialect, Query},
    diff::{Comparison, Decisions, Fill, Hazard},
    schema::{Database, Identifier, QualifiedName},
};

/// Tables with more rows than this are filled in batches: one statement would lock all of their rows until the script ends.
const MANY: u64 = 100_000;

/// How many rows a batch has.
const BATCH: u32 = 10_000;

/// Stands where somebody has to write an expression; no database runs it.
pub(super) const PLACEHOLDER: &str = "/* a value for the rows there are */";

/// Columns that cannot be added where there are rows, unless the table is known to have none, and columns that are to refuse
/// the NULLs they are known to have.
pub(super) fn unfilled(
    comparison: &Comparison,
    findings: &[Finding],
) -> Vec<(QualifiedName, Identifier)> {
    let mut columns = Vec::new();
    for hazard in comparison.hazards() {
        let known = findings.iter().find(|finding| finding.hazard == *hazard);
        let (table, column, missing) = match hazard {
            Hazard::AddsRequiredColumn { table, column } => {
                (table, column, !known.is_some_and(Finding::is_harmless_here))
            }
            Hazard::SetsNotNull { table, column } => {
                (table, column, known.is_some_and(Finding::is_certain))
            }
            _ => continue,
        };
        if missing {
            columns.push((table.clone(), column.clone()));
        }
    }
    columns
}

/// Says of each fill of a large table that it goes in batches.
pub(super) async fn divide(
    dialect: &dyn Dialect,
    query: &mut dyn Query,
    sides: (&Database, &Comparison),
    fills: &mut [Fill],
) {
    for fill in fills {
        let many = finding::has_many_rows(dialect, query, sides, &fill.table, MANY).await;
        fill.batch_rows = many.then_some(BATCH);
    }
}

/// The decisions with a placeholder for each of `columns`.
pub(super) fn with_placeholders(
    decisions: &Decisions,
    columns: &[(QualifiedName, Identifier)],
) -> Decisions {
    let mut decisions = decisions.clone();
    decisions
        .fills
        .extend(columns.iter().map(|(table, column)| Fill {
            table: table.clone(),
            column: column.clone(),
            expression: PLACEHOLDER.to_owned(),
            batch_rows: None,
        }));
    decisions
}

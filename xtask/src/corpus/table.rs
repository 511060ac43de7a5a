//! What the corpus tells: details of what differs, and a table with one line a project and database.

use std::fmt::Write;

use super::replay::{Case, Outcome};

/// One line of the table.
pub(crate) struct Row {
    cells: [String; 8],
    pub(crate) passed: bool,
}

const HEADINGS: [&str; 8] = [
    "project",
    "database",
    "revisions",
    "compared",
    "schema",
    "steps that differ",
    "down, up again",
    "time (Alembic's)",
];

/// The line of one replay.
pub(crate) fn row(case: &Case<'_>, outcome: &Outcome) -> Row {
    let schema = match (&outcome.stopped, outcome.schema.len()) {
        (_, 0) => "identical".to_owned(),
        (Some(_), lines) => format!("stopped; {lines} lines differ"),
        (None, lines) => format!("{lines} lines differ"),
    };
    let again = match (outcome.down.is_empty(), outcome.again.len()) {
        (true, _) => "-".to_owned(),
        (false, 0) => format!("{}, identical", short(&outcome.down)),
        (false, lines) => format!("{}, {lines} lines differ", short(&outcome.down)),
    };
    let took = match outcome.alembic {
        Some(alembic) => format!(
            "{:.2} s ({:.2} s)",
            outcome.took.as_secs_f64(),
            alembic.as_secs_f64()
        ),
        None => format!("{:.2} s", outcome.took.as_secs_f64()),
    };
    Row {
        passed: outcome.schema.is_empty() && outcome.steps.is_empty(),
        cells: [
            case.entry.name.clone(),
            case.dialect.directory().to_owned(),
            case.entry.revisions.on(case.dialect).to_string(),
            outcome.compared.to_string(),
            schema,
            outcome.steps.len().to_string(),
            again,
            took,
        ],
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The table.
pub(crate) fn text(rows: &[Row]) -> String {
    let mut out = format!(
        "| {} |\n|{}\n",
        HEADINGS.join(" | "),
        "---|".repeat(HEADINGS.len())
    );
    for row in rows {
        let _ = writeln!(out, "| {} |", row.cells.join(" | "));
    }
    out
}

/// What differs, with at most `show` lines of each.
pub(crate) fn details(case: &Case<'_>, outcome: &Outcome, show: usize) -> String {
    let mut out = format!("== {} on {}\n", case.entry.name, case.dialect.directory());
    if let Some(stopped) = &outcome.stopped {
        section(
            &mut out,
            "stopped",
            &stopped.lines().map(str::to_owned).collect::<Vec<_>>(),
            show * 3,
        );
        if !case.entry.note.is_empty() {
            let _ = writeln!(out, "   note: {}", case.entry.note);
        }
    }
    section(&mut out, "schema", &outcome.schema, show);
    for (revision, lines) in &outcome.steps {
        section(&mut out, &format!("revision {revision}"), lines, show);
    }
    if !outcome.down.is_empty() && outcome.down != "base" {
        let _ = writeln!(out, "   down: {}", outcome.down);
    }
    section(&mut out, "up again", &outcome.again, show);
    out
}

fn section(out: &mut String, title: &str, lines: &[String], show: usize) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "   {title}: {} lines", lines.len());
    let skipped = lines.len().saturating_sub(show);
    if title == "stopped" {
        // What matters is at the end.
        for line in &lines[skipped..] {
            let _ = writeln!(out, "      {line}");
        }
        return;
    }
    for line in lines.iter().take(show) {
        let _ = writeln!(out, "      {line}");
    }
    if skipped > 0 {
        let _ = writeln!(out, "      … {skipped} more");
    }
}

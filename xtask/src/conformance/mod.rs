//! Runs cases that were measured on Alembic, one JSON object a line, and reports what differs.
//! Each kind of case has its file; this one reads lines, counts and prints.

mod autogenerate;
mod graph;
mod operations;
mod plans;
mod render;
mod revision_graph;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// `cargo xtask conformance KIND FILE`
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What the cases are about.
    kind: Kind,
    /// A file with one case a line.
    file: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Comparisons of a database with a model: what they generate, applied and taken back.
    Autogenerate,
    /// Scripts in Python: the statements that their operations are.
    Operations,
    /// Upgrade, downgrade and stamp: steps, writes to the version table, final rows.
    Plans,
    /// Operations as the Python text that Alembic writes.
    Render,
    /// Looking up and listing revisions.
    RevisionGraph,
}

/// What a case came to: nothing, or how it differs.
type Outcome = Result<(), String>;

/// All cases of a file.
#[derive(Debug, Default)]
struct Report {
    passed: usize,
    /// Ids of failed cases with a short diff.
    failed: Vec<(String, String)>,
    /// What is to be said of cases that passed.
    notes: Vec<String>,
}

impl Report {
    /// True when there were cases and all of them passed.
    fn is_success(&self) -> bool {
        self.failed.is_empty() && self.passed > 0
    }
}

#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error("cannot read {path}: {source}")]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("cannot run scripts: {0}")]
    Runner(std::io::Error),
    #[error("{path}:{line}: not a case of this kind: {source}")]
    Case {
        path: PathBuf,
        line: usize,
        source: serde_json::Error,
    },
}

/// Runs the cases and prints the report; success only when every case passed and there was one.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let report = match check(arguments.kind, &arguments.file) {
        Ok(report) => report,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            return ExitCode::from(2);
        }
    };
    // A reader that has seen enough may close the pipe; the exit code still counts.
    let _ = print(&report, &mut std::io::stdout().lock());
    if report.is_success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn check(kind: Kind, file: &Path) -> Result<Report, ReadError> {
    match kind {
        Kind::Autogenerate => {
            let runner = autogenerate::Runner::new().map_err(ReadError::Runner)?;
            let mut report = each(file, |case| runner.check(case))?;
            report.notes = runner.refused();
            Ok(report)
        }
        Kind::Operations => {
            let runner = operations::Runner::new().map_err(ReadError::Runner)?;
            each(file, |case| runner.check(case))
        }
        Kind::Plans => each(file, plans::check),
        Kind::Render => each(file, render::check),
        Kind::RevisionGraph => each(file, revision_graph::check),
    }
}

fn print(report: &Report, out: &mut impl Write) -> std::io::Result<()> {
    for (id, diff) in &report.failed {
        writeln!(out, "{id}")?;
        for line in diff.lines() {
            writeln!(out, "    {line}")?;
        }
    }
    for note in &report.notes {
        writeln!(out, "{note}")?;
    }
    writeln!(
        out,
        "{} passed, {} failed",
        report.passed,
        report.failed.len()
    )
}

/// Reads the lines of `file` as cases and checks each.
fn each<C: DeserializeOwned>(
    file: &Path,
    check: impl Fn(&C) -> Outcome,
) -> Result<Report, ReadError> {
    #[derive(Deserialize)]
    struct Identified {
        id: String,
    }
    let text = std::fs::read_to_string(file).map_err(|source| ReadError::File {
        path: file.to_owned(),
        source,
    })?;
    let mut report = Report::default();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let broken = |source| ReadError::Case {
            path: file.to_owned(),
            line: at + 1,
            source,
        };
        let Identified { id } = serde_json::from_str(line).map_err(broken)?;
        let case: C = serde_json::from_str(line).map_err(broken)?;
        match check(&case) {
            Ok(()) => report.passed += 1,
            Err(diff) => report.failed.push((id, diff)),
        }
    }
    Ok(report)
}

/// Expected and found lines, where they differ.
fn difference(expected: &str, found: &str) -> String {
    let diff = similar::TextDiff::from_lines(expected, found);
    diff.unified_diff()
        .context_radius(1)
        .header("Alembic", "Limbeck")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_project(file: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../crates/limbeck/tests/conformance")
            .join(file)
    }

    #[test]
    fn plans_are_those_of_alembic() {
        let report = check(Kind::Plans, &in_project("plans.jsonl")).unwrap();
        assert!(report.is_success(), "{:#?}", report.failed);
        assert_eq!(report.passed, 1200);
    }

    #[test]
    fn scripts_do_what_alembic_does() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../crates/limbeck-python/tests/conformance/operations.jsonl");
        let report = check(Kind::Operations, &file).unwrap();
        assert!(report.is_success(), "{:#?}", report.failed);
        assert_eq!(report.passed, 1500);
    }

    #[test]
    fn operations_are_written_as_alembic_writes_them() {
        let report = check(Kind::Render, &in_project("render.jsonl")).unwrap();
        assert!(report.is_success(), "{:#?}", report.failed);
        assert_eq!(report.passed, 77);
    }

    #[test]
    fn comparisons_are_applied_and_taken_back() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let case = |id: &str, database: &str, model: &str| {
            let case = serde_json::json!({
                "id": id, "dialect": "sqlite", "opts": {}, "database": [database], "model": [[model]],
                "diffs": [], "upgrade": [], "downgrade": [],
            });
            format!("{case}\n")
        };
        let table = "CREATE TABLE t (a INTEGER, b TEXT DEFAULT 'x' CHECK (b <> ''))";
        let text = case(
            "changed",
            table,
            "CREATE TABLE t (a BIGINT NOT NULL, c REAL)",
        ) + &case("equal", table, table)
            + &case("refused", table, "CREATE TABLE t (a CHECK (nobody(a)))")
            + &case("broken", "CREATE TABLE", table);
        file.write_all(text.as_bytes()).unwrap();
        let report = check(Kind::Autogenerate, file.path()).unwrap();
        assert_eq!(report.passed, 3, "{:#?}", report.failed);
        let [(id, words)] = report.failed.as_slice() else {
            panic!("{:#?}", report.failed);
        };
        assert_eq!(id, "broken");
        assert!(words.contains("own database cannot be built"), "{words}");
        let [note] = report.notes.as_slice() else {
            panic!("{:#?}", report.notes);
        };
        assert!(note.ends_with("no such function: nobody"), "{note}");
    }

    #[test]
    fn a_file_without_cases_is_no_success() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let report = check(Kind::Plans, file.path()).unwrap();
        assert!(!report.is_success());
        let mut out = Vec::new();
        print(&report, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "0 passed, 0 failed\n");
    }

    #[test]
    fn a_line_that_is_no_case_is_named() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"\n{\"id\": 1}\n").unwrap();
        let error = check(Kind::Plans, file.path()).unwrap_err().to_string();
        assert!(error.contains(":2: not a case"), "{error}");
    }

    #[test]
    fn a_wrong_answer_fails_its_case() {
        let text = std::fs::read_to_string(in_project("plans.jsonl")).unwrap();
        let line = text
            .lines()
            .find(|line| line.contains("\"INSERT "))
            .unwrap();
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(line.replacen("\"INSERT ", "\"INSERT x", 1).as_bytes())
            .unwrap();
        let report = check(Kind::Plans, file.path()).unwrap();
        assert_eq!((report.passed, report.failed.len()), (0, 1));
    }
}

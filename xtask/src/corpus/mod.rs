//! `cargo xtask corpus`: replays the histories of real applications and compares every step with what real Alembic made of them.
//!
//! The projects come from PyPI, pinned by a manifest; what Alembic did is either recorded beside the manifest or, where an
//! `alembic` is given, measured in the same run. Nothing of a project is kept in this repository.

mod compare;
mod database;
mod download;
mod environment;
mod error;
mod expectation;
mod kept;
mod manifest;
mod outcome;
mod process;
mod project;
mod replay;
mod snapshot;
mod speed;
mod start;
mod table;
mod tool;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use error::CorpusError;
use manifest::{Entry, Manifest};
use outcome::Outcome;
use project::Dialect;
use tool::Tool;

/// What to replay.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// The list of projects; what Alembic made of them is in `expected/` beside it
    #[arg(long, default_value = "../shared/corpus/manifest.toml")]
    manifest: PathBuf,
    /// Replay only these projects
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Replay only on these databases
    #[arg(long, value_delimiter = ',', value_enum)]
    dialect: Vec<Dialect>,
    /// Only the whole history from empty to head and its final schema, not every revision on its own
    #[arg(long)]
    quick: bool,
    /// Only how long the commands take beside real Alembic, as a table
    #[arg(long, requires = "alembic", conflicts_with_all = ["quick", "results", "show"])]
    speed: bool,
    /// The `limbeck` to test; built for release when it is not given
    #[arg(long)]
    limbeck: Option<PathBuf>,
    /// A Python with the application, for the revisions that need it, as `PROJECT=PATH` or `PATH` for all
    #[arg(long, value_name = "[PROJECT=]PATH")]
    python: Vec<String>,
    /// Replay with real Alembic as well: a Python or an `alembic` that can run the history, as `PROJECT=PATH` or `PATH` for all
    #[arg(long, value_name = "[PROJECT=]PATH")]
    alembic: Vec<String>,
    /// How often the way up is timed, in turns with Alembic's; the median counts
    #[arg(long, default_value_t = 1)]
    times: usize,
    /// Keep each result in this directory, and replay only what is not there
    #[arg(long)]
    results: Option<PathBuf>,
    /// Where downloaded projects are kept
    #[arg(long, default_value = "target/corpus")]
    cache: PathBuf,
    /// How many differing lines to show of each
    #[arg(long, default_value_t = 12)]
    show: usize,
}

/// Runs the corpus and tells how it went.
#[expect(
    clippy::print_stderr,
    reason = "a developer command reports on standard error"
)]
pub(crate) fn run(options: &Options) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let replayed = runtime
        .map_err(CorpusError::Files)
        .and_then(|runtime| runtime.block_on(corpus(options)));
    match replayed {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Replays what was asked for; true when everything was as Alembic has it.
#[expect(
    clippy::print_stdout,
    reason = "a developer command answers on standard output"
)]
async fn corpus(options: &Options) -> Result<bool, CorpusError> {
    let manifest = Manifest::read(&options.manifest)?;
    let limbeck = process::limbeck(options.limbeck.as_deref())?;
    let mut outcomes = Vec::new();
    let mut speeds = Vec::new();
    for entry in &manifest.project {
        if !options.only.is_empty() && !options.only.contains(&entry.name) {
            continue;
        }
        for dialect in manifest.databases(entry) {
            if !options.dialect.is_empty() && !options.dialect.contains(&dialect) {
                continue;
            }
            let files = download::fetch(entry, &options.cache)?;
            let python = of_project(&options.python, &entry.name);
            let case = case(
                options,
                &manifest,
                &limbeck,
                entry,
                dialect,
                &files,
                python.as_deref(),
            );
            if options.speed {
                speeds.extend(speed::measure(&case).await?);
                continue;
            }
            let outcome = replay(options, &case).await?;
            println!("{}", table::details(&outcome, &entry.note, options.show));
            outcomes.push(outcome);
        }
    }
    if options.speed {
        println!("{}", speed::table(&speeds));
        return Ok(!speeds.is_empty());
    }
    println!("{}", table::text(&outcomes));
    Ok(!outcomes.is_empty() && outcomes.iter().all(Outcome::passed))
}

fn kept(
    options: &Options,
    entry: &Entry,
    dialect: Dialect,
) -> Result<Option<Outcome>, CorpusError> {
    match &options.results {
        Some(directory) => Outcome::read(directory, &entry.name, dialect),
        None => Ok(None),
    }
}

fn keep(options: &Options, outcome: &Outcome) -> Result<(), CorpusError> {
    match &options.results {
        Some(directory) => outcome.write(directory),
        None => Ok(()),
    }
}

fn case<'a>(
    options: &Options,
    manifest: &Manifest,
    limbeck: &Path,
    entry: &'a Entry,
    dialect: Dialect,
    files: &'a Path,
    python: Option<&'a Path>,
) -> replay::Case<'a> {
    replay::Case {
        entry,
        dialect,
        files,
        expected: manifest.expected(entry, dialect),
        python,
        limbeck: Tool::Limbeck {
            program: limbeck.to_owned(),
            python: python.map(Path::to_owned),
        },
        alembic: of_project(&options.alembic, &entry.name).map(Tool::Alembic),
        times: options.times,
    }
}

/// What is not kept of one project on one database.
async fn replay(options: &Options, case: &replay::Case<'_>) -> Result<Outcome, CorpusError> {
    let (entry, dialect) = (case.entry, case.dialect);
    let mut outcome = match kept(options, entry, dialect)? {
        Some(outcome) => outcome,
        None => {
            let outcome = replay::whole(case).await?;
            keep(options, &outcome)?;
            outcome
        }
    };
    if !options.quick && outcome.compared == 0 {
        outcome.steps.clear();
        replay::each(case, &mut outcome).await?;
        keep(options, &outcome)?;
    }
    Ok(outcome)
}

/// The path that was given for a project, else the one for all.
fn of_project(given: &[String], name: &str) -> Option<PathBuf> {
    let for_project = given
        .iter()
        .filter_map(|one| one.split_once('='))
        .find(|(project, _)| *project == name)
        .map(|(_, path)| path);
    let for_all = || given.iter().find(|one| !one.contains('='));
    for_project
        .or_else(|| for_all().map(String::as_str))
        .map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_a_project_goes_before_the_one_for_all() {
        let given = ["/all".to_owned(), "zenml=/zenml".to_owned()];
        assert_eq!(of_project(&given, "zenml"), Some("/zenml".into()));
        assert_eq!(of_project(&given, "aim"), Some("/all".into()));
        assert_eq!(of_project(&given[1..], "aim"), None);
    }
}

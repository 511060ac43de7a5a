//! `cargo xtask corpus`: replays the histories of real applications and compares every step with what real Alembic made of them.
//!
//! The projects come from PyPI, pinned by a manifest; what Alembic did is either recorded beside the manifest or, where an
//! `alembic` is given, measured in the same run. Nothing of a project is kept in this repository.

mod alembic;
mod compare;
mod download;
mod error;
mod expectation;
mod manifest;
mod process;
mod project;
mod replay;
mod snapshot;
mod table;

use std::{path::PathBuf, process::ExitCode};

use error::CorpusError;
use manifest::Manifest;
use project::Dialect;

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
    /// The `limbeck` to test; built for release when it is not given
    #[arg(long)]
    limbeck: Option<PathBuf>,
    /// A real `alembic`, to measure time against and to compare the way down with
    #[arg(long)]
    alembic: Option<PathBuf>,
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
    let mut rows = Vec::new();
    for entry in &manifest.project {
        if !options.only.is_empty() && !options.only.contains(&entry.name) {
            continue;
        }
        let files = download::fetch(entry, &options.cache)?;
        for dialect in &entry.dialects {
            if !options.dialect.is_empty() && !options.dialect.contains(dialect) {
                continue;
            }
            let case = replay::Case {
                entry,
                dialect: *dialect,
                files: &files,
                expected: manifest.expected(entry, *dialect),
            };
            let outcome = replay::replay(&case, &limbeck, options).await?;
            println!("{}", table::details(&case, &outcome, options.show));
            rows.push(table::row(&case, &outcome));
        }
    }
    println!("{}", table::text(&rows));
    Ok(!rows.is_empty() && rows.iter().all(|row| row.passed))
}

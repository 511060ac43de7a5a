//! `cargo xtask bench`: whole processes, timed against rivals and the raw engine in one run, told as ratios.
//!
//! It judges nothing: a figure depends on the machine, so no test asserts one.

mod autogenerate;
mod catalogue;
mod history;
mod many_tables;
mod postgres;
pub(crate) mod process;
mod python;
mod rebuild;
mod report;
mod rival;
mod scenario;
mod series;

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use report::Report;
use scenario::Programs;

/// What to measure and how often.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// Measure only these: start-up, histories, python, rebuild, postgresql, autogenerate
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Numbers of revisions, and of tables where models are compared
    #[arg(long, value_delimiter = ',', default_value = "10,100,1000,5000")]
    sizes: Vec<usize>,
    /// Numbers of rows of the table that is rebuilt
    #[arg(long, value_delimiter = ',', default_value = "100000,1000000")]
    rows: Vec<usize>,
    /// Counted runs of each command; one more goes before them
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Measure this `limbeck` instead of building one for release
    #[arg(long)]
    limbeck: Option<PathBuf>,
    /// Directories to look for alembic, diesel, sqlx, refinery and dbmate in, before the search path
    #[arg(long, value_delimiter = ',')]
    programs: Vec<PathBuf>,
    /// Also write the report to this file
    #[arg(long)]
    output: Option<PathBuf>,
}

/// Why the benchmarks could not be run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BenchError {
    /// A file of the benchmark could not be written or read.
    #[error("benchmark files: {0}")]
    Files(#[from] io::Error),
    /// The release build failed.
    #[error("cargo build --release failed")]
    Build,
    /// Limbeck could not write the script for the raw engine.
    #[error("limbeck upgrade head --sql: {0}")]
    Script(String),
    /// The database to measure on could not be built.
    #[error("the database to measure on: {0}")]
    Database(String),
}

/// Runs the benchmarks and tells how that went.
#[expect(
    clippy::print_stderr,
    reason = "a developer command reports on standard error"
)]
pub(crate) fn run(options: &Options) -> ExitCode {
    match bench(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Builds the release command and measures what `options` ask for.
///
/// # Errors
/// [`BenchError`] when something other than a contender fails; a contender's failure is a row of the table.
#[expect(
    clippy::print_stdout,
    reason = "a developer command answers on standard output"
)]
fn bench(options: &Options) -> Result<(), BenchError> {
    let wanted =
        |name: &str| options.only.is_empty() || options.only.iter().any(|only| only == name);
    let raw_engine = wanted("histories") || wanted("rebuild");
    let target = build(options.limbeck.is_none(), raw_engine)?;
    let mut programs = Programs::find(&target, &options.programs);
    if let Some(given) = &options.limbeck {
        programs.limbeck = given.canonicalize()?;
    }
    let mut report = Report::default();
    report.line(
        "Medians of whole processes; ratio = the command's wall time over that of the first row.",
    );
    if wanted("start-up") {
        scenario::start_up(&programs, options, &mut report);
    }
    if wanted("histories") {
        scenario::histories(&programs, options, &mut report)?;
    }
    if wanted("python") {
        python::projects(&programs, options, &mut report)?;
    }
    if wanted("rebuild") {
        rebuild::rebuild(&programs, options, &mut report)?;
    }
    if wanted("postgresql") {
        postgres::upgrades(&programs, options, &mut report)?;
    }
    if wanted("autogenerate") {
        autogenerate::models(&programs, options, &mut report)?;
    }
    println!("{}", report.text());
    if let Some(path) = &options.output {
        std::fs::write(path, report.text())?;
    }
    Ok(())
}

/// Builds for release what is asked for, and returns the directory it is in.
fn build(limbeck: bool, raw_engine: bool) -> Result<PathBuf, BenchError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let builds = [
        (limbeck, ["--package", "limbeck-cli", "--bin", "limbeck"]),
        (raw_engine, ["--package", "xtask", "--bin", "raw-sqlite"]),
    ];
    for (_, arguments) in builds.iter().filter(|(wanted, _)| *wanted) {
        let status = Command::new(&cargo)
            .args(["build", "--release", "--quiet"])
            .args(*arguments)
            .status()?;
        if !status.success() {
            return Err(BenchError::Build);
        }
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        PathBuf::from,
    );
    Ok(target.join("release").canonicalize()?)
}

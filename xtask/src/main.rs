//! Developer tasks: `cargo xtask conformance | corpus | bench | generate`.

mod bench;
mod conformance;
mod corpus;
mod generate;

use std::process::ExitCode;

use clap::Parser;

/// Developer tasks of Limbeck.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
enum Task {
    /// Run cases measured on Alembic and print those that differ.
    Conformance(conformance::Arguments),
    /// Measure whole processes against rivals and the raw engine.
    Bench(bench::Options),
    /// Replay the histories of real projects and compare with what Alembic made of them.
    Corpus(corpus::Options),
    /// Write help reference, man pages, completions and JSON schemas from the code.
    Generate(generate::Options),
}

fn main() -> ExitCode {
    match Task::parse() {
        Task::Conformance(arguments) => conformance::run(&arguments),
        Task::Bench(options) => bench::run(&options),
        Task::Corpus(options) => corpus::run(&options),
        Task::Generate(options) => generate::run(&options),
    }
}

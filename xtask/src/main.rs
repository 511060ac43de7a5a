//! Developer tasks: `cargo xtask conformance | bench | generate`.

mod conformance;

use std::process::ExitCode;

use clap::Parser;

/// Developer tasks of Limbeck.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
enum Task {
    /// Run cases measured on Alembic and print those that differ.
    Conformance(conformance::Arguments),
}

fn main() -> ExitCode {
    match Task::parse() {
        Task::Conformance(arguments) => conformance::run(&arguments),
    }
}

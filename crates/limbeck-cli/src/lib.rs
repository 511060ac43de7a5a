//! The `limbeck` command: arguments in, text out.
//!
//! This crate must not hold logic that a user of the library would miss. It is a library itself only so that the
//! developer tasks can generate help pages and schemas from [`arguments`] and [`answer`].
#![deny(missing_docs)]

pub mod answer;
pub mod arguments;
mod command;
mod comparing;
mod completion;
mod database;
mod environment;
mod error;
mod exit_code;
mod foreign_spans;
#[cfg(feature = "python")]
mod generating;
mod offline;
mod output;
mod program;
mod project;
mod questions;
mod report;
mod revisions;
mod running;
mod surviving;
mod task;
mod writing;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use arguments::Arguments;

pub use completion::VARIABLE as COMPLETION_VARIABLE;

/// Runs the command line of this process and returns its exit code.
pub fn main() -> ExitCode {
    let name = program::name();
    clap_complete::CompleteEnv::with_factory(Arguments::command)
        .var(completion::VARIABLE)
        .complete();
    let matches = Arguments::command()
        .bin_name(name.as_str())
        .get_matches_from(std::env::args_os());
    match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => command::run(arguments),
        Err(error) => error.exit(),
    }
}

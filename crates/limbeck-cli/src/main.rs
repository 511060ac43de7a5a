//! Entry point of the `limbeck` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    limbeck_cli::main()
}

//! Processes of the corpus: run to their end, timed, with everything they said.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::error::CorpusError;

/// What became of a process.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) success: bool,
    /// Its standard output and then its standard error.
    pub(crate) output: String,
    pub(crate) took: Duration,
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Result<Finished, CorpusError> {
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| CorpusError::Program {
        program: command.get_program().to_string_lossy().into_owned(),
        output: error.to_string(),
    })?;
    let took = began.elapsed();
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(Finished {
        success: output.status.success(),
        output: said,
        took,
    })
}

/// The command under test: the given one, or a release build of this workspace.
pub(crate) fn limbeck(given: Option<&Path>) -> Result<PathBuf, CorpusError> {
    if let Some(given) = given {
        return Ok(std::fs::canonicalize(given)?);
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = run(Command::new(cargo).args([
        "build",
        "--release",
        "--quiet",
        "--package",
        "limbeck-cli",
    ]))?;
    if !built.success {
        return Err(CorpusError::Program {
            program: "cargo build --release".to_owned(),
            output: built.output,
        });
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    Ok(std::fs::canonicalize(target.join("release/limbeck"))?)
}

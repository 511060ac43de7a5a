//! Processes of the corpus: run to their end, with what they cost and everything they said.

use std::{
    fs::File,
    io::{self, Read, Seek},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use serde::{Deserialize, Serialize};

use super::error::CorpusError;
use crate::bench::process::{processor, wait};

/// Seconds that a process took.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// From before its start to after its end.
    pub(crate) wall: f64,
    /// Of a processor, with those of the processes that it started and waited for.
    pub(crate) processor: f64,
}

impl std::ops::AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.wall += other.wall;
        self.processor += other.processor;
    }
}

/// What became of a process.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) cost: Cost,
}

impl Finished {
    /// Everything that it said.
    pub(crate) fn output(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Result<Finished, CorpusError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |error: io::Error| CorpusError::Program {
        program: program.clone(),
        output: error.to_string(),
    };
    // Files, not pipes: nobody has to read while it is waited for.
    let (mut stdout, mut stderr) = (tempfile::tempfile()?, tempfile::tempfile()?);
    let began = Instant::now();
    let child = command
        .stdin(Stdio::null())
        .stdout(stdout.try_clone()?)
        .stderr(stderr.try_clone()?)
        .spawn()
        .map_err(failed)?;
    let (status, usage) = wait(child.id()).map_err(failed)?;
    Ok(Finished {
        success: status.success(),
        cost: Cost {
            wall: began.elapsed().as_secs_f64(),
            processor: processor(&usage),
        },
        stdout: said(&mut stdout)?,
        stderr: said(&mut stderr)?,
    })
}

fn said(file: &mut File) -> Result<String, CorpusError> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
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
            output: built.output(),
        });
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    Ok(std::fs::canonicalize(target.join("release/limbeck"))?)
}

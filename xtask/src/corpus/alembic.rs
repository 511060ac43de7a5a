//! Real Alembic on the same project, where it is installed: only its time is asked for.

use std::{path::Path, process::Command, time::Duration};

use super::{
    error::CorpusError,
    manifest::Entry,
    process::{Finished, run},
};

/// How long `upgrade heads` takes; `None` when Alembic cannot run the history, most often because the application is missing.
pub(crate) fn time(
    program: &Path,
    ini: &Path,
    entry: &Entry,
) -> Result<Option<Duration>, CorpusError> {
    if !entry.stages.is_empty() {
        return Ok(None);
    }
    let Finished { success, took, .. } = run(Command::new(program)
        .arg("-c")
        .arg(ini)
        .args(["upgrade", "heads"]))?;
    Ok(success.then_some(took))
}

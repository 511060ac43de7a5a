//! What an application does to an empty database before its history runs.

use std::{path::Path, process::Command};

use super::{
    error::CorpusError,
    manifest::Entry,
    process::{Finished, run},
};

/// Dagster makes its tables from its models, and its guarded history then runs over them.
const DAGSTER: &str = "
import sys
from sqlalchemy import create_engine
from dagster._core.storage.event_log.schema import SqlEventLogStorageMetadata
from dagster._core.storage.runs.schema import RunStorageSqlMetadata
from dagster._core.storage.schedules.schema import ScheduleStorageSqlMetadata

engine = create_engine(sys.argv[1])
for metadata in (RunStorageSqlMetadata, SqlEventLogStorageMetadata, ScheduleStorageSqlMetadata):
    metadata.create_all(engine)
";

/// Whether a history needs a state that only its application can make.
pub(crate) fn is_needed(entry: &Entry) -> bool {
    entry.name == "dagster"
}

/// Makes that state.
pub(crate) fn prepare(
    entry: &Entry,
    python: Option<&Path>,
    home: &Path,
    url: &str,
) -> Result<(), CorpusError> {
    if !is_needed(entry) {
        return Ok(());
    }
    let Some(python) = python else {
        return Err(CorpusError::NoStart(entry.name.clone()));
    };
    let mut command = Command::new(python);
    command
        .args(["-c", DAGSTER, url])
        .env("HOME", home)
        .env("DAGSTER_HOME", home);
    let finished: Finished = run(&mut command)?;
    match finished.success {
        true => Ok(()),
        false => Err(CorpusError::Program {
            program: python.display().to_string(),
            output: finished.output(),
        }),
    }
}

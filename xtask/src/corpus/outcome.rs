//! What became of one project on one database; kept as a file, so that a long run can go on where it stopped.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{error::CorpusError, kept::split, process::Cost, project::Dialect, tool::Ran};

/// One project on one database.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) project: String,
    pub(crate) version: String,
    pub(crate) database: Dialect,
    /// Revisions of the history.
    pub(crate) revisions: usize,
    /// Revisions that Alembic ran, as recorded.
    pub(crate) recorded: usize,
    /// The revisions that ran, in their order.
    pub(crate) ran: Vec<Ran>,
    /// Why the whole history did not reach its head.
    pub(crate) stopped: Option<String>,
    /// Lines by which the final schema differs from the record.
    pub(crate) schema: Vec<String>,
    /// How many revisions were compared on their own, and those whose effect differs.
    pub(crate) compared: usize,
    pub(crate) steps: Vec<Step>,
    pub(crate) down: Option<Down>,
    /// Lines by which the schema differs after the way up that followed.
    pub(crate) again: Vec<String>,
    pub(crate) again_stopped: Option<String>,
    /// Median of the whole way up.
    pub(crate) cost: Cost,
    pub(crate) alembic: Option<Alembic>,
}

/// The effect of one revision, where it differs from the record.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Step {
    pub(crate) revision: String,
    pub(crate) lines: Vec<String>,
}

/// How a way down ended.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Down {
    /// What was left in the version table; nothing at the base.
    pub(crate) at: Vec<String>,
    pub(crate) stopped: Option<String>,
    pub(crate) cost: Cost,
}

/// What real Alembic made of the same in the same run.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Alembic {
    pub(crate) cost: Cost,
    pub(crate) stopped: Option<String>,
    /// Lines by which Limbeck's schema differs from Alembic's at the end of the way up.
    pub(crate) schema: Vec<String>,
    pub(crate) down: Option<Down>,
    /// Lines by which Limbeck's schema differs where both ways down ended at the same place.
    pub(crate) below: Vec<String>,
    /// Why the way up that followed did not reach the head, and the lines by which it left another schema there.
    pub(crate) again_stopped: Option<String>,
    pub(crate) again: Vec<String>,
}

impl Outcome {
    /// The revisions that the application's Python ran.
    pub(crate) fn foreign(&self) -> impl Iterator<Item = &Ran> {
        self.ran.iter().filter(|ran| ran.needs.is_some())
    }

    /// Whether it went as with Alembic: the same schemas, and no stop before Alembic's.
    pub(crate) fn passed(&self) -> bool {
        let stopped_early = self.stopped.is_some() && self.ran.len() < self.recorded;
        let schema = match &self.alembic {
            Some(alembic) if alembic.stopped.is_none() => &alembic.schema,
            _ => &self.schema,
        };
        let schema = split(schema).others;
        let each = |step: &Step| split(&step.lines).others.is_empty();
        // Where Alembic does not come up to the same again, nobody else has to.
        let theirs = self.alembic.as_ref();
        let again = (self.again.is_empty() && self.again_stopped.is_none())
            || theirs.is_some_and(|theirs| {
                theirs.again_stopped.is_some()
                    || (self.again_stopped.is_none() && !theirs.again.is_empty())
            });
        !stopped_early && schema.is_empty() && self.steps.iter().all(each) && again
    }

    fn file(directory: &Path, project: &str, database: Dialect) -> PathBuf {
        directory.join(format!("{project}-{}.json", database.directory()))
    }

    /// The result of an earlier run, when there is one.
    pub(crate) fn read(
        directory: &Path,
        project: &str,
        database: Dialect,
    ) -> Result<Option<Self>, CorpusError> {
        let path = Self::file(directory, project, database);
        if !path.is_file() {
            return Ok(None);
        }
        let text = fs::read_to_string(&path)?;
        let outcome = serde_json::from_str(&text);
        outcome
            .map(Some)
            .map_err(|source| CorpusError::Result { path, source })
    }

    /// Keeps the result.
    pub(crate) fn write(&self, directory: &Path) -> Result<(), CorpusError> {
        let path = Self::file(directory, &self.project, self.database);
        fs::create_dir_all(directory)?;
        let text = serde_json::to_string_pretty(self);
        let text = text.map_err(|source| CorpusError::Result {
            path: path.clone(),
            source,
        })?;
        Ok(fs::write(path, text)?)
    }
}

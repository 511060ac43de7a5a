//! The list of projects and where the record of each is.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{error::CorpusError, project::Dialect};

#[derive(Debug, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) project: Vec<Entry>,
    #[serde(skip)]
    directory: PathBuf,
}

/// One project, as the manifest has it.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) package: String,
    pub(crate) version: String,
    /// The directory with `env.py` and `versions/`, inside the wheel.
    pub(crate) scripts: PathBuf,
    /// Directories below it that hold the scripts of one database each.
    #[serde(default)]
    pub(crate) version_locations: BTreeMap<Dialect, PathBuf>,
    pub(crate) revisions: Revisions,
    pub(crate) dialects: Vec<Dialect>,
    /// Rows that only the application would have written, at a revision.
    #[serde(default)]
    pub(crate) stages: Vec<Stage>,
    #[serde(default)]
    pub(crate) note: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Stage {
    pub(crate) at: String,
    pub(crate) sql: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Revisions {
    Same(usize),
    ByDialect(BTreeMap<Dialect, usize>),
}

impl Revisions {
    pub(crate) fn on(&self, dialect: Dialect) -> usize {
        match self {
            Revisions::Same(count) => *count,
            Revisions::ByDialect(counts) => counts.get(&dialect).copied().unwrap_or_default(),
        }
    }
}

impl Manifest {
    pub(crate) fn read(path: &Path) -> Result<Self, CorpusError> {
        let text = fs::read_to_string(path).map_err(|source| CorpusError::Read {
            path: path.to_owned(),
            source,
        })?;
        let mut manifest: Manifest =
            toml::from_str(&text).map_err(|source| CorpusError::Manifest {
                path: path.to_owned(),
                source,
            })?;
        manifest.directory = path.parent().unwrap_or(Path::new(".")).to_owned();
        Ok(manifest)
    }

    /// The databases that the manifest names for a project, then those on which Alembic's record of it ends early.
    pub(crate) fn databases(&self, entry: &Entry) -> Vec<Dialect> {
        let mut databases = entry.dialects.clone();
        for dialect in Dialect::ALL {
            if !databases.contains(&dialect) && self.expected(entry, dialect).is_dir() {
                databases.push(dialect);
            }
        }
        databases
    }

    /// Where Alembic's record of a project on a database is.
    pub(crate) fn expected(&self, entry: &Entry, dialect: Dialect) -> PathBuf {
        self.directory
            .join("expected")
            .join(&entry.name)
            .join(dialect.directory())
    }
}

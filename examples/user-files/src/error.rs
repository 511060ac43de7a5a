//! Why a file of notes cannot be opened, in words for its user.

use std::path::{Path, PathBuf};

use limbeck::MigratorError;

use crate::CopyError;

/// Why a file was not updated. It is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// The file cannot be opened.
    #[error("cannot open {}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The system's words.
        source: sqlx::Error,
    },
    /// A newer program has written it.
    #[error("{} was written by a newer version of this program; please update the program", path.display())]
    NewerProgram {
        /// The file.
        path: PathBuf,
    },
    /// No copy could be kept.
    #[error("{} was not updated, because no copy of it could be kept: {source}", path.display())]
    Copy {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: CopyError,
    },
    /// A revision failed.
    #[error("{} could not be updated and is as it was: {source}", path.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// The copy that was kept besides.
        copy: Option<PathBuf>,
        /// Why.
        source: Box<MigratorError>,
    },
}

impl UpdateError {
    pub(crate) fn from_migrator(path: &Path, copy: Option<PathBuf>, source: MigratorError) -> Self {
        let path = path.to_owned();
        // The file names a revision that this program has never heard of.
        if matches!(source, MigratorError::UnknownRow { .. }) {
            return UpdateError::NewerProgram { path };
        }
        UpdateError::Migration {
            path,
            copy,
            source: Box::new(source),
        }
    }
}

//! Why a model could not be read.

use std::path::PathBuf;

use crate::{
    dialect::{DdlError, DialectName},
    script::Position,
    script::sql::SplitProblem,
};

/// Why a model could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file or directory cannot be read.
    #[error("cannot read the model {}: {source}; check the path and its permissions", path.display())]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A directory holds no `.sql` file.
    #[error("the model {} holds no .sql file; put the CREATE statements of the wanted schema there", path.display())]
    Empty {
        /// The directory.
        path: PathBuf,
    },
    /// A text cannot be split into statements.
    #[error("{}:{position}: {problem}", path.display())]
    Split {
        /// The file.
        path: PathBuf,
        /// Where in it.
        position: Position,
        /// What is wrong.
        problem: SplitProblem,
    },
    /// A former name that is told in a way nobody understands.
    #[error(
        "{}:{line}: '{text}' is not of the form old:new; write '-- limbeck: renamed book.titel:title', or \
         '-- limbeck: renamed book:volume' for a table",
        path.display()
    )]
    Rename {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What was told.
        text: String,
    },
    /// A snapshot is no schema.
    #[error("{}:{line}:{column}: this is no snapshot of a schema: {reason}; write one with 'limbeck inspect --format json'", path.display())]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
        /// What is wrong.
        reason: String,
    },
    /// Something declared cannot be said on this database.
    #[error("the model cannot be built on {dialect}: {operation}: {source}")]
    Unsayable {
        /// The database's language.
        dialect: DialectName,
        /// What was to be done, such as `create table account`.
        operation: String,
        /// Why not.
        source: Box<DdlError>,
    },
}

//! Why the corpus could not be replayed at all; what a replay finds is no error.

use std::{io, path::PathBuf};

/// Why the corpus could not be replayed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CorpusError {
    #[error("files of the corpus: {0}")]
    Files(#[from] io::Error),
    #[error("cannot read {path}: {source}")]
    Read { path: PathBuf, source: io::Error },
    #[error("{path}: {source}")]
    Manifest {
        path: PathBuf,
        source: toml::de::Error,
    },
    #[error("{program} failed: {output}")]
    Program { program: String, output: String },
    #[error("the wheel of {0} has no alembic scripts at {1}")]
    NoScripts(String, PathBuf),
    #[error("the tables of {0} are made by the application: give --python {0}=PATH")]
    NoStart(String),
    #[error("times of {0} are taken beside real Alembic: give --alembic {0}=PATH")]
    NoAlembic(String),
    #[error("result {path}: {source}")]
    Result {
        path: PathBuf,
        source: serde_json::Error,
    },
    #[error("the database does not answer: {0}")]
    Database(#[from] limbeck::dialect::QueryError),
    #[error("address of a database: {0}")]
    Address(String),
}

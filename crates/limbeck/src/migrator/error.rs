//! Everything that a project or a run can fail with, in one type: what, where, why and what to do next.

use std::path::PathBuf;

use crate::{
    config::{ConfigError, UrlError},
    dialect::QueryError,
    operation::SourceLocation,
    revision::{ErrorKind, GraphError, PlanError, ResolveError, TargetError},
    script::{DirectoryError, HeaderError, Position},
};

/// Why a project cannot be opened, or a command on it cannot be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigratorError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The directory of the scripts does not exist.
    #[error("Path doesn't exist: {}.  Please use the 'init' command to create a new scripts folder.", path.display())]
    NoScriptLocation {
        /// Where it should be.
        path: PathBuf,
    },
    /// A versions directory cannot be listed.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// A script cannot be read, and the answer would depend on it.
    #[error(transparent)]
    Header(HeaderError),
    /// The revisions do not form a history.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// A target stands for no revision.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The database address cannot be used.
    #[error("the database address cannot be used: {0}")]
    Url(#[from] UrlError),
    /// The database cannot be reached.
    #[error("cannot connect to {database}: {source}")]
    Connect {
        /// The address, without its password.
        database: String,
        /// The database's or the system's words.
        source: QueryError,
    },
}

impl From<ResolveError> for MigratorError {
    fn from(error: ResolveError) -> Self {
        PlanError::from(error).into()
    }
}

impl From<TargetError> for MigratorError {
    fn from(error: TargetError) -> Self {
        PlanError::from(error).into()
    }
}

impl MigratorError {
    /// Whether the database or a migration failed, rather than the command being impossible.
    pub fn is_run_failure(&self) -> bool {
        matches!(self, MigratorError::Connect { .. })
    }

    /// Stable name of the kind of error, for programs that branch on it.
    pub fn kind(&self) -> &'static str {
        match self {
            MigratorError::Config(ConfigError::NotFound { .. }) => "no_configuration",
            MigratorError::Config(_) | MigratorError::Url(_) => "configuration",
            MigratorError::NoScriptLocation { .. } | MigratorError::Directory(_) => {
                "script_directory"
            }
            MigratorError::Header(_) => "script",
            MigratorError::Graph(_) => "broken_graph",
            MigratorError::Plan(error) => match error.kind() {
                ErrorKind::InvalidTarget => "invalid_target",
                ErrorKind::UnknownRevision => "unknown_revision",
                ErrorKind::AmbiguousRevision => "ambiguous_revision",
                ErrorKind::MultipleHeads => "multiple_heads",
                ErrorKind::AmbiguousStep => "ambiguous_step",
                ErrorKind::TooFar => "too_far",
                ErrorKind::NotReachable => "not_reachable",
                ErrorKind::Overlap => "overlap",
                ErrorKind::BrokenGraph => "broken_graph",
            },
            MigratorError::Connect { .. } => "connection",
        }
    }

    /// The place in a file that the error is about. A column of 0 means that only the line is known.
    pub fn location(&self) -> Option<SourceLocation> {
        match self {
            MigratorError::Config(error) => error.origin().map(|origin| SourceLocation {
                path: origin.file.to_path_buf(),
                line: origin.line,
                column: origin.column.unwrap_or(0),
            }),
            MigratorError::Header(error) => error.position.map(|at| place(&error.path, at)),
            _ => None,
        }
    }

    /// What to do next, where the message does not say it already.
    pub fn hint(&self) -> Option<String> {
        match self {
            MigratorError::Connect { .. } => {
                Some("check the address, and that the server runs and lets this user in".to_owned())
            }
            _ => None,
        }
    }
}

fn place(path: &std::path::Path, position: Position) -> SourceLocation {
    SourceLocation {
        path: path.to_owned(),
        line: position.line,
        column: position.column,
    }
}

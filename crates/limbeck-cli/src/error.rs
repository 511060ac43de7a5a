//! Everything a command can fail with.

use std::io;

use limbeck::{
    config::ConfigError,
    migrator::MigratorError,
    operation::SourceLocation,
    revision::{PlanError, ResolveError, TargetError},
};

/// Which of the two failures of Alembic's contract an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// The command cannot be carried out as asked; nothing was run.
    Command,
    /// A migration or the database failed.
    Migration,
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    /// The library refused or failed.
    #[error(transparent)]
    Migrator(#[from] MigratorError),
    /// `edit base`.
    #[error("No revision files indicated by symbol '{symbol}'")]
    NoFiles {
        /// The target.
        symbol: String,
    },
    /// `edit current` on an empty database.
    #[error("No current revisions")]
    NoCurrent,
    /// `edit` without an editor.
    #[error("No EDITOR found. Set the environment variable VISUAL or EDITOR")]
    NoEditor,
    /// The editor could not be started or failed.
    #[error("Error executing editor ({reason})")]
    Editor {
        /// What the system or the editor's exit says.
        reason: String,
    },
    /// A database is asked that this version cannot ask.
    #[error("this version cannot ask the database {database}")]
    NoDatabase {
        /// Its address.
        database: String,
    },
    /// The working directory is gone.
    #[error("the working directory cannot be read")]
    WorkingDirectory(#[source] io::Error),
    /// Standard output could not be written.
    #[error("the answer cannot be written")]
    Output(#[source] io::Error),
}

/// The library's own errors come from many of its rooms; each is told in the same way.
macro_rules! from_library {
    ($($error:ty,)*) => {$(
        impl From<$error> for CommandError {
            fn from(error: $error) -> Self {
                CommandError::Migrator(error.into())
            }
        }
    )*};
}

from_library! {
    ConfigError,
    PlanError,
    ResolveError,
    TargetError,
}

impl CommandError {
    /// Which of the two failures of Alembic's contract this is.
    pub(crate) fn class(&self) -> Class {
        match self {
            CommandError::Migrator(error) if error.is_run_failure() => Class::Migration,
            CommandError::WorkingDirectory(_) | CommandError::Output(_) => Class::Migration,
            _ => Class::Command,
        }
    }

    /// Stable name of the kind of error.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            CommandError::Migrator(error) => error.kind(),
            CommandError::NoDatabase { .. } => "no_database",
            CommandError::NoFiles { .. } | CommandError::NoCurrent => "no_revision",
            CommandError::NoEditor | CommandError::Editor { .. } => "editor",
            CommandError::WorkingDirectory(_) | CommandError::Output(_) => "system",
        }
    }

    /// The place in a file that it is about.
    pub(crate) fn location(&self) -> Option<SourceLocation> {
        match self {
            CommandError::Migrator(error) => error.location(),
            _ => None,
        }
    }

    /// What to do next.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            CommandError::Migrator(error) => error.hint(),
            _ => None,
        }
    }
}

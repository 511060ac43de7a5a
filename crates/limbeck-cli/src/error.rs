//! Everything a command can fail with.

use std::{io, path::PathBuf};

use limbeck::{
    config::ConfigError,
    migrator::{MigratorError, Project},
    operation::SourceLocation,
    revision::{PlanError, ResolveError, TargetError},
    script::write::ProjectError,
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
    /// `current --check-heads` on a database that lacks a head.
    #[error("Database is not on all head revisions")]
    NotAtHeads,
    /// `diff` of env.py's models with something else than its database.
    #[error("the models of env.py can only be compared with the database that it opens")]
    ModelsOfEnvironment,
    /// What was found cannot be written in Python.
    #[error(transparent)]
    Render(Box<limbeck::render::RenderError>),
    /// `check` of a database that is not what the model wants.
    #[error("New upgrade operations detected: [{}]", found.join(", "))]
    NewOperations {
        /// What was detected.
        found: Vec<String>,
    },
    /// A side of `diff` that is nowhere.
    #[error("there is no '{text}'")]
    NoSuchSchema {
        /// What was given.
        text: String,
    },
    /// The address of an SQLite file that is not there, given to a command that only reads.
    #[error("there is no database file '{}'", path.display())]
    NoDatabaseFile {
        /// The file.
        path: PathBuf,
    },
    /// `--format sql` of a command whose answer is none.
    #[error("only inspect and diff answer in SQL")]
    NoSql,
    /// `revision --sql --autogenerate`.
    #[error("Using --sql with --autogenerate does not make any sense")]
    SqlWithAutogenerate,
    /// `revision --sql` without an environment.
    #[error(
        "Using --sql with the revision command when revision_environment is not configured does not make any sense"
    )]
    SqlWithoutEnvironment,
    /// A range where one target is wanted.
    #[error("Range revision not allowed")]
    RangeOnline,
    /// `downgrade --sql` without a start.
    #[error("downgrade with --sql requires <fromrev>:<torev>")]
    DowngradeWithoutStart,
    /// `stamp --purge --sql`.
    #[error("Can't use --purge with --sql mode")]
    PurgeOffline,
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
    /// `unlock` while a run is under way.
    #[error("the lock is held by a live session: {holder}")]
    LiveLock {
        /// Who, in words, with the statement that ends it.
        holder: String,
    },
    /// `init --package` with a template for scripts in SQL.
    #[error("--package is for projects of Python scripts; name their template")]
    PackageWithoutPython,
    /// `-c some.ini init`.
    #[error("{}: a new project's settings are in TOML", file.display())]
    InitWithIni {
        /// What was named.
        file: PathBuf,
    },
    /// env.py has an error, refuses, or needs the application.
    #[cfg(feature = "python")]
    #[error(transparent)]
    Environment(Box<limbeck_python::environment::EnvironmentError>),
    /// env.py passed on what the command failed with; that error is told instead.
    #[cfg(feature = "python")]
    #[error("env.py stopped")]
    EnvironmentStopped,
    /// env.py wrote SQL although a database was to be worked on.
    #[cfg(feature = "python")]
    #[error("env.py configured no connection, and the command needs one")]
    EnvironmentOffline,
    /// env.py chose a database that is not known here.
    #[cfg(feature = "python")]
    #[error(transparent)]
    EnvironmentDialect(limbeck_python::environment::UnknownDialectName),
    /// `adopt` in a build without the front end.
    #[cfg(not(feature = "python"))]
    #[error(
        "this build cannot run Python, so it cannot adopt a project whose scripts are in Python"
    )]
    WithoutPython,
    /// The working directory is gone.
    #[error("the working directory cannot be read")]
    WorkingDirectory(#[source] io::Error),
    /// The runtime for database connections could not be started.
    #[error("the runtime for database connections cannot be started")]
    Runtime(#[source] io::Error),
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
    ProjectError,
    ResolveError,
    TargetError,
}

/// Whether a traceback ends in anything but Alembic's `CommandError`.
fn is_failure(traceback: &str) -> bool {
    !traceback
        .lines()
        .any(|line| line.starts_with("alembic.util.exc.CommandError: "))
}

impl CommandError {
    /// Nothing says what the project's database should look like.
    pub(crate) fn no_model(project: &Project) -> Self {
        match crate::environment::has_one(project) {
            true => CommandError::ModelsOfEnvironment,
            false => MigratorError::NoModel.into(),
        }
    }

    /// Which of the two failures of Alembic's contract this is.
    pub(crate) fn class(&self) -> Class {
        match self {
            CommandError::Migrator(error) if error.is_run_failure() => Class::Migration,
            // A script that is only written down fails like one that runs, unless it refuses in Alembic's own way.
            CommandError::Migrator(error) if error.traceback().is_some_and(is_failure) => {
                Class::Migration
            }
            #[cfg(feature = "python")]
            CommandError::Environment(error) if !error.is_refusal() => Class::Migration,
            CommandError::WorkingDirectory(_)
            | CommandError::Runtime(_)
            | CommandError::Output(_) => Class::Migration,
            _ => Class::Command,
        }
    }

    /// Stable name of the kind of error.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            CommandError::Migrator(error) => error.kind(),
            CommandError::NotAtHeads => "not_at_heads",
            CommandError::ModelsOfEnvironment => "models_of_environment",
            #[cfg(feature = "python")]
            CommandError::Render(_) => "render",
            CommandError::NewOperations { .. } => "new_operations",
            CommandError::NoSuchSchema { .. } => "model",
            CommandError::NoDatabaseFile { .. } => "database",
            CommandError::SqlWithAutogenerate
            | CommandError::SqlWithoutEnvironment
            | CommandError::RangeOnline
            | CommandError::DowngradeWithoutStart
            | CommandError::NoSql
            | CommandError::PurgeOffline => "invalid_options",
            CommandError::LiveLock { .. } => "lock",
            CommandError::PackageWithoutPython | CommandError::InitWithIni { .. } => "new_project",
            CommandError::NoFiles { .. } | CommandError::NoCurrent => "no_revision",
            #[cfg(feature = "python")]
            CommandError::Environment(_)
            | CommandError::EnvironmentStopped
            | CommandError::EnvironmentOffline
            | CommandError::EnvironmentDialect(_) => "environment",
            #[cfg(not(feature = "python"))]
            CommandError::WithoutPython => "environment",
            CommandError::NoEditor | CommandError::Editor { .. } => "editor",
            CommandError::WorkingDirectory(_)
            | CommandError::Runtime(_)
            | CommandError::Output(_) => "system",
        }
    }

    /// What happened in one sentence.
    pub(crate) fn headline(&self) -> String {
        match self {
            CommandError::Migrator(error) => error.headline(),
            #[cfg(feature = "python")]
            CommandError::Environment(error) => error.headline(),
            other => other.to_string(),
        }
    }

    /// What a run that stopped left in the database.
    pub(crate) fn aftermath(&self) -> Option<String> {
        match self {
            CommandError::Migrator(error) => error.aftermath().map(ToString::to_string),
            _ => None,
        }
    }

    /// The statement that the database refused.
    pub(crate) fn statement(&self) -> Option<&str> {
        match self {
            CommandError::Migrator(error) => error.statement(),
            _ => None,
        }
    }

    /// The calls that led to an error in a script's code.
    pub(crate) fn traceback(&self) -> Option<&str> {
        match self {
            CommandError::Migrator(error) => error.traceback(),
            #[cfg(feature = "python")]
            CommandError::Environment(error) => error.traceback(),
            _ => None,
        }
    }

    /// The place in a file that it is about.
    pub(crate) fn location(&self) -> Option<SourceLocation> {
        match self {
            CommandError::Migrator(error) => error.location(),
            #[cfg(feature = "python")]
            CommandError::Environment(error) => error.location(),
            _ => None,
        }
    }

    /// What to do next.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            CommandError::Migrator(error) => error.hint(),
            #[cfg(feature = "python")]
            CommandError::Environment(error) => error.hint(),
            CommandError::NotAtHeads => {
                Some("see what is pending with 'status', apply it with 'upgrade heads'".to_owned())
            }
            CommandError::ModelsOfEnvironment => {
                Some("'limbeck diff database model' does that".to_owned())
            }
            CommandError::NewOperations { .. } => Some(
                "write them into a revision with 'revision --autogenerate -m MESSAGE'".to_owned(),
            ),
            CommandError::NoSuchSchema { .. } => Some(
                "name a file or directory of SQL, a snapshot in JSON, the address of a database, 'model' or 'database'"
                    .to_owned(),
            ),
            CommandError::NoDatabaseFile { .. } => Some(
                "sqlite:///relative.db is read from here, sqlite:////absolute.db from the root; sqlite:// is an empty database"
                    .to_owned(),
            ),
            CommandError::InitWithIni { .. } => {
                Some("name a file that ends in .toml, leave -c out for limbeck.toml, or name one of Alembic's templates with -t".to_owned())
            }
            CommandError::PackageWithoutPython => {
                Some("add -t generic; list_templates shows the others".to_owned())
            }
            CommandError::LiveLock { .. } => Some(
                "wait for it to end; only a lock that was left behind can be removed".to_owned(),
            ),
            CommandError::RangeOnline => {
                Some("a range only says where an SQL script begins; add --sql".to_owned())
            }
            _ => None,
        }
    }
}

//! Everything that a project or a run can fail with, in one type. What a person reads of it is
//! in [`account`], where it happened in [`place`], and what to do next in [`hint`].

mod account;
mod hint;
mod place;

use std::{convert::Infallible, path::PathBuf};

use crate::{
    config::{ConfigError, UrlError},
    dialect::{InspectError, QueryError},
    diff::InvalidDecision,
    migrate::{LockError, NormaliseError, OfflineError, RunError, RunFailure, VersionTableError},
    models::ModelError,
    render::RenderError,
    revision::{ErrorKind, GraphError, PlanError, ResolveError, RevisionId, TargetError},
    script::{
        DirectoryError, HeaderError, ScriptError,
        write::{HookError, ProjectError, WriteError},
    },
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
    /// What should be the directory of the scripts is a file.
    #[error("{} is not a directory; script_location has to name the directory of the scripts", path.display())]
    ScriptLocationIsFile {
        /// The file.
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
    /// The version table names a revision that has no script here.
    #[error("Can't locate revision identified by '{row}'")]
    UnknownRow {
        /// The row.
        row: String,
    },
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
    /// The version table cannot be read or made.
    #[error(transparent)]
    VersionTable(#[from] VersionTableError),
    /// The lock cannot be looked at.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A run did not come to its end.
    #[error(transparent)]
    Run(Box<RunError>),
    /// A script in a language that the library cannot run.
    #[error("{}: revision {revision} is not written in SQL, and nothing here runs it; the database is as it was", path.display())]
    NotRunnable {
        /// The revision.
        revision: RevisionId,
        /// Its script.
        path: PathBuf,
    },
    /// A script cannot be turned into statements.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// A plan cannot be written as SQL.
    #[error(transparent)]
    Offline(#[from] OfflineError),
    /// Ranges of an offline stamp that start differently.
    #[error("Stamp operation with --sql only supports a single starting revision at a time")]
    SeveralStarts,
    /// A new script cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A program that was to run on a new script failed.
    #[error(transparent)]
    Hook(#[from] HookError),
    /// A hook of a type that only the project's `env.py` registers.
    #[error("No formatter with name '{name}' registered")]
    UnknownHook {
        /// The type.
        name: String,
    },
    /// A new project cannot be made.
    #[error(transparent)]
    NewProject(#[from] ProjectError),
    /// Revisions are pending: what they do would be generated a second time.
    #[error("Target database is not up to date.")]
    NotUpToDate,
    /// The wanted schema cannot be read or built.
    #[error(transparent)]
    Model(Box<NormaliseError>),
    /// The database's catalogue cannot be read.
    #[error(transparent)]
    Inspect(#[from] InspectError),
    /// The configuration names no wanted schema.
    #[error("nothing says what the database should look like: the configuration has no 'model'")]
    NoModel,
    /// A change that a script cannot say.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// Two texts without a database that could say what they mean.
    #[error("neither side is a database, so nothing says what they mean")]
    NoHost,
    /// A decision that cannot be read.
    #[error(transparent)]
    Decision(#[from] InvalidDecision),
    /// Decisions about what neither schema has.
    #[error("nothing here is called {}", names.join(", "))]
    UnusedDecisions {
        /// As they were given.
        names: Vec<String>,
    },
}

impl From<NormaliseError> for MigratorError {
    fn from(error: NormaliseError) -> Self {
        match error {
            NormaliseError::Inspect(error) => MigratorError::Inspect(*error),
            error => MigratorError::Model(Box::new(error)),
        }
    }
}

impl From<ModelError> for MigratorError {
    fn from(error: ModelError) -> Self {
        NormaliseError::from(error).into()
    }
}

impl From<RunError> for MigratorError {
    /// A target that cannot be reached is told in the same way whether the run or somebody before it found out.
    fn from(error: RunError) -> Self {
        match error.cause {
            RunFailure::Plan(error) => MigratorError::Plan(error),
            cause => MigratorError::Run(Box::new(RunError { cause, ..error })),
        }
    }
}

/// An address that is already understood cannot be wrong; see [`Migrator::connect`](super::Migrator::connect).
impl From<Infallible> for MigratorError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
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
        matches!(
            self,
            MigratorError::Connect { .. }
                | MigratorError::VersionTable(_)
                | MigratorError::Lock(_)
                | MigratorError::Run(_)
                | MigratorError::Inspect(_)
        )
    }

    /// Stable name of the kind of error, for programs that branch on it.
    pub fn kind(&self) -> &'static str {
        match self {
            MigratorError::Config(ConfigError::NotFound { .. }) => "no_configuration",
            MigratorError::Config(_) | MigratorError::Url(_) => "configuration",
            MigratorError::NoScriptLocation { .. }
            | MigratorError::ScriptLocationIsFile { .. }
            | MigratorError::Directory(_) => "script_directory",
            MigratorError::Header(_)
            | MigratorError::Script(_)
            | MigratorError::NotRunnable { .. } => "script",
            MigratorError::Graph(_) => "broken_graph",
            MigratorError::Plan(error) => plan_kind(error),
            MigratorError::UnknownRow { .. } => "unknown_row",
            MigratorError::Connect { .. } => "connection",
            MigratorError::VersionTable(_) => "version_table",
            MigratorError::Lock(_) => "lock",
            MigratorError::Run(error) => run_kind(&error.cause),
            MigratorError::Offline(OfflineError::Script { .. } | OfflineError::NoScript { .. }) => {
                "script"
            }
            MigratorError::Offline(_) | MigratorError::SeveralStarts => "offline",
            MigratorError::Write(_) => "write",
            MigratorError::Hook(_) | MigratorError::UnknownHook { .. } => "hook",
            MigratorError::NewProject(_) => "new_project",
            MigratorError::NotUpToDate => "not_at_heads",
            MigratorError::Model(_) | MigratorError::NoModel | MigratorError::NoHost => "model",
            MigratorError::Inspect(_) => "inspection",
            MigratorError::Render(_) => "write",
            MigratorError::Decision(_) | MigratorError::UnusedDecisions { .. } => "invalid_options",
        }
    }
}

fn plan_kind(error: &PlanError) -> &'static str {
    match error.kind() {
        ErrorKind::InvalidTarget => "invalid_target",
        ErrorKind::UnknownRevision => "unknown_revision",
        ErrorKind::AmbiguousRevision => "ambiguous_revision",
        ErrorKind::MultipleHeads => "multiple_heads",
        ErrorKind::AmbiguousStep => "ambiguous_step",
        ErrorKind::TooFar => "too_far",
        ErrorKind::NotReachable => "not_reachable",
        ErrorKind::Overlap => "overlap",
        ErrorKind::BrokenGraph => "broken_graph",
    }
}

fn run_kind(failure: &RunFailure) -> &'static str {
    match failure {
        RunFailure::Lock(_) => "lock",
        RunFailure::VersionTable(_) => "version_table",
        RunFailure::Plan(error) => plan_kind(error),
        RunFailure::Statement(_) => "statement",
        RunFailure::TableChange(_) => "table_change",
        RunFailure::Operation { .. } => "operation",
        RunFailure::Script { .. } | RunFailure::NoScript { .. } => "script",
        RunFailure::Refused { .. } => "refused",
        RunFailure::IdTooLong { .. } => "id_too_long",
        RunFailure::Hook { .. } => "hook",
        RunFailure::Transaction { .. } => "transaction",
    }
}

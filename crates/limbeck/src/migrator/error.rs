//! Everything that a project or a run can fail with, in one type: what, where, why and what to do next.

use std::{
    convert::Infallible,
    path::{Path, PathBuf},
};

use crate::{
    config::{ConfigError, UrlError},
    dialect::{InspectError, QueryError},
    diff::InvalidDecision,
    migrate::{
        Aftermath, LockError, NormaliseError, OfflineError, RunError, RunFailure, VersionTableError,
    },
    models::ModelError,
    operation::SourceLocation,
    render::RenderError,
    revision::{
        ErrorKind, GraphError, GraphProblem, PlanError, ResolveError, RevisionId, TargetError,
    },
    script::{
        DirectoryError, HeaderError, Position, ScriptError,
        write::{HookError, ProjectError, WriteError},
    },
};

use super::advice::advice;

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

    /// What happened in one sentence, without the place, the statement and what is in the database now.
    pub fn headline(&self) -> String {
        let text = match self {
            // The statement is shown in its file.
            MigratorError::Model(error) => match error.as_ref() {
                NormaliseError::Statement {
                    location: Some(_),
                    source,
                    ..
                } => return format!("the model cannot be built: {source}"),
                error => error.to_string(),
            },
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Statement(failure) => {
                    let way = if failure.direction.is_up() {
                        "upgrade"
                    } else {
                        "downgrade"
                    };
                    return format!(
                        "the database refused a statement of the {way} of revision {}: {}",
                        failure.revision, failure.error
                    );
                }
                cause => cause.to_string(),
            },
            other => other.to_string(),
        };
        match self.location() {
            Some(place) if place.column > 0 => text.replacen(&format!("{place}: "), "", 1),
            Some(place) => {
                let place = format!("{}:{}: ", place.path.display(), place.line);
                text.replacen(&place, "", 1)
            }
            None => text,
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
            MigratorError::Header(error) => place(&error.path, error.position),
            MigratorError::Write(WriteError::BadTemplate { path, position, .. }) => {
                place(path, Some(*position))
            }
            MigratorError::Graph(error) => error.problems.first().and_then(graph_location),
            MigratorError::Plan(PlanError::Resolve(ResolveError::Graph(problem))) => {
                graph_location(problem)
            }
            MigratorError::Script(error)
            | MigratorError::Offline(OfflineError::Script { error, .. }) => script_location(error),
            MigratorError::Model(error) => model_location(error),
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Statement(failure) => failure.location(),
                RunFailure::TableChange(failure) => failure.statement.location.clone(),
                RunFailure::Refused { location, .. } | RunFailure::Operation { location, .. } => {
                    location.clone()
                }
                RunFailure::Script { error, .. } => script_location(error),
                _ => None,
            },
            _ => None,
        }
    }

    /// The statement that the database refused.
    pub fn statement(&self) -> Option<&str> {
        match self {
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Statement(failure) => Some(&failure.statement.sql),
                _ => None,
            },
            _ => None,
        }
    }

    /// The calls that led to an error in the code of a script, as its language prints them.
    pub fn traceback(&self) -> Option<&str> {
        match self {
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Script {
                    error: ScriptError::Code(code),
                    ..
                } => code.traceback.as_deref(),
                _ => error.traceback.as_deref(),
            },
            MigratorError::Script(ScriptError::Code(code))
            | MigratorError::Offline(OfflineError::Script {
                error: ScriptError::Code(code),
                ..
            }) => code.traceback.as_deref(),
            _ => None,
        }
    }

    /// What a run that stopped left in the database; `None` when nothing had begun.
    pub fn aftermath(&self) -> Option<&Aftermath> {
        match self {
            MigratorError::Run(error) => match error.cause {
                RunFailure::NoScript { .. }
                | RunFailure::IdTooLong { .. }
                | RunFailure::Lock(LockError::Held { .. }) => None,
                _ => Some(&error.aftermath),
            },
            _ => None,
        }
    }

    /// The database's own words.
    fn database_error(&self) -> Option<&QueryError> {
        match self {
            MigratorError::Connect { source, .. } => Some(source),
            MigratorError::VersionTable(error) => refusal_of_table(error),
            MigratorError::Lock(error) => refusal_of_lock(error),
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Statement(failure) => Some(&failure.error),
                RunFailure::VersionTable(error) => refusal_of_table(error),
                RunFailure::Lock(error) => refusal_of_lock(error),
                RunFailure::Transaction { error, .. } => Some(error),
                _ => None,
            },
            _ => None,
        }
    }

    /// What to do next, where the message does not say it already.
    pub fn hint(&self) -> Option<String> {
        if let Some(advice) = self.database_error().and_then(advice) {
            return Some(advice.to_owned());
        }
        match self {
            MigratorError::UnknownRow { .. } => Some(
                "the version table names it and no script does: add its script, or, if the database is really \
                 somewhere else, say where with 'stamp --purge'"
                    .to_owned(),
            ),
            MigratorError::NotUpToDate => Some(
                "apply what is pending with 'upgrade heads' first; what it does would be generated again".to_owned(),
            ),
            MigratorError::NoModel => Some(
                "write the CREATE statements of the schema you want into a file, such as schema.sql, and name it in the \
                 configuration: model = \"schema.sql\""
                    .to_owned(),
            ),
            MigratorError::NoHost => Some(
                "name a database of the same kind with --scratch-url; nothing stays in it. For SQLite, sqlite:// does"
                    .to_owned(),
            ),
            MigratorError::UnusedDecisions { .. } => Some(
                "a rename is written old:new or table.old:new, a value table.column=expression, with the names of the \
                 database and of the model"
                    .to_owned(),
            ),
            MigratorError::Connect { database, .. } if database.starts_with("sqlite") => {
                Some("check the path in the address".to_owned())
            }
            MigratorError::NotRunnable { .. } => {
                Some("run it with Alembic, or write the revision in SQL".to_owned())
            }
            MigratorError::Plan(error) if error.kind() == ErrorKind::Overlap => Some(
                "name only one of them; when the version table itself holds both, delete the row of the \
                 ancestor, or write the right rows with 'stamp --purge'"
                    .to_owned(),
            ),
            MigratorError::VersionTable(error) => table_hint(error),
            MigratorError::Connect { .. } => {
                Some("check the address, and that the server runs and lets this user in".to_owned())
            }
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Script {
                    error: ScriptError::Code(code),
                    ..
                } if code.hint.is_some() => code.hint.clone(),
                RunFailure::Statement(failure)
                    if failure.error.connection_lost && failure.in_transaction =>
                {
                    // What stayed of a step has its own advice.
                    error.aftermath.partial.is_none().then(|| {
                        "the database rolls back what was not committed; see why the connection broke, then run \
                         the command again"
                            .to_owned()
                    })
                }
                RunFailure::Statement(failure) if failure.error.connection_lost => Some(
                    "nobody told whether the statement took effect; look before you run it again"
                        .to_owned(),
                ),
                RunFailure::Lock(LockError::Held { .. }) => {
                    Some("how long to wait is lock.timeout in the configuration, in seconds".to_owned())
                }
                RunFailure::VersionTable(error) => table_hint(error),
                RunFailure::Transaction { action, error } if error.connection_lost => Some(format!(
                    "nobody told whether the {action} took effect; look with 'current' before you run it again"
                )),
                RunFailure::Transaction {
                    action: "commit", ..
                } => Some(
                    "something that is only checked at the end does not hold; correct the script and run the \
                     command again"
                        .to_owned(),
                ),
                RunFailure::Statement(_) if error.aftermath.partial.is_none() => {
                    Some("correct the script and run the command again".to_owned())
                }
                _ => None,
            },
            _ => None,
        }
    }
}

fn refusal_of_table(error: &VersionTableError) -> Option<&QueryError> {
    match error {
        VersionTableError::Database { error, .. } => Some(error),
        _ => None,
    }
}

fn refusal_of_lock(error: &LockError) -> Option<&QueryError> {
    match error {
        LockError::Database(error) => Some(error),
        _ => None,
    }
}

fn table_hint(error: &VersionTableError) -> Option<String> {
    match error {
        VersionTableError::Database { error, .. }
            if error.message.ends_with(".sqlite_master") =>
        {
            Some(
                "SQLite has no schemas but attached databases; leave version_table_schema out of the configuration"
                    .to_owned(),
            )
        }
        VersionTableError::Database { action, error, .. }
            if *action != "created" && !error.connection_lost =>
        {
            Some(
                "see that this is a version table, whose only column is version_num; \
                 another one is named with version_table in the configuration"
                    .to_owned(),
            )
        }
        _ => None,
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

/// The graph knows files only as the texts that [`Project`](super::Project) gave it: `path:line`, or `id (path:line)`.
fn graph_location(problem: &GraphProblem) -> Option<SourceLocation> {
    let described = match problem {
        GraphProblem::DuplicateId { places, .. } => places.last()?,
        GraphProblem::DuplicateLabel { revision, .. }
        | GraphProblem::MissingParent { revision, .. }
        | GraphProblem::MissingDependency { revision, .. }
        | GraphProblem::SelfLoop { revision }
        | GraphProblem::DependencySelfLoop { revision } => revision,
        GraphProblem::Cycle { revisions, .. } | GraphProblem::DependencyCycle { revisions, .. } => {
            revisions.first()?
        }
    };
    let place = match described.split_once(" (") {
        Some((_, place)) => place.strip_suffix(')')?,
        None => described,
    };
    let (path, line) = place.rsplit_once(':')?;
    Some(SourceLocation {
        path: PathBuf::from(path),
        line: line.parse().ok()?,
        column: 0,
    })
}

fn model_location(error: &NormaliseError) -> Option<SourceLocation> {
    match error {
        NormaliseError::Statement { location, .. } | NormaliseError::Misplaced { location, .. } => {
            location.clone()
        }
        NormaliseError::Model(ModelError::Split { path, position, .. }) => {
            place(path, Some(*position))
        }
        NormaliseError::Model(ModelError::Snapshot {
            path, line, column, ..
        }) => Some(SourceLocation {
            path: path.clone(),
            line: u32::try_from(*line).unwrap_or(u32::MAX),
            column: u32::try_from(*column).unwrap_or(u32::MAX),
        }),
        _ => None,
    }
}

fn script_location(error: &ScriptError) -> Option<SourceLocation> {
    match error {
        ScriptError::Sql(error) => place(&error.path, error.position),
        ScriptError::Code(error) => error.location.clone(),
        _ => None,
    }
}

fn place(path: &Path, position: Option<Position>) -> Option<SourceLocation> {
    position.map(|position| SourceLocation {
        path: path.to_owned(),
        line: position.line,
        column: position.column,
    })
}

//! What to do next.

use super::MigratorError;
use crate::{
    dialect::QueryError,
    migrate::{LockError, RunFailure, VersionTableError},
    migrator::advice::advice,
    revision::ErrorKind,
    script::ScriptError,
};

impl MigratorError {
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

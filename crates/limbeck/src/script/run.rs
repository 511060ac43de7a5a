//! What every script can do, whatever language it is written in, and what it is given to do it with.

use std::{error::Error, fmt, path::PathBuf};

use crate::{
    dialect::{BoxFuture, DialectName, Query, ServerVersion, Statement, StatementResult},
    operation::{Operation, SourceLocation},
    schema::Value,
};

use super::{CodeError, Header, sql::SqlScriptError};

/// Towards the head or towards the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Towards the head.
    Upgrade,
    /// Towards the base.
    Downgrade,
}

impl fmt::Display for Direction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Direction::Upgrade => "upgrade",
            Direction::Downgrade => "downgrade",
        })
    }
}

/// Who ran a script, when it was not this program, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RanBy {
    /// The program.
    pub program: PathBuf,
    /// What the script needs that only that program has.
    pub needs: Vec<String>,
}

/// A revision's script.
pub trait Script: Send + Sync {
    /// What is known without running it.
    fn header(&self) -> &Header;

    /// Finds what is wrong with one direction without running it: a section that is missing, a string that does not end, a
    /// downgrade declared impossible. A run asks every script before its first statement, so that it does not stop half way for
    /// what could be known before. What only running tells is not looked for.
    ///
    /// # Errors
    /// The [`ScriptError`] that running it would end with.
    fn check(
        &self,
        direction: Direction,
        dialect: DialectName,
    ) -> BoxFuture<'_, Result<(), ScriptError>> {
        let _ = (direction, dialect);
        Box::pin(std::future::ready(Ok(())))
    }

    /// Whether the script is a list of operations, so that running it on an offline context changes nothing anywhere. Such a
    /// script is run to look at what it will do; code, which may look at the database or write files, never is.
    fn is_list(&self) -> bool {
        true
    }

    /// Whether one direction of code may change a table beyond what SQLite's own ALTER TABLE does. Not asked of a list of
    /// operations, which tells itself.
    fn may_rebuild_tables(&self, direction: Direction) -> bool {
        let _ = direction;
        true
    }

    /// Runs one direction: everything it wants done goes to `context`, in order.
    ///
    /// # Errors
    /// [`ScriptError`] when the script is wrong, or when `context` refused something.
    fn run<'a>(
        &'a self,
        direction: Direction,
        context: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), ScriptError>>;

    /// Who ran the script the last time; `None` when it was this program. Asked after [`run`](Script::run).
    fn ran_by(&self) -> Option<RanBy> {
        None
    }
}

/// What a script runs on: a session with a database, or the writer of an offline script.
pub trait ScriptContext: Send {
    /// The database's dialect, as its server says when there is one.
    fn dialect(&self) -> DialectName;

    /// Whether statements are written down instead of run, so that nothing can be asked.
    fn is_offline(&self) -> bool;

    /// Does one operation, or writes it down. `location` is where the script asks for it.
    ///
    /// # Errors
    /// [`ContextError`] with whatever the session reports.
    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>>;

    /// Runs one statement now and gives back what the database answers.
    ///
    /// # Errors
    /// [`ContextError`] with whatever the session reports; always when nothing can be asked.
    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>>;

    /// Runs one statement once for each row of parameters, in order, up to the first that fails, and gives the answers as one.
    ///
    /// # Errors
    /// [`RowError`]: which row, and whatever the session reports.
    fn execute_many(
        &mut self,
        statement: Statement,
        rows: Vec<Vec<Value>>,
    ) -> BoxFuture<'_, Result<StatementResult, RowError>> {
        Box::pin(async move {
            let mut all = StatementResult::default();
            for (row, values) in rows.into_iter().enumerate() {
                let one = self.execute(statement.clone().with_parameters(values));
                let one = one.await.map_err(|error| RowError { row, error })?;
                all.rows.extend(one.rows);
                all.rows_changed += one.rows_changed;
                all.columns = one.columns;
                all.last_insert_id = one.last_insert_id;
            }
            Ok(all)
        })
    }

    /// Does what was put off so far, for a script that must know whether it succeeded before it goes on.
    ///
    /// # Errors
    /// [`ContextError`] with whatever the session reports.
    fn settle(&mut self) -> BoxFuture<'_, Result<(), ContextError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// The database that is worked on; only its dialect is known when nothing can be asked.
    fn database(&self) -> ConnectedDatabase {
        ConnectedDatabase {
            dialect: self.dialect(),
            version: None,
            name: None,
            default_schema: None,
        }
    }

    /// The way to look at the database in place; `None` when nothing can be asked.
    fn as_query(&mut self) -> Option<&mut dyn Query> {
        None
    }
}

/// The row of parameters with which a statement failed; those before it are done.
#[derive(Debug)]
pub struct RowError {
    /// Its place among the rows, counted from 0.
    pub row: usize,
    /// Why.
    pub error: ContextError,
}

/// The database behind a context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectedDatabase {
    /// The dialect that its server speaks.
    pub dialect: DialectName,
    /// The server's version.
    pub version: Option<ServerVersion>,
    /// Its name; `None` where a server has no level above the schema.
    pub name: Option<String>,
    /// The schema that unqualified names mean.
    pub default_schema: Option<String>,
}

/// A failure of the context, passed through a script untouched, to be taken out again by whoever made the context.
#[derive(Debug)]
pub struct ContextError(Box<dyn Error + Send + Sync>);

impl ContextError {
    /// Wraps the context's own error.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        ContextError(error.into())
    }

    /// The context's own error, when it is an `E`.
    pub fn downcast_ref<E: Error + 'static>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }

    /// The context's own error.
    pub fn into_inner(self) -> Box<dyn Error + Send + Sync> {
        self.0
    }
}

impl fmt::Display for ContextError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for ContextError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// Why a script did not run to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// The script cannot be read, or has nothing for what was asked.
    #[error(transparent)]
    Sql(#[from] SqlScriptError),
    /// A statement failed.
    #[error(transparent)]
    Context(#[from] ContextError),
    /// The script's own code failed.
    #[error(transparent)]
    Code(Box<CodeError>),
}

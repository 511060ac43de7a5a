//! What every script can do, whatever language it is written in, and what it is given to do it with.

use std::{error::Error, fmt};

use crate::{
    dialect::{BoxFuture, DialectName},
    operation::{Operation, SourceLocation},
};

use super::{Header, sql::SqlScriptError};

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
    fn check(&self, direction: Direction, dialect: DialectName) -> Result<(), ScriptError> {
        let _ = (direction, dialect);
        Ok(())
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
}

/// A failure of the context, passed through a script untouched, to be taken out again by whoever made the context.
#[derive(Debug)]
pub struct ContextError(Box<dyn Error + Send + Sync>);

impl ContextError {
    /// Wraps the context's own error.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        ContextError(error.into())
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
}

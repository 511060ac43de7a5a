//! How a dialect reads the database it works on.
//!
//! A dialect needs the catalogue (a rebuild copies what `sqlite_schema` says, a lock asks who holds it) but must not own
//! a connection: every statement goes through the session, which passes itself in as a [`Query`].

use std::{future::Future, pin::Pin};

use super::Statement;
use crate::schema::Value;

/// A future that may borrow from its maker, as traits used behind `dyn` need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One row, with its values in the order of the select list.
pub type Row = Vec<Value>;

/// Everything that a statement answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatementResult {
    /// The columns; `None` for a statement that gives no rows. One that gives rows may well give none.
    pub columns: Option<Vec<ResultColumn>>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows inserted, updated or deleted, as the database counts them.
    pub rows_changed: u64,
    /// The last value that the database numbered a row with; SQLite and MySQL only.
    pub last_insert_id: Option<i64>,
}

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultColumn {
    /// Its name, as the database gives it.
    pub name: String,
    /// The driver's name for its type; tells apart what a [`Value`] has in common, such as the text of an interval.
    pub type_name: String,
}

/// Why the database refused a statement.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The database's own words.
    pub message: String,
    /// SQLSTATE, MySQL error number or SQLite extended code, as text.
    pub code: Option<String>,
    /// Character offset in the statement, counted from 1, where the database tells it (PostgreSQL).
    pub position: Option<usize>,
    /// Whether the connection is gone, so that nothing is known about the statement's outcome.
    pub connection_lost: bool,
}

/// The statement of several that the database refused; those before it ran, those after it did not.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{error}")]
pub struct RefusedAt {
    /// Its place among the statements, counted from 0.
    pub index: usize,
    /// Why.
    pub error: QueryError,
}

/// Read and write access to one database connection.
pub trait Query: Send {
    /// Runs one statement and returns all its rows.
    ///
    /// # Errors
    /// [`QueryError`] with the database's own words.
    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Vec<Row>, QueryError>>;

    /// Runs one statement and keeps all that it answers; names of columns only where the connection tells them.
    ///
    /// # Errors
    /// [`QueryError`] with the database's own words.
    fn answer<'a>(
        &'a mut self,
        statement: &'a Statement,
    ) -> BoxFuture<'a, Result<StatementResult, QueryError>> {
        Box::pin(async move {
            Ok(StatementResult {
                rows: self.query(&statement.sql, &statement.parameters).await?,
                ..StatementResult::default()
            })
        })
    }

    /// Runs one statement and returns the number of rows it changed.
    ///
    /// # Errors
    /// [`QueryError`] with the database's own words.
    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<u64, QueryError>>;

    /// Runs statements in order and returns the rows of each, up to the first that is refused.
    ///
    /// For statements that do not depend on each other's answers: a connection may hand them over together, where that is what
    /// takes most of a small statement's time.
    ///
    /// # Errors
    /// [`RefusedAt`]: which statement, and the database's own words.
    fn query_each<'a>(
        &'a mut self,
        statements: &'a [String],
    ) -> BoxFuture<'a, Result<Vec<Vec<Row>>, RefusedAt>> {
        Box::pin(async move {
            let mut found = Vec::with_capacity(statements.len());
            for (index, sql) in statements.iter().enumerate() {
                let rows = self.query(sql, &[]).await;
                found.push(rows.map_err(|error| RefusedAt { index, error })?);
            }
            Ok(found)
        })
    }
}

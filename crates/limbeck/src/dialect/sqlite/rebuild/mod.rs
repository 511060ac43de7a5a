//! Changes one table in whatever way is right and cheapest: SQLite's own ALTER TABLE, an edit of the stored text, or a rebuild
//! that loses nothing. Must not know scripts, revisions or sessions: it is given a connection and changes.
//!
//! A run that begins and ends its own transaction calls [`apply`]. A run that holds many steps in one transaction calls
//! [`prepare`] before BEGIN, [`inside`] for each table, and [`finish`] after COMMIT or ROLLBACK.

mod batch;
pub(crate) mod catalogue;
mod constraint;
mod dependents;
pub(crate) mod draft;
mod duplicate;
mod error;
mod foreign_keys;
mod method;
mod run;
mod settings;
mod statements;
mod stored;
#[cfg(test)]
pub(crate) mod tests;
mod validate;
pub(crate) mod value;

use super::change::TableChange;
use crate::dialect::Query;

pub use error::RebuildError;
pub use foreign_keys::{Prepared, finish, prepare};
pub use run::inside;

/// How a table was or would be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Not at all: it is already so.
    Nothing,
    /// By SQLite's own ALTER TABLE.
    Native,
    /// By an edit of the stored text; no row is touched.
    InPlace,
    /// By a new table that takes the rows of the old one.
    Rebuild,
}

/// What was done to a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The costliest method that was needed.
    pub method: Method,
    /// The statements, in order.
    pub statements: Vec<String>,
    /// What happened beyond what was asked for, such as an index that went with its column.
    pub notes: Vec<String>,
}

/// Changes a table in a transaction of its own. No transaction may be open on the connection.
///
/// # Errors
/// [`RebuildError`]; the database is then as it was.
pub async fn apply(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    changes: &[TableChange],
) -> Result<Applied, RebuildError> {
    let prepared = prepare(query).await?;
    let result = transaction(query, schema, table, changes).await;
    let finished = finish(query, prepared).await;
    let applied = result?;
    finished?;
    Ok(applied)
}

async fn transaction(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    changes: &[TableChange],
) -> Result<Applied, RebuildError> {
    // IMMEDIATE: a change that has read the schema must not find at its first write that another connection changed it.
    catalogue::execute(query, table, "BEGIN IMMEDIATE").await?;
    let result = inside(query, schema, table, changes).await;
    let ended = match &result {
        Ok(_) => catalogue::execute(query, table, "COMMIT").await,
        Err(_) => Ok(()),
    };
    if result.is_err() || ended.is_err() {
        // An error that SQLite answers with a rollback of its own (full disk, I/O) has ended the transaction already.
        let _ = query.execute("ROLLBACK", &[]).await;
    }
    ended?;
    result
}

/// What [`inside`] would do now, without doing it. Statements that depend on an earlier rename are shown as they would be
/// for the table as it is.
///
/// # Errors
/// [`RebuildError`] for changes that do not fit the table. That rows fit the change is found out only when it runs.
pub async fn plan(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    changes: &[TableChange],
) -> Result<Applied, RebuildError> {
    run::plan(query, schema, table, changes).await
}

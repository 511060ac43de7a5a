//! One database connection, and the one place that sends statements to it.
//!
//! Everything the engine asks of a database, from a catalogue query to a migration's DDL, passes
//! [`Session::send`]. Must not know revisions, scripts or version tables.

mod connection;
mod decode;
mod failure;
mod lend;
pub(crate) mod literal;
mod open;
mod result;
mod send;
mod server;
mod transaction;

pub use open::{ConnectionOptions, LentConnection, SessionPool};
pub use server::{Server, SessionLocks};

pub(crate) use result::note;
pub(crate) use send::{Progress, SendError, commits_implicitly};
pub(crate) use server::language;

use connection::Connection;
use transaction::TransactionState;

use crate::dialect::{
    BoxFuture, DialectName, Query, QueryError, RefusedAt, Row, Statement, StatementResult,
};
use crate::schema::Value;

/// A connection to one database: opened by us, taken from a pool, or lent by the caller.
///
/// A connection that is inside a transaction when it is lent stays in it: nothing is begun, committed or rolled
/// back, and what a run did becomes permanent when the caller commits.
///
/// Dropping a session, or a future that uses it, rolls back what it had not committed.
pub struct Session<'c> {
    connection: Connection<'c>,
    /// How to open a second connection to the same database; `None` for a lent connection.
    options: Option<ConnectionOptions>,
    transaction: TransactionState,
    server: Server,
    sent: u64,
    /// The last statement that was sent with values.
    bound: String,
}

impl Session<'_> {
    /// The server behind this session.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The dialect that the server speaks.
    pub fn dialect(&self) -> DialectName {
        self.server.dialect
    }

    /// How many statements were sent so far.
    pub fn statements_sent(&self) -> u64 {
        self.sent
    }

    /// How this connection was opened, where we opened it.
    pub(crate) fn options(&self) -> Option<&ConnectionOptions> {
        self.options.as_ref()
    }

    /// Another connection to the same database, where the way to it is known.
    ///
    /// # Errors
    /// [`QueryError`] when the server does not let us in a second time.
    pub(crate) async fn sibling(&self) -> Result<Option<Session<'static>>, QueryError> {
        match &self.options {
            // A second connection to a file has nothing to add: the file is its own lock. In memory it would be
            // another database.
            None | Some(ConnectionOptions::Sqlite(_)) => Ok(None),
            Some(options) => Session::connect(options.clone()).await.map(Some),
        }
    }
}

impl Query for Session<'_> {
    fn answer<'a>(
        &'a mut self,
        statement: &'a Statement,
    ) -> BoxFuture<'a, Result<StatementResult, QueryError>> {
        Box::pin(self.run(statement))
    }

    fn query<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Vec<Row>, QueryError>> {
        Box::pin(async move {
            let statement = Statement::new(sql).with_parameters(parameters.to_vec());
            let mut rows = Vec::new();
            self.send(&[&statement], &mut |progress| {
                if let Progress::Row(row) = progress {
                    rows.push(row);
                }
            })
            .await?;
            Ok(rows)
        })
    }

    fn query_each<'a>(
        &'a mut self,
        statements: &'a [String],
    ) -> BoxFuture<'a, Result<Vec<Vec<Row>>, RefusedAt>> {
        Box::pin(async move {
            let statements: Vec<Statement> = statements.iter().map(Statement::new).collect();
            let mut found = vec![Vec::new(); statements.len()];
            let mut under_way = 0;
            self.send(
                &statements.iter().collect::<Vec<_>>(),
                &mut |progress| match progress {
                    Progress::Started { index } => under_way = index,
                    Progress::Row(row) => {
                        if let Some(rows) = found.get_mut(under_way) {
                            rows.push(row);
                        }
                    }
                    Progress::Columns(_) | Progress::Finished { .. } => {}
                },
            )
            .await?;
            Ok(found)
        })
    }

    fn execute<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<u64, QueryError>> {
        Box::pin(async move {
            let statement = Statement::new(sql).with_parameters(parameters.to_vec());
            let mut changed = 0;
            self.send(&[&statement], &mut |progress| {
                if let Progress::Finished { rows_changed, .. } = progress {
                    changed = rows_changed;
                }
            })
            .await?;
            Ok(changed)
        })
    }
}

#[cfg(test)]
mod tests;

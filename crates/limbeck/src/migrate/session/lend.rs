//! A session for a run on a connection that somebody else has opened and goes on using: an environment that has its own
//! statements before and after.

use super::{
    Session,
    connection::{Connection, Handle},
    server,
    transaction::TransactionState,
};
use crate::dialect::{DialectName, QueryError};

impl Session<'_> {
    /// The same connection as a session of its own. `in_transaction` says that its owner has begun a transaction, which then
    /// stays the owner's to end, whichever way it was begun.
    ///
    /// What the server answers about itself is asked again when statements were sent before: they may have changed the
    /// default schema.
    ///
    /// # Errors
    /// [`QueryError`] when the connection does not answer.
    pub async fn lend(&mut self, in_transaction: bool) -> Result<Session<'_>, QueryError> {
        let transaction = if in_transaction || self.in_transaction() {
            TransactionState::Caller
        } else {
            TransactionState::None
        };
        let known = self.server.clone();
        let options = self.options.clone();
        let stale = self.sent > 1 && self.dialect() != DialectName::Sqlite;
        let connection = match &mut self.connection {
            Connection::Sqlite(handle) => Connection::Sqlite(Handle::Borrowed(&mut **handle)),
            Connection::Postgres(handle) => Connection::Postgres(Handle::Borrowed(&mut **handle)),
            Connection::Mysql(handle) => Connection::Mysql(Handle::Borrowed(&mut **handle)),
        };
        let mut lent = Session {
            connection,
            options,
            transaction,
            server: known,
            sent: 0,
            bound: String::new(),
        };
        if stale {
            lent.server = match lent.dialect() {
                DialectName::Postgresql => server::postgres(&mut lent).await?,
                _ => server::mysql(&mut lent).await?,
            };
        }
        Ok(lent)
    }
}

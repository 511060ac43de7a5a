//! Transactions of a session, by what the database can do with them.

use futures_util::FutureExt;

use super::{Session, connection::Connection, failure::query_error};
use crate::dialect::{DialectName, QueryError, sqlite};

/// Which transaction a session is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TransactionState {
    /// None: each statement commits by itself.
    None,
    /// One that we began.
    Own,
    /// One that we began and that a statement of MySQL or MariaDB committed on its way; the next statement that
    /// can share a transaction begins a new one.
    CommittedImplicitly,
    /// One of the caller's, which only the caller ends.
    Caller,
}

impl Session<'_> {
    /// Whether the caller's transaction is open, so that nothing may be begun or committed here.
    pub fn in_callers_transaction(&self) -> bool {
        self.transaction == TransactionState::Caller
    }

    /// Whether a transaction is open.
    pub(crate) fn in_transaction(&self) -> bool {
        self.transaction != TransactionState::None
    }

    /// Begins a transaction; does nothing inside the caller's.
    ///
    /// On SQLite the write lock is taken at once (`BEGIN IMMEDIATE`): a transaction that reads first and wants to
    /// write later would be refused without waiting when somebody else wrote in between.
    ///
    /// # Errors
    /// [`QueryError`]; on SQLite also when another connection holds the write lock past the busy timeout.
    pub(crate) async fn begin(&mut self) -> Result<(), QueryError> {
        if self.in_callers_transaction() {
            return Ok(());
        }
        let statement = match self.connection {
            Connection::Sqlite(_) => "BEGIN IMMEDIATE",
            Connection::Postgres(_) | Connection::Mysql(_) => "BEGIN",
        };
        self.sent += 1;
        self.connection
            .begin(statement)
            .await
            .map_err(query_error)?;
        self.transaction = TransactionState::Own;
        Ok(())
    }

    /// Commits what [`Session::begin`] began; does nothing without a transaction of our own.
    ///
    /// # Errors
    /// [`QueryError`]; the transaction is then rolled back, as far as the connection still answers. Only when SQLite
    /// has to wait for readers is it left open, to be committed later.
    pub(crate) async fn commit(&mut self) -> Result<(), QueryError> {
        if matches!(
            self.transaction,
            TransactionState::None | TransactionState::Caller
        ) {
            return Ok(());
        }
        self.sent += 1;
        match self.connection.commit().await {
            Ok(()) => {
                self.transaction = TransactionState::None;
                Ok(())
            }
            Err(error) => {
                let error = query_error(error);
                if self.dialect() == DialectName::Sqlite && sqlite::lock::is_busy(&error) {
                    return Err(error);
                }
                // What the rollback says adds nothing to why the commit was refused.
                let _ = self.rollback().await;
                Err(error)
            }
        }
    }

    /// Rolls back what [`Session::begin`] began; does nothing without a transaction of our own.
    ///
    /// # Errors
    /// [`QueryError`] when the connection is gone; the server then rolls back by itself.
    pub(crate) async fn rollback(&mut self) -> Result<(), QueryError> {
        if matches!(
            self.transaction,
            TransactionState::None | TransactionState::Caller
        ) {
            return Ok(());
        }
        self.sent += 1;
        if let Err(error) = self.connection.rollback().await {
            // SQLite ends a transaction by itself on some errors (a full disk, `ON CONFLICT ROLLBACK`). The driver
            // goes on counting it; an empty transaction puts its count right.
            if self.dialect() != DialectName::Sqlite {
                self.transaction = TransactionState::None;
                return Err(query_error(error));
            }
            self.send_text("BEGIN").await?;
            self.connection.rollback().await.map_err(query_error)?;
        }
        self.transaction = TransactionState::None;
        Ok(())
    }

    /// Begins anew what a statement committed on its way, before one that could share a transaction.
    pub(super) async fn resume_transaction(&mut self) -> Result<(), QueryError> {
        if self.transaction == TransactionState::CommittedImplicitly {
            // The driver still counts the transaction that the server ended.
            self.send_text("BEGIN").await?;
            self.transaction = TransactionState::Own;
        }
        Ok(())
    }

    /// Notes that a statement is about to end the transaction on MySQL and MariaDB.
    pub(super) fn note_implicit_commit(&mut self) {
        if self.transaction == TransactionState::Own {
            self.transaction = TransactionState::CommittedImplicitly;
        }
    }
}

impl Session<'_> {
    /// Rolls back what [`Session::begin`] began without waiting for an answer, for a run that is dropped half way. SQLite
    /// does it at once, a server when the connection is used next or ends.
    pub(crate) fn abandon(&mut self) {
        if !matches!(
            self.transaction,
            TransactionState::None | TransactionState::Caller
        ) {
            self.connection.start_rollback();
            self.transaction = TransactionState::None;
        }
    }

    /// Sends SQLite a statement whose answer nobody can wait for. Its driver hands it to the connection's thread at the
    /// first poll, behind what was handed over before.
    pub(crate) fn send_unheard(&mut self, sql: &str) {
        if let Some(Err(error)) = self.send_text(sql).now_or_never() {
            tracing::warn!(%error, sql, "a setting of the connection was not put back");
        }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        self.abandon();
    }
}

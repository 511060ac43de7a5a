//! One connection of one of the three drivers, however it came to us. Must not know migrations.

use std::ops::{Deref, DerefMut};

use sqlx::{MySql, Postgres, Sqlite, pool::PoolConnection};
use sqlx_core::{database::Database, transaction::TransactionManager};

/// Who owns a connection decides what happens to it when the session ends.
pub(super) enum Handle<'c, D: Database> {
    /// Opened by the session and closed with it. Boxed: a MySQL connection is large.
    Owned(Box<D::Connection>),
    /// Taken from a pool and given back.
    Pooled(PoolConnection<D>),
    /// Lent by the caller.
    Borrowed(&'c mut D::Connection),
}

impl<D: Database> Deref for Handle<'_, D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        match self {
            Handle::Owned(connection) => connection,
            Handle::Pooled(connection) => connection,
            Handle::Borrowed(connection) => connection,
        }
    }
}

impl<D: Database> DerefMut for Handle<'_, D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        match self {
            Handle::Owned(connection) => connection,
            Handle::Pooled(connection) => connection,
            Handle::Borrowed(connection) => connection,
        }
    }
}

/// The drivers.
pub(super) enum Connection<'c> {
    Sqlite(Handle<'c, Sqlite>),
    Postgres(Handle<'c, Postgres>),
    Mysql(Handle<'c, MySql>),
}

/// Runs one body for whichever driver the connection has; inside it `$handle` is the driver's own connection
/// and `$database` names the driver.
macro_rules! each_driver {
    ($connection:expr, $database:ident, $handle:ident => $body:expr) => {
        match $connection {
            Connection::Sqlite($handle) => {
                type $database = sqlx::Sqlite;
                $body
            }
            Connection::Postgres($handle) => {
                type $database = sqlx::Postgres;
                $body
            }
            Connection::Mysql($handle) => {
                type $database = sqlx::MySql;
                $body
            }
        }
    };
}

type Manager<D> = <D as Database>::TransactionManager;

/// Transactions go through the driver's own book-keeping: it rolls back a transaction whose future was dropped,
/// also on a connection that is only lent.
impl Connection<'_> {
    pub(super) fn transaction_depth(&self) -> usize {
        each_driver!(self, Driver, handle => Manager::<Driver>::get_transaction_depth(handle))
    }

    pub(super) async fn begin(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        let statement = sqlx::SqlSafeStr::into_sql_str(statement);
        each_driver!(self, Driver, handle => Manager::<Driver>::begin(handle, Some(statement)).await)
    }

    pub(super) async fn commit(&mut self) -> Result<(), sqlx::Error> {
        each_driver!(self, Driver, handle => Manager::<Driver>::commit(handle).await)
    }

    pub(super) async fn rollback(&mut self) -> Result<(), sqlx::Error> {
        each_driver!(self, Driver, handle => Manager::<Driver>::rollback(handle).await)
    }

    pub(super) fn start_rollback(&mut self) {
        each_driver!(self, Driver, handle => Manager::<Driver>::start_rollback(handle))
    }
}

//! The ways to a session: an address, a pool, or a connection of the caller's.

use std::{fmt, path::Path};

use sqlx::{
    ConnectOptions, MySqlConnection, MySqlPool, PgConnection, PgPool, SqliteConnection, SqlitePool,
    mysql::MySqlConnectOptions, postgres::PgConnectOptions, sqlite::SqliteConnectOptions,
};

use super::{
    Session,
    connection::{Connection, Handle},
    failure::{connect_error, query_error},
    server::{self, Server, SessionLocks},
    transaction::TransactionState,
};
use crate::dialect::{DialectName, QueryError, ServerVersion};

/// How to reach a database, in the words of its driver.
#[derive(Clone)]
pub enum ConnectionOptions {
    /// A SQLite file, or a database in memory.
    Sqlite(Box<SqliteConnectOptions>),
    /// A PostgreSQL server.
    Postgres(Box<PgConnectOptions>),
    /// A MySQL or MariaDB server.
    Mysql(Box<MySqlConnectOptions>),
}

/// Names the database only: the drivers' own `Debug` shows the password.
impl fmt::Debug for ConnectionOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("ConnectionOptions");
        match self {
            ConnectionOptions::Sqlite(sqlite) => shown.field("file", &sqlite.get_filename()),
            ConnectionOptions::Postgres(postgres) => shown
                .field("host", &postgres.get_host())
                .field("port", &postgres.get_port())
                .field("user", &postgres.get_username())
                .field("database", &postgres.get_database()),
            ConnectionOptions::Mysql(mysql) => shown
                .field("host", &mysql.get_host())
                .field("port", &mysql.get_port())
                .field("user", &mysql.get_username())
                .field("database", &mysql.get_database()),
        };
        shown.finish_non_exhaustive()
    }
}

/// A pool of one of the drivers; made with `From` from any of them.
#[derive(Clone, Debug)]
pub enum SessionPool {
    /// SQLite.
    Sqlite(SqlitePool),
    /// PostgreSQL.
    Postgres(PgPool),
    /// MySQL or MariaDB.
    Mysql(MySqlPool),
}

/// A connection that the caller lends; made with `From` from `&mut` of any driver's connection.
#[derive(Debug)]
pub enum LentConnection<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
    /// MySQL or MariaDB.
    Mysql(&'c mut MySqlConnection),
}

macro_rules! from_driver {
    ($($variant:ident: $pool:ty, $connection:ty;)*) => {$(
        impl From<$pool> for SessionPool {
            fn from(pool: $pool) -> Self {
                SessionPool::$variant(pool)
            }
        }

        impl From<&$pool> for SessionPool {
            fn from(pool: &$pool) -> Self {
                SessionPool::$variant(pool.clone())
            }
        }

        impl<'c> From<&'c mut $connection> for LentConnection<'c> {
            fn from(connection: &'c mut $connection) -> Self {
                LentConnection::$variant(connection)
            }
        }
    )*};
}

from_driver! {
    Sqlite: SqlitePool, SqliteConnection;
    Postgres: PgPool, PgConnection;
    Mysql: MySqlPool, MySqlConnection;
}

impl From<SqliteConnectOptions> for ConnectionOptions {
    fn from(options: SqliteConnectOptions) -> Self {
        ConnectionOptions::Sqlite(Box::new(options))
    }
}

impl From<PgConnectOptions> for ConnectionOptions {
    fn from(options: PgConnectOptions) -> Self {
        ConnectionOptions::Postgres(Box::new(options))
    }
}

impl From<MySqlConnectOptions> for ConnectionOptions {
    fn from(options: MySqlConnectOptions) -> Self {
        ConnectionOptions::Mysql(Box::new(options))
    }
}

impl Session<'static> {
    /// Opens a connection.
    ///
    /// # Errors
    /// [`QueryError`] with the server's words; for a SQLite file that cannot be opened, what is wrong with its path.
    pub async fn connect(options: impl Into<ConnectionOptions>) -> Result<Self, QueryError> {
        let options = options.into();
        let connection = match &options {
            // The driver's own log lines repeat every statement that our spans already carry.
            ConnectionOptions::Sqlite(sqlite) => {
                let opened = sqlite
                    .as_ref()
                    .clone()
                    .disable_statement_logging()
                    .connect()
                    .await;
                let opened = opened.map_err(|error| {
                    explain_sqlite_file(sqlite.get_filename(), query_error(error))
                })?;
                Connection::Sqlite(Handle::Owned(Box::new(opened)))
            }
            ConnectionOptions::Postgres(postgres) => {
                let opened = postgres
                    .as_ref()
                    .clone()
                    .disable_statement_logging()
                    .connect()
                    .await;
                Connection::Postgres(Handle::Owned(Box::new(opened.map_err(connect_error)?)))
            }
            ConnectionOptions::Mysql(mysql) => {
                let opened = mysql
                    .as_ref()
                    .clone()
                    .disable_statement_logging()
                    .connect()
                    .await;
                Connection::Mysql(Handle::Owned(Box::new(opened.map_err(connect_error)?)))
            }
        };
        Session::begin_on(connection, Some(options)).await
    }

    /// Takes a connection from a pool; dropping the session gives it back.
    ///
    /// # Errors
    /// [`QueryError`] when the pool has none to give.
    pub async fn from_pool(pool: impl Into<SessionPool>) -> Result<Self, QueryError> {
        let (connection, options) = match pool.into() {
            SessionPool::Sqlite(pool) => (
                pool.acquire()
                    .await
                    .map(|taken| Connection::Sqlite(Handle::Pooled(taken))),
                pool.connect_options().as_ref().clone().into(),
            ),
            SessionPool::Postgres(pool) => (
                pool.acquire()
                    .await
                    .map(|taken| Connection::Postgres(Handle::Pooled(taken))),
                pool.connect_options().as_ref().clone().into(),
            ),
            SessionPool::Mysql(pool) => (
                pool.acquire()
                    .await
                    .map(|taken| Connection::Mysql(Handle::Pooled(taken))),
                pool.connect_options().as_ref().clone().into(),
            ),
        };
        Session::begin_on(connection.map_err(query_error)?, Some(options)).await
    }
}

impl<'c> Session<'c> {
    /// Works on a connection of the caller's, inside its transaction when one is open.
    ///
    /// The driver must know of that transaction: begin it with `sqlx`, not with a `BEGIN` of your own.
    ///
    /// # Errors
    /// [`QueryError`] when the connection does not answer.
    pub async fn borrow(
        connection: impl Into<LentConnection<'c>>,
    ) -> Result<Session<'c>, QueryError> {
        let connection = match connection.into() {
            LentConnection::Sqlite(lent) => Connection::Sqlite(Handle::Borrowed(lent)),
            LentConnection::Postgres(lent) => Connection::Postgres(Handle::Borrowed(lent)),
            LentConnection::Mysql(lent) => Connection::Mysql(Handle::Borrowed(lent)),
        };
        Session::begin_on(connection, None).await
    }

    async fn begin_on(
        connection: Connection<'c>,
        options: Option<ConnectionOptions>,
    ) -> Result<Session<'c>, QueryError> {
        let dialect = match connection {
            Connection::Sqlite(_) => DialectName::Sqlite,
            Connection::Postgres(_) => DialectName::Postgresql,
            Connection::Mysql(_) => DialectName::Mysql,
        };
        let mut session = Session {
            connection,
            options,
            transaction: TransactionState::None,
            server: Server {
                dialect,
                version: ServerVersion::new(0, 0, 0),
                description: String::new(),
                session_locks: SessionLocks::Held,
                database: String::new(),
                default_schema: String::new(),
            },
            sent: 0,
            bound: String::new(),
        };
        session.server = match dialect {
            DialectName::Sqlite => {
                let asked = server::sqlite(&mut session).await;
                asked.map_err(|error| match &session.options {
                    Some(ConnectionOptions::Sqlite(options)) => {
                        explain_sqlite_file(options.get_filename(), error)
                    }
                    _ => error,
                })?
            }
            DialectName::Postgresql => server::postgres(&mut session).await?,
            _ => server::mysql(&mut session).await?,
        };
        // Only now: SQLite's driver may just have been rolling back what somebody else had dropped.
        if session.connection.transaction_depth() > 0 {
            session.transaction = TransactionState::Caller;
        }
        Ok(session)
    }
}

/// SQLite only says "unable to open database file"; the path says why.
fn explain_sqlite_file(path: &Path, error: QueryError) -> QueryError {
    /// `SQLITE_CANTOPEN`; its extended codes have it in the low byte.
    const CANNOT_OPEN: u32 = 14;
    let code: Option<u32> = error.code.as_deref().and_then(|code| code.parse().ok());
    if code.is_none_or(|code| code & 0xff != CANNOT_OPEN) {
        return error;
    }
    let shown = path.display();
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let reason = if path.is_dir() {
        format!("'{shown}' is a directory")
    } else if let Some(missing) = parent.filter(|parent| !parent.exists()) {
        format!(
            "the directory '{}' does not exist; create it first",
            missing.display()
        )
    } else if path.exists() {
        format!("'{shown}' exists but may not be opened; check its permissions")
    } else {
        format!(
            "'{shown}' does not exist and was not created; check the path, the permissions of its directory, \
             and that the address does not say mode=ro or mode=rw"
        )
    };
    QueryError {
        message: format!("{}: {reason}", error.message),
        ..error
    }
}

//! One run at a time on one history.
//!
//! A lock is asked for again and again and never waited for inside the database: a blocked request would be one
//! more transaction that `CREATE INDEX CONCURRENTLY` waits for, and the two would wait for each other. It is held on
//! a connection of its own with no transaction open, waiting ends after a time, and who holds it is named.
//! Before every step the lock is shown to be still ours. The version rows are checked besides, so that two runs
//! which no lock keeps apart stop instead of doing a step twice.
//!
//! | database | lock |
//! |---|---|
//! | SQLite | the file itself: `BEGIN IMMEDIATE` |
//! | PostgreSQL | `pg_try_advisory_lock` |
//! | MySQL, MariaDB | `GET_LOCK` |
//! | Galera, PgBouncer in transaction mode, CockroachDB, YugabyteDB | a lease row |
//! | inside a caller's transaction on PostgreSQL | `pg_try_advisory_xact_lock`: held until the caller commits |
//!
//! On a connection that was lent the lock is held on that connection: there is no way to another one. When the run's
//! future is dropped, its transaction is rolled back, but the lock stays with the connection until that ends or runs
//! the next migration.

mod file_holder;
mod file_waiting;
mod key;
mod lease;
mod patience;
mod probe;

pub(crate) use file_waiting::{
    begin_waiting, commit_waiting, restore_busy_timeout, shorten_busy_timeout,
};

use std::{sync::Arc, time::Duration};

use tokio::sync::Mutex;

use crate::{
    dialect::{DialectName, Query, QueryError, Row, mysql, postgres},
    migrate::{
        session::{Session, SessionLocks},
        version_table::VersionTable,
    },
    schema::Value,
};
use key::lock_key;
use lease::{Attempt, Claim, Lease};
use patience::Patience;

/// How a run keeps others out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockOptions {
    /// Whether a lock is taken at all. Without one the version rows are still checked at every step.
    pub enabled: bool,
    /// How long to wait for another run to end.
    pub wait: Duration,
    /// How long a lease lasts without being renewed; a run that died blocks others for this long.
    pub lease: Duration,
    /// Whether the lease table stays after the run (MySQL and MariaDB; on PostgreSQL it has a schema of its own).
    pub keep_lease_table: bool,
    /// The name of this machine in the lease, for whoever has to wait.
    pub host: String,
}

impl Default for LockOptions {
    /// On, waiting up to a minute, leases of half a minute.
    fn default() -> Self {
        LockOptions {
            enabled: true,
            wait: Duration::from_secs(60),
            lease: Duration::from_secs(30),
            keep_lease_table: false,
            host: "unknown".to_owned(),
        }
    }
}

/// Why a run may not begin, or not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// Another run did not end in time.
    #[error(
        "another run holds the lock on this database: {}; gave up after {} s. \
         Wait for it to end, or allow more time for waiting",
        holder.as_deref().unwrap_or("the database does not tell who"),
        waited.as_secs_f32().round()
    )]
    Held {
        /// Who, in words.
        holder: Option<String>,
        /// How long we waited.
        waited: Duration,
    },
    /// The lock was ours and is not any more.
    #[error(
        "this run no longer holds the lock on the database: {reason}; it stops before the next step. \
         What it had not committed is rolled back; run the command again"
    )]
    Lost {
        /// How that is known.
        reason: String,
    },
    /// No lock can be had.
    #[error("no lock can be taken on this database: {reason}")]
    Unsupported {
        /// Why, and what to do.
        reason: String,
    },
    /// The database refused to answer.
    #[error("the lock on the database could not be taken: {0}")]
    Database(#[from] QueryError),
}

/// A lock that is held until it is released or its connection ends.
pub(crate) struct RunLock {
    key: u64,
    held: Held,
    /// The server process that was seen to hold it (PostgreSQL).
    backend: Option<i64>,
}

enum Held {
    /// Nothing: switched off, or the transaction on the file is the lock.
    Nothing,
    /// Until the caller's transaction ends.
    CallersTransaction,
    /// On the connection that migrates.
    OnMain,
    /// On a connection of its own.
    Own(Box<Session<'static>>),
    /// A row; behind a mutex because it is renewed while statements run.
    Lease(Arc<Mutex<Lease>>),
}

/// Takes note of a wait: who holds the lock, and for how long we have waited.
pub(crate) type OnWait<'a> = &'a mut (dyn FnMut(Option<&str>, Duration) + Send);

impl RunLock {
    /// Waits for the lock, at most as long as the options allow.
    pub(crate) async fn acquire(
        main: &mut Session<'_>,
        table: &VersionTable,
        options: &LockOptions,
        on_wait: OnWait<'_>,
    ) -> Result<RunLock, LockError> {
        let key = history_key(main, table);
        let nothing = RunLock {
            key,
            held: Held::Nothing,
            backend: None,
        };
        if !options.enabled || main.dialect() == DialectName::Sqlite {
            return Ok(nothing);
        }
        let mut patience = Patience::new(options.wait);
        if main.in_callers_transaction() && main.dialect() == DialectName::Postgresql {
            let sql = postgres::lock::try_lock_in_transaction(key);
            poll(main, &sql, key, &mut patience, on_wait).await?;
            return Ok(RunLock {
                key,
                held: Held::CallersTransaction,
                backend: None,
            });
        }
        let sibling = main.sibling().await?;
        let unreliable = match main.server().session_locks {
            SessionLocks::Unreliable(reason) => Some(reason),
            _ => probe::changes_backend(main).await?,
        };
        let Some(mut own) = sibling else {
            if let Some(reason) = unreliable {
                return Err(LockError::Unsupported {
                    reason: format!(
                        "{reason}, and a lent connection leaves no way to a second one for a lease. \
                         Hand over a pool or an address instead of a connection"
                    ),
                });
            }
            // A run that was dropped could not give back what it held on this connection. Both servers count, so
            // taking it once more would leave it held after our own release.
            if !is_true(&main.query(&is_held(main.dialect(), key), &[]).await?) {
                let sql = try_lock(main.dialect(), key);
                poll(main, &sql, key, &mut patience, on_wait).await?;
            }
            return Ok(RunLock {
                key,
                held: Held::OnMain,
                backend: None,
            });
        };
        let unreliable = match unreliable {
            None => probe::shared_backend(main, &mut own).await?,
            found => found,
        };
        if unreliable.is_none() {
            let sql = try_lock(own.dialect(), key);
            poll(&mut own, &sql, key, &mut patience, on_wait).await?;
            return Ok(RunLock {
                key,
                held: Held::Own(Box::new(own)),
                backend: None,
            });
        }
        let claim = Claim {
            key,
            host: options.host.clone(),
            lasts: options.lease,
            keep_table: options.keep_lease_table,
        };
        loop {
            match Lease::attempt(own, &claim).await? {
                Attempt::Granted(lease) => {
                    return Ok(RunLock {
                        key,
                        held: Held::Lease(Arc::new(Mutex::new(lease))),
                        backend: None,
                    });
                }
                Attempt::Refused(connection, holder) => {
                    own = connection;
                    patience.pause(holder, on_wait).await?;
                }
            }
        }
    }

    /// Shows that the lock is still ours.
    pub(crate) async fn prove(&mut self, main: &mut Session<'_>) -> Result<(), LockError> {
        let dialect = main.dialect();
        let holder: &mut dyn Query = match &mut self.held {
            Held::Nothing | Held::CallersTransaction => return Ok(()),
            Held::Lease(lease) => return lease.lock().await.renew().await,
            Held::OnMain => main,
            Held::Own(own) => own.as_mut(),
        };
        // The whole list of locks grows with every table that the transaction creates, so it is looked through once: a session's
        // lock ends only with the session, and the session is there as long as the same process answers.
        let question = match self.backend {
            Some(backend) => postgres::lock::is_backend(backend),
            None => is_held(dialect, self.key),
        };
        match holder.query(&question, &[]).await {
            Ok(rows) if is_true(&rows) => {
                if dialect == DialectName::Postgresql && self.backend.is_none() {
                    let rows = holder.query(postgres::lock::BACKEND, &[]).await?;
                    self.backend = rows
                        .first()
                        .and_then(|row| row.first())
                        .and_then(Value::as_integer);
                }
                Ok(())
            }
            Ok(_) => Err(LockError::Lost {
                reason: "the server says that the session has no lock".to_owned(),
            }),
            Err(error) => Err(LockError::Lost {
                reason: format!("the connection that holds it does not answer: {error}"),
            }),
        }
    }

    /// Gives the lock back.
    pub(crate) async fn release(self, main: &mut Session<'_>) -> Result<(), LockError> {
        let dialect = main.dialect();
        let mut own;
        let holder: &mut dyn Query = match self.held {
            Held::Nothing | Held::CallersTransaction => return Ok(()),
            Held::Lease(lease) => return lease.lock().await.release().await,
            Held::OnMain => main,
            Held::Own(session) => {
                own = session;
                own.as_mut()
            }
        };
        let sql = match dialect {
            DialectName::Postgresql => postgres::lock::unlock(self.key),
            _ => mysql::lock::unlock(self.key),
        };
        match is_true(&holder.query(&sql, &[]).await?) {
            true => Ok(()),
            // What was done is done; but whoever runs behind this pooler must know that it had no lock.
            false => Err(LockError::Lost {
                reason: "the server says that the session had no lock to give back".to_owned(),
            }),
        }
    }
}

/// Renews a lease as long as it is polled, and ends when the lease is lost; of any other lock nothing is to be done.
pub(crate) fn heartbeat(lock: &RunLock) -> impl Future<Output = LockError> + Send + use<> {
    let lease = match &lock.held {
        Held::Lease(lease) => Some(Arc::clone(lease)),
        _ => None,
    };
    async move {
        let Some(lease) = lease else {
            return std::future::pending().await;
        };
        loop {
            let interval = lease.lock().await.interval();
            tokio::time::sleep(interval).await;
            if let Err(lost) = lease.lock().await.renew().await {
                return lost;
            }
        }
    }
}

/// What [`unlock`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlocked {
    /// Nobody held anything.
    Free,
    /// A lease was there and is gone.
    LeaseRemoved {
        /// Who had it, in words.
        holder: String,
    },
    /// A live session holds the lock; only ending that session frees it.
    HeldBySession {
        /// Who, in words, with the statement that ends it.
        holder: String,
    },
}

/// Takes away a lease that a dead run left behind.
///
/// Nothing proves that the run is dead: that is for whoever asks to know. A lock of a live session is only reported.
///
/// # Errors
/// [`LockError`] when the database refuses.
pub async fn unlock(
    session: &mut Session<'_>,
    table: &VersionTable,
) -> Result<Unlocked, LockError> {
    let key = history_key(session, table);
    if session.dialect() != DialectName::Sqlite
        && let Some(holder) = lease::holder(session, key).await?
        && lease::break_lease(session, key).await?
    {
        return Ok(Unlocked::LeaseRemoved { holder });
    }
    Ok(match session_holder(session, key).await? {
        Some(holder) => Unlocked::HeldBySession { holder },
        None => Unlocked::Free,
    })
}

fn history_key(session: &Session<'_>, table: &VersionTable) -> u64 {
    let server = session.server();
    let schema = table.schema.as_deref().unwrap_or(&server.default_schema);
    lock_key(&server.database, schema, &table.name)
}

fn try_lock(dialect: DialectName, key: u64) -> String {
    match dialect {
        DialectName::Postgresql => postgres::lock::try_lock(key),
        _ => mysql::lock::try_lock(key),
    }
}

fn is_held(dialect: DialectName, key: u64) -> String {
    match dialect {
        DialectName::Postgresql => postgres::lock::is_held(key),
        _ => mysql::lock::is_held(key),
    }
}

/// Asks for a lock until it is granted or patience ends.
async fn poll(
    session: &mut Session<'_>,
    sql: &str,
    key: u64,
    patience: &mut Patience,
    on_wait: OnWait<'_>,
) -> Result<(), LockError> {
    loop {
        if is_true(&session.query(sql, &[]).await?) {
            return Ok(());
        }
        let holder = session_holder(session, key).await?;
        patience.pause(holder, on_wait).await?;
    }
}

async fn session_holder(session: &mut Session<'_>, key: u64) -> Result<Option<String>, QueryError> {
    let (sql, describe): (String, fn(&Row) -> String) = match session.dialect() {
        DialectName::Sqlite | DialectName::Generic => return Ok(None),
        DialectName::Postgresql => (postgres::lock::holder(key), postgres::lock::describe_holder),
        _ => (mysql::lock::holder(key), mysql::lock::describe_holder),
    };
    Ok(session.query(&sql, &[]).await?.first().map(describe))
}

fn is_true(rows: &[Row]) -> bool {
    rows.first()
        .and_then(|row| row.first())
        .and_then(Value::as_integer)
        == Some(1)
}

//! Waiting for SQLite's file, which is itself what keeps runs apart.
//!
//! Must not know how the other databases lock; for those everything here passes at once.

use super::{LockError, LockOptions, OnWait, file_holder, patience::Patience};
use crate::{
    dialect::{DialectName, Query, QueryError, sqlite},
    migrate::session::{ConnectionOptions, Session},
    schema::Value,
};

/// Begins a transaction. On SQLite this is what keeps others out, so it may have to wait for another run.
pub(crate) async fn begin_waiting(
    session: &mut Session<'_>,
    options: &LockOptions,
    on_wait: OnWait<'_>,
) -> Result<(), LockError> {
    let mut patience = Patience::new(options.wait);
    loop {
        match session.begin().await {
            Ok(()) => return Ok(()),
            Err(error) if is_busy(session, &error) => {
                patience.pause(file_holder(session), on_wait).await?
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Commits. SQLite may have to wait for those who still read.
pub(crate) async fn commit_waiting(
    session: &mut Session<'_>,
    options: &LockOptions,
    on_wait: OnWait<'_>,
) -> Result<(), QueryError> {
    let mut patience = Patience::new(options.wait);
    loop {
        match session.commit().await {
            Err(error) if is_busy(session, &error) => {
                if patience.pause(file_holder(session), on_wait).await.is_err() {
                    return Err(error);
                }
            }
            outcome => return outcome,
        }
    }
}

/// SQLite's own wait blocks the driver's thread and tells nobody; for the time of a run it is cut short and ours
/// takes its place. Returns what to give to [`restore_busy_timeout`].
pub(crate) async fn shorten_busy_timeout(
    session: &mut Session<'_>,
) -> Result<Option<i64>, QueryError> {
    if session.dialect() != DialectName::Sqlite {
        return Ok(None);
    }
    let rows = session.query("PRAGMA busy_timeout", &[]).await?;
    let before = rows
        .first()
        .and_then(|row| row.first())
        .and_then(Value::as_integer);
    session.query("PRAGMA busy_timeout = 50", &[]).await?;
    Ok(before)
}

/// Undoes [`shorten_busy_timeout`].
pub(crate) async fn restore_busy_timeout(
    session: &mut Session<'_>,
    before: Option<i64>,
) -> Result<(), QueryError> {
    if let Some(milliseconds) = before {
        session
            .query(&format!("PRAGMA busy_timeout = {milliseconds}"), &[])
            .await?;
    }
    Ok(())
}

fn is_busy(session: &Session<'_>, error: &QueryError) -> bool {
    session.dialect() == DialectName::Sqlite && sqlite::lock::is_busy(error)
}

fn file_holder(session: &Session<'_>) -> Option<String> {
    match session.options() {
        Some(ConnectionOptions::Sqlite(options)) => file_holder::describe(options.get_filename()),
        _ => None,
    }
}

//! Advisory locks: the questions a run asks PostgreSQL to keep others out. None of them waits.

use crate::{dialect::Row, schema::Value};

/// Takes the lock for the session, or answers `false` at once.
pub(crate) fn try_lock(key: u64) -> String {
    format!("SELECT pg_catalog.pg_try_advisory_lock({})", signed(key))
}

/// Takes the lock until the open transaction ends, or answers `false` at once.
pub(crate) fn try_lock_in_transaction(key: u64) -> String {
    format!(
        "SELECT pg_catalog.pg_try_advisory_xact_lock({})",
        signed(key)
    )
}

/// Gives the lock back; answers `false` when this backend did not hold it.
pub(crate) fn unlock(key: u64) -> String {
    format!("SELECT pg_catalog.pg_advisory_unlock({})", signed(key))
}

/// Whether the backend that answers holds the lock.
pub(crate) fn is_held(key: u64) -> String {
    format!(
        "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_locks l WHERE {} AND l.pid = pg_backend_pid())",
        lock_row(key)
    )
}

/// The server process that answers.
pub(crate) const BACKEND: &str = "SELECT pg_catalog.pg_backend_pid()";

/// Whether it is still this server process that answers.
pub(crate) fn is_backend(backend: i64) -> String {
    format!("SELECT pg_catalog.pg_backend_pid() = {backend}")
}

/// One row that names the session with the lock: process, application, user, client, since, state.
pub(crate) fn holder(key: u64) -> String {
    format!(
        "SELECT l.pid::text, a.application_name::text, a.usename::text, coalesce(host(a.client_addr), 'local'), \
         to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS OF'), a.state::text \
         FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE {}",
        lock_row(key)
    )
}

/// The answer to [`holder`] in words.
pub(crate) fn describe_holder(row: &Row) -> String {
    let text = |index: usize| row.get(index).and_then(Value::as_text).unwrap_or_default();
    let application = match text(1) {
        "" => String::new(),
        name => format!(" of '{name}'"),
    };
    format!(
        "server process {}{application}, user {}, from {}, connected since {}; \
         SELECT pg_terminate_backend({}) ends it",
        text(0),
        text(2),
        text(3),
        text(4),
        text(0)
    )
}

fn lock_row(key: u64) -> String {
    // A key of 64 bits is shown in two halves with `objsubid` 1 (PostgreSQL manual, pg_locks).
    format!(
        "l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = {} AND l.objid = {} AND l.database \
         = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = current_database())",
        key >> 32,
        key & 0xffff_ffff
    )
}

fn signed(key: u64) -> i64 {
    i64::from_ne_bytes(key.to_ne_bytes())
}

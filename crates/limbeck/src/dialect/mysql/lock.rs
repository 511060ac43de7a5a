//! Named locks: the questions a run asks MySQL or MariaDB to keep others out. None of them waits.

use crate::{dialect::Row, schema::Value};

/// Takes the lock: 1 when it is ours, 0 when somebody else has it, NULL when the server could not.
///
/// A bare `SELECT`, because Vitess knows `GET_LOCK` in no other place.
pub(crate) fn try_lock(key: u64) -> String {
    format!("SELECT GET_LOCK('{}', 0)", name(key))
}

/// Gives the lock back.
pub(crate) fn unlock(key: u64) -> String {
    format!("SELECT RELEASE_LOCK('{}')", name(key))
}

/// Whether the connection that answers holds the lock.
pub(crate) fn is_held(key: u64) -> String {
    format!(
        "SELECT coalesce(IS_USED_LOCK('{}') = CONNECTION_ID(), 0)",
        name(key)
    )
}

/// One row that names the connection with the lock: id, user, client, seconds since its last statement.
pub(crate) fn holder(key: u64) -> String {
    format!(
        "SELECT u.id, p.user, p.host, p.time FROM (SELECT IS_USED_LOCK('{}') AS id) u \
         LEFT JOIN information_schema.processlist p ON p.id = u.id WHERE u.id IS NOT NULL",
        name(key)
    )
}

/// The answer to [`holder`] in words.
pub(crate) fn describe_holder(row: &Row) -> String {
    let id = row.first().and_then(Value::as_integer).unwrap_or_default();
    let text = |index: usize| row.get(index).and_then(Value::as_text);
    match (text(1), text(2)) {
        (Some(user), Some(host)) => {
            format!("connection {id} of user '{user}' from {host}; KILL {id} ends it")
        }
        // Without the PROCESS privilege only one's own connections are listed.
        _ => format!("connection {id}; KILL {id} ends it"),
    }
}

/// Names of locks are shared by the whole server and end at 64 characters (MySQL 5.7): the key, which the
/// database's name is part of, is all there is room for.
fn name(key: u64) -> String {
    format!("limbeck:{key:016x}")
}

//! The lease row, for servers and poolers on which a session keeps no lock. Every statement commits by itself, and
//! only the database's clock counts: those of two clients may differ by more than a lease lasts.

/// Alembic's autogenerate would propose to drop a table of ours beside the application's; in a schema of its own it
/// is not looked at.
pub(crate) const TABLE: &str = "limbeck.limbeck_lease";

/// Makes the table where it is missing.
pub(crate) const CREATE: [&str; 2] = [
    "CREATE SCHEMA IF NOT EXISTS limbeck",
    "CREATE TABLE IF NOT EXISTS limbeck.limbeck_lease (lock_key VARCHAR(16) NOT NULL PRIMARY KEY, \
     owner VARCHAR(32) NOT NULL, host VARCHAR(255) NOT NULL, pid BIGINT NOT NULL, \
     acquired_at TIMESTAMP WITH TIME ZONE NOT NULL, expires_at TIMESTAMP WITH TIME ZONE NOT NULL)",
];

/// Takes a free lease; values: key, owner, host, pid. Fails on the primary key when there is one already.
pub(crate) fn insert(milliseconds: u64) -> String {
    format!(
        "INSERT INTO {TABLE} (lock_key, owner, host, pid, acquired_at, expires_at) \
         VALUES ($1, $2, $3, $4, now(), now() + INTERVAL '{milliseconds} milliseconds')"
    )
}

/// Takes over an expired lease; values: key, owner, host, pid.
pub(crate) fn take_over(milliseconds: u64) -> String {
    format!(
        "UPDATE {TABLE} SET owner = $2, host = $3, pid = $4, acquired_at = now(), \
         expires_at = now() + INTERVAL '{milliseconds} milliseconds' WHERE lock_key = $1 AND expires_at < now()"
    )
}

/// Makes our lease last longer; values: key, owner. No row when it is ours no more.
pub(crate) fn renew(milliseconds: u64) -> String {
    format!(
        "UPDATE {TABLE} SET expires_at = now() + INTERVAL '{milliseconds} milliseconds' \
         WHERE lock_key = $1 AND owner = $2"
    )
}

/// Gives our lease back; values: key, owner.
pub(crate) const RELEASE: &str =
    "DELETE FROM limbeck.limbeck_lease WHERE lock_key = $1 AND owner = $2";

/// Takes anybody's lease away; values: key.
pub(crate) const BREAK: &str = "DELETE FROM limbeck.limbeck_lease WHERE lock_key = $1";

/// One row with host, process, since, until; values: key.
pub(crate) const HOLDER: &str = "SELECT host, pid::text, to_char(acquired_at, 'YYYY-MM-DD HH24:MI:SS OF'), \
     to_char(expires_at, 'YYYY-MM-DD HH24:MI:SS OF') FROM limbeck.limbeck_lease WHERE lock_key = $1";

/// One row when the table is there.
pub(crate) const EXISTS: &str = "SELECT 1 FROM information_schema.tables \
     WHERE table_schema = 'limbeck' AND table_name = 'limbeck_lease'";

//! The lease row, for clusters on which a named lock holds on one node only. A committed row with a unique key is
//! certified by the whole cluster: exactly one node gets it in. Only the database's clock counts.

/// In the database of the connection; there while a run is under way, because Alembic's autogenerate would propose
/// to drop it.
pub(crate) const TABLE: &str = "limbeck_lease";

/// Makes the table where it is missing.
pub(crate) const CREATE: [&str; 1] = [
    "CREATE TABLE IF NOT EXISTS limbeck_lease (lock_key VARCHAR(16) NOT NULL PRIMARY KEY, \
     owner VARCHAR(32) NOT NULL, host VARCHAR(255) NOT NULL, pid BIGINT NOT NULL, \
     acquired_at DATETIME(6) NOT NULL, expires_at DATETIME(6) NOT NULL) ENGINE = InnoDB",
];

/// Takes a free lease; values: key, owner, host, pid. Fails on the primary key when there is one already.
pub(crate) fn insert(milliseconds: u64) -> String {
    format!(
        "INSERT INTO {TABLE} (lock_key, owner, host, pid, acquired_at, expires_at) \
         VALUES (?, ?, ?, ?, utc_timestamp(6), {})",
        until(milliseconds)
    )
}

/// Takes over an expired lease; values: owner, host, pid, key.
pub(crate) fn take_over(milliseconds: u64) -> String {
    format!(
        "UPDATE {TABLE} SET owner = ?, host = ?, pid = ?, acquired_at = utc_timestamp(6), expires_at = {} \
         WHERE lock_key = ? AND expires_at < utc_timestamp(6)",
        until(milliseconds)
    )
}

/// Makes our lease last longer; values: key, owner. No row when it is ours no more.
pub(crate) fn renew(milliseconds: u64) -> String {
    format!(
        "UPDATE {TABLE} SET expires_at = {} WHERE lock_key = ? AND owner = ?",
        until(milliseconds)
    )
}

fn until(milliseconds: u64) -> String {
    format!(
        "utc_timestamp(6) + INTERVAL {} MICROSECOND",
        milliseconds.saturating_mul(1000)
    )
}

/// Gives our lease back; values: key, owner.
pub(crate) const RELEASE: &str = "DELETE FROM limbeck_lease WHERE lock_key = ? AND owner = ?";

/// Takes anybody's lease away; values: key.
pub(crate) const BREAK: &str = "DELETE FROM limbeck_lease WHERE lock_key = ?";

/// One row with host, process, since, until; values: key.
pub(crate) const HOLDER: &str = "SELECT host, cast(pid AS CHAR), concat(acquired_at, ' UTC'), concat(expires_at, ' UTC') \
     FROM limbeck_lease WHERE lock_key = ?";

/// One row when the table is there.
pub(crate) const EXISTS: &str = "SELECT 1 FROM information_schema.tables \
     WHERE table_schema = database() AND table_name = 'limbeck_lease'";

/// How many leases are held in this database.
pub(crate) const COUNT: &str = "SELECT count(*) FROM limbeck_lease";

/// Takes the table away again.
pub(crate) const DROP: &str = "DROP TABLE IF EXISTS limbeck_lease";

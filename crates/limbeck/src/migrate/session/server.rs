//! Which server answers, and what it can hold on to between two statements.

use crate::dialect::{DialectName, Query, QueryError, Row};

/// The server behind a session, asked once when the session begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The dialect that the server speaks; tells MariaDB from MySQL.
    pub dialect: DialectName,
    /// Version as `(major, minor, patch)`; PostgreSQL has no patch.
    pub version: (u32, u32, u32),
    /// What the server calls itself.
    pub description: String,
    /// Whether a lock taken by one statement can be relied on in the next.
    pub session_locks: SessionLocks,
    /// The database connected to; empty where a server has no level above the schema (SQLite, MySQL, MariaDB).
    pub database: String,
    /// The schema (on MySQL: the database) that unqualified names mean; empty on SQLite.
    pub default_schema: String,
}

/// Whether named locks of the session (`pg_advisory_lock`, `GET_LOCK`) keep others out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionLocks {
    /// They do, as far as the server tells. A pooler is found out when the lock is taken.
    Held,
    /// They don't, for the reason given; a lease row takes their place.
    Unreliable(&'static str),
    /// The database file is its own lock (SQLite).
    File,
}

/// Asks a SQLite library for its version.
pub(super) async fn sqlite(query: &mut dyn Query) -> Result<Server, QueryError> {
    let version = text(&query.query("SELECT sqlite_version()", &[]).await?, 0);
    Ok(Server {
        dialect: DialectName::Sqlite,
        version: numbers(&version),
        description: format!("SQLite {version}"),
        session_locks: SessionLocks::File,
        database: String::new(),
        default_schema: String::new(),
    })
}

/// Asks a PostgreSQL server, or one that speaks its protocol.
pub(super) async fn postgres(query: &mut dyn Query) -> Result<Server, QueryError> {
    let rows = query
        .query(
            "SELECT version(), current_setting('server_version'), \
             current_database()::text, coalesce(current_schema()::text, '')",
            &[],
        )
        .await?;
    let description = text(&rows, 0);
    let session_locks = if description.contains("CockroachDB") {
        SessionLocks::Unreliable("CockroachDB has no advisory locks")
    } else if description.contains("-YB-") {
        SessionLocks::Unreliable("YugabyteDB's advisory locks are local to a node or missing")
    } else {
        SessionLocks::Held
    };
    Ok(Server {
        dialect: DialectName::Postgresql,
        version: numbers(&text(&rows, 1)),
        description,
        session_locks,
        database: text(&rows, 2),
        default_schema: text(&rows, 3),
    })
}

/// Asks a MySQL or MariaDB server, alone or in a Galera cluster.
pub(super) async fn mysql(query: &mut dyn Query) -> Result<Server, QueryError> {
    let rows = query
        .query(
            "SELECT version(), @@version_comment, coalesce(database(), '')",
            &[],
        )
        .await?;
    let version = text(&rows, 0);
    let comment = text(&rows, 1);
    // A variable that MySQL and a MariaDB without the provider don't have: SHOW answers with no row.
    let wsrep = query
        .query("SHOW GLOBAL VARIABLES LIKE 'wsrep_on'", &[])
        .await?;
    let galera = text(&wsrep, 1).eq_ignore_ascii_case("ON");
    let maria =
        version.contains("MariaDB") || comment.contains("MariaDB") || comment.contains("mariadb");
    // Old MariaDB prefixes its version for the sake of replication.
    let number = version.strip_prefix("5.5.5-").unwrap_or(&version);
    Ok(Server {
        dialect: if maria {
            DialectName::Mariadb
        } else {
            DialectName::Mysql
        },
        version: numbers(number),
        description: format!("{} {version}", if maria { "MariaDB" } else { "MySQL" }),
        session_locks: if galera {
            SessionLocks::Unreliable("named locks are local to one node of a Galera cluster")
        } else {
            SessionLocks::Held
        },
        database: String::new(),
        default_schema: text(&rows, 2),
    })
}

fn text(rows: &[Row], column: usize) -> String {
    rows.first()
        .and_then(|row| row.get(column))
        .and_then(|value| value.as_text())
        .unwrap_or_default()
        .to_owned()
}

fn numbers(version: &str) -> (u32, u32, u32) {
    let mut parts = version
        .split(|character: char| !character.is_ascii_digit())
        .map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions_as_servers_write_them() {
        assert_eq!(numbers("3.51.3"), (3, 51, 3));
        assert_eq!(numbers("15.20 (Debian 15.20-0+deb12u1)"), (15, 20, 0));
        assert_eq!(numbers("10.11.19-MariaDB-0+deb12u1"), (10, 11, 19));
        assert_eq!(numbers("17beta2"), (17, 0, 0));
    }
}

//! Which server answers, and what it can hold on to between two statements.

use crate::dialect::{
    Dialect, DialectName, Generic, Mysql, Postgres, Query, QueryError, Row, ServerVersion, Sqlite,
};

/// The server behind a session, asked once when the session begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The dialect that the server speaks; tells MariaDB from MySQL.
    pub dialect: DialectName,
    /// Its version; zeros where what it reports begins with no number.
    pub version: ServerVersion,
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
        version: number(&version),
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
        version: number(&text(&rows, 1)),
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
    Ok(Server {
        dialect: if maria {
            DialectName::Mariadb
        } else {
            DialectName::Mysql
        },
        version: number(&version),
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

impl Server {
    /// The language of this server at its version.
    pub fn language(&self) -> Box<dyn Dialect> {
        language(self.dialect, Some(self.version))
    }
}

/// The language of a database; without a version, of the oldest that is written for.
pub(crate) fn language(dialect: DialectName, version: Option<ServerVersion>) -> Box<dyn Dialect> {
    match dialect {
        DialectName::Generic => Box::new(Generic::new()),
        DialectName::Sqlite => Box::new(Sqlite::new(version)),
        DialectName::Postgresql => Box::new(Postgres::new(version)),
        DialectName::Mysql => Box::new(Mysql::new(version)),
        DialectName::Mariadb => Box::new(Mysql::mariadb(version)),
    }
}

fn number(version: &str) -> ServerVersion {
    version.parse().unwrap_or(ServerVersion::new(0, 0, 0))
}

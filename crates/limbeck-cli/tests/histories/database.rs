//! Databases to run a history on: a SQLite file, or a database of its own on a server that the environment names.

use std::{env, path::PathBuf, process};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, mysql::MySqlConnectOptions,
    postgres::PgConnectOptions,
};
use tempfile::TempDir;

/// An empty database that goes away when it is dropped.
pub(crate) enum Database {
    Sqlite {
        file: PathBuf,
        _directory: TempDir,
    },
    Postgresql {
        url: String,
        server: PgConnectOptions,
    },
    Mariadb {
        url: String,
        server: MySqlConnectOptions,
    },
}

impl Database {
    /// A file that does not exist yet.
    pub(crate) fn sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Database::Sqlite {
            file: directory.path().join("history.db"),
            _directory: directory,
        }
    }

    /// A database for the history `name` on the server of `LIMBECK_TEST_POSTGRES_URL`; `None` without one.
    pub(crate) fn postgresql(name: &str) -> Option<Self> {
        let url = server("LIMBECK_TEST_POSTGRES_URL")?;
        let server: PgConnectOptions = url.parse().unwrap();
        let name = database_name(name);
        wait(postgresql(&server, &format!("CREATE DATABASE {name}")));
        Some(Database::Postgresql {
            url: with_database(&url, &name),
            server,
        })
    }

    /// A database for the history `name` on the server of `LIMBECK_TEST_MYSQL_URL`; `None` without one.
    pub(crate) fn mariadb(name: &str) -> Option<Self> {
        let url = server("LIMBECK_TEST_MYSQL_URL")?;
        let server: MySqlConnectOptions = url.parse().unwrap();
        let name = database_name(name);
        let create =
            format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        wait(mariadb(&server, &create));
        Some(Database::Mariadb {
            url: with_database(&url, &name),
            server,
        })
    }

    /// The address for `limbeck`.
    pub(crate) fn url(&self) -> String {
        match self {
            Database::Sqlite { file, .. } => format!("sqlite:///{}", file.display()),
            Database::Postgresql { url, .. } | Database::Mariadb { url, .. } => url.clone(),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match self {
            Database::Sqlite { .. } => {}
            Database::Postgresql { url, server } => {
                let drop = format!("DROP DATABASE {} WITH (FORCE)", database_of(url));
                wait(postgresql(server, &drop));
            }
            Database::Mariadb { url, server } => {
                let drop = format!("DROP DATABASE {}", database_of(url));
                wait(mariadb(server, &drop));
            }
        }
    }
}

/// The administrator's address of a server. Without one the test is skipped, and says so; in CI that is a failure.
fn server(variable: &str) -> Option<String> {
    let url = env::var(variable).ok();
    if url.is_none() {
        assert!(env::var_os("CI").is_none(), "{variable} is not set");
        eprintln!("skipped: {variable} is not set");
    }
    url
}

fn database_name(history: &str) -> String {
    format!("limbeck_{history}_{}", process::id())
}

/// `url` with another database in its path.
fn with_database(url: &str, database: &str) -> String {
    let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
    let authority = address.find("://").map_or(0, |scheme| scheme + 3);
    let path = address[authority..].find('/');
    let server = path.map_or(address, |path| &address[..authority + path]);
    match parameters {
        "" => format!("{server}/{database}"),
        parameters => format!("{server}/{database}?{parameters}"),
    }
}

fn database_of(url: &str) -> &str {
    let address = url.split_once('?').map_or(url, |(address, _)| address);
    address
        .rsplit_once('/')
        .map_or("", |(_, database)| database)
}

async fn postgresql(server: &PgConnectOptions, statement: &str) {
    let mut connection = server.connect().await.unwrap();
    let statement = sqlx::raw_sql(AssertSqlSafe(statement));
    statement.execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn mariadb(server: &MySqlConnectOptions, statement: &str) {
    let mut connection = server.connect().await.unwrap();
    let statement = sqlx::raw_sql(AssertSqlSafe(statement));
    statement.execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

/// Runs something asynchronous to its end.
pub(crate) fn wait<Output>(future: impl Future<Output = Output>) -> Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

//! A database that processes fight for, and a look at what they left in it.

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, mysql::MySqlConnectOptions,
    postgres::PgConnectOptions, sqlite::SqliteConnectOptions,
};

/// Where a database is.
pub(crate) enum Database {
    Sqlite(std::path::PathBuf),
    Postgresql(String),
    Mariadb(String),
}

macro_rules! first_column {
    ($options:expr, $sql:expr) => {{
        let mut connection = $options.connect().await.unwrap();
        let query = sqlx::query_scalar::<_, String>(AssertSqlSafe($sql.to_owned()));
        let rows = query.fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows
    }};
}

#[allow(dead_code)]
impl Database {
    /// A database of its own on PostgreSQL; `None` where there is no server.
    pub(crate) fn postgresql() -> Option<Self> {
        let database = wait(limbeck_testing::postgres())?;
        Some(Database::Postgresql(database.url))
    }

    /// A database of its own on MariaDB; `None` where there is no server.
    pub(crate) fn mariadb() -> Option<Self> {
        let database = wait(limbeck_testing::mariadb())?;
        Some(Database::Mariadb(database.url))
    }

    /// The address for the command.
    pub(crate) fn url(&self) -> String {
        match self {
            Database::Sqlite(file) => format!("sqlite:///{}", file.display()),
            Database::Postgresql(url) | Database::Mariadb(url) => url.clone(),
        }
    }

    /// The first column of a query, which has to be text.
    pub(crate) fn texts(&self, sql: &str) -> Vec<String> {
        wait(async {
            match self {
                Database::Sqlite(file) => {
                    let options = SqliteConnectOptions::new().filename(file);
                    first_column!(options.create_if_missing(true), sql)
                }
                Database::Postgresql(url) => {
                    first_column!(url.parse::<PgConnectOptions>().unwrap(), sql)
                }
                Database::Mariadb(url) => {
                    first_column!(url.parse::<MySqlConnectOptions>().unwrap(), sql)
                }
            }
        })
    }

    /// The names of the tables, sorted.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.texts(match self {
            Database::Sqlite(_) => {
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            }
            Database::Postgresql(_) => {
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            }
            Database::Mariadb(_) => {
                "SELECT CAST(table_name AS CHAR) FROM information_schema.tables \
                 WHERE table_schema = database() ORDER BY table_name"
            }
        })
    }
}

/// Runs something asynchronous to its end.
pub(crate) fn wait<Output>(future: impl Future<Output = Output>) -> Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

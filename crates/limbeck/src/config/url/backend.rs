//! The databases that can be named in an address, and the driver names SQLAlchemy has for them.

use std::fmt;

use super::UrlError;
use crate::config::nearest::nearest;

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Backend {
    /// SQLite.
    Sqlite,
    /// PostgreSQL and what speaks its protocol.
    Postgresql,
    /// MySQL.
    Mysql,
    /// MariaDB, when the address says so. An address with `mysql` may lead to a MariaDB server as well.
    Mariadb,
}

impl Backend {
    /// The name in SQLAlchemy's addresses and in `.sql` scripts: `sqlite`, `postgresql`, `mysql`, `mariadb`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgresql => "postgresql",
            Self::Mysql => "mysql",
            Self::Mariadb => "mariadb",
        }
    }

    /// Reads the part of an address before `://`, such as `postgresql+psycopg2`: the backend, and the driver
    /// if one is named.
    pub(super) fn of_scheme(scheme: &str) -> Result<(Self, Option<&str>), UrlError> {
        let (name, driver) = match scheme.split_once('+') {
            Some((name, driver)) => (name, Some(driver)),
            None => (scheme, None),
        };
        let backend = match name {
            "sqlite" => Self::Sqlite,
            "postgresql" | "postgres" => Self::Postgresql,
            "mysql" => Self::Mysql,
            "mariadb" => Self::Mariadb,
            // What Alembic's templates write until somebody fills in the address.
            "driver" => return Err(UrlError::Placeholder),
            other => {
                // "mssql" is spelled like "mysql" and is another database all the same.
                return Err(UrlError::UnknownBackend {
                    nearest: nearest(other, NAMES)
                        .filter(|_| other != "mssql")
                        .map(str::to_owned),
                    name: other.to_owned(),
                });
            }
        };
        if let Some(driver) = driver.filter(|driver| driver.contains("cipher")) {
            let driver = driver.to_owned();
            return Err(UrlError::Encrypted { driver });
        }
        if let Some(driver) = driver
            && !backend.drivers().contains(&driver)
        {
            return Err(UrlError::UnknownDriver {
                backend,
                driver: driver.to_owned(),
                nearest: nearest(driver, backend.drivers().iter().copied()).map(str::to_owned),
            });
        }
        Ok((backend, driver))
    }

    /// The driver names that lead to a database of this kind. All of them are served by our own driver.
    pub fn drivers(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &["pysqlite", "aiosqlite"],
            Self::Postgresql => &[
                "psycopg2",
                "psycopg",
                "psycopg_async",
                "psycopg2cffi",
                "asyncpg",
                "pg8000",
            ],
            Self::Mysql | Self::Mariadb => &[
                "pymysql",
                "mysqldb",
                "mysqlconnector",
                "mariadbconnector",
                "aiomysql",
                "asyncmy",
                "cymysql",
            ],
        }
    }
}

/// The names an address can start with.
pub(super) const NAMES: [&str; 5] = ["sqlite", "postgresql", "postgres", "mysql", "mariadb"];

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

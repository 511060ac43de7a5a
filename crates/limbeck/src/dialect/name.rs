//! Which database a dialect speaks to.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The dialects, by the names that scripts and command lines use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DialectName {
    /// ANSI SQL; writes scripts offline, never connects.
    Generic,
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgresql,
    /// MySQL.
    Mysql,
    /// MariaDB.
    Mariadb,
}

impl DialectName {
    /// Every dialect, in the order in which they are listed to a user.
    pub const ALL: [DialectName; 5] = [
        DialectName::Generic,
        DialectName::Sqlite,
        DialectName::Postgresql,
        DialectName::Mysql,
        DialectName::Mariadb,
    ];

    /// The name as written in scripts, in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            DialectName::Generic => "generic",
            DialectName::Sqlite => "sqlite",
            DialectName::Postgresql => "postgresql",
            DialectName::Mysql => "mysql",
            DialectName::Mariadb => "mariadb",
        }
    }
}

impl fmt::Display for DialectName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A name that is no dialect of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown dialect '{name}'; expected one of generic, sqlite, postgresql, mysql, mariadb")]
pub struct UnknownDialect {
    /// The name that was given.
    pub name: String,
}

impl FromStr for DialectName {
    type Err = UnknownDialect;

    /// Reads a dialect's name; `postgres` is taken for `postgresql`, as SQLAlchemy once did.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        if name == "postgres" {
            return Ok(DialectName::Postgresql);
        }
        DialectName::ALL
            .into_iter()
            .find(|dialect| dialect.as_str() == name)
            .ok_or_else(|| UnknownDialect {
                name: name.to_owned(),
            })
    }
}

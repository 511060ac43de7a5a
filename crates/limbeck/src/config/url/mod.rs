//! The address of a database: SQLAlchemy's URLs as they stand, and what libpq and sqlx add to them.
//!
//! Must not open a connection; it ends where the driver's options begin. A password never leaves it
//! except into those options.

mod backend;
mod error;
mod mysql;
mod parameters;
mod parse;
mod postgres;
mod secret;
mod sqlite;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use backend::Backend;
pub use error::UrlError;
pub use postgres::TargetSession;
pub use secret::Secret;

/// The address of a database.
///
/// `Debug`, `Display` and serde show it as [`DatabaseUrl::redacted`] does.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    scheme: String,
    backend: Backend,
    user: Option<String>,
    password: Option<Secret>,
    host: Option<String>,
    port: Option<u16>,
    database: Option<String>,
    query: Vec<(String, String)>,
    base_directory: Option<PathBuf>,
}

impl DatabaseUrl {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        parse::parse(text)
    }

    /// Makes relative paths of SQLite files relative to `directory`, which should be absolute. Without it
    /// they are relative to the working directory of the process.
    pub fn with_base_directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.base_directory = Some(directory.into());
        self
    }

    /// Whether everything that the address says can be honoured.
    ///
    /// # Errors
    /// [`UrlError`] for the first thing that cannot.
    pub fn check(&self) -> Result<(), UrlError> {
        self.connect_timeout()?;
        match self.backend {
            Backend::Sqlite => self.to_sqlite_options().map(drop),
            Backend::Postgresql => {
                self.target_session()?;
                self.to_postgres_options().map(drop)
            }
            Backend::Mysql | Backend::Mariadb => self.to_mysql_options().map(drop),
        }
    }

    /// Which kind of database it is.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// What stands before `://`: the backend and perhaps a driver, such as `postgresql+psycopg2`.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The driver the address names for other tools; it makes no difference here.
    pub fn driver(&self) -> Option<&str> {
        self.scheme.split_once('+').map(|(_, driver)| driver)
    }

    /// The user name.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The password, if the address holds one.
    pub fn password(&self) -> Option<&Secret> {
        self.password.as_ref()
    }

    /// The host before the query; an address may also name hosts in the query.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The port after the host.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The database's name, or the path of an SQLite file as written.
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// The parameters in the order written. Some may be secrets, see [`DatabaseUrl::redacted`].
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// How long connecting may take, from `connect_timeout` or, for asyncpg, `timeout`. 0 means no limit and
    /// gives `None`.
    pub fn connect_timeout(&self) -> Result<Option<Duration>, UrlError> {
        let names: &[&str] = match self.backend {
            Backend::Sqlite => return Ok(None),
            Backend::Postgresql => &["connect_timeout", "timeout"],
            Backend::Mysql | Backend::Mariadb => &["connect_timeout", "connection_timeout"],
        };
        for name in names {
            if let Some(value) = self.parameter(name) {
                let seconds = parameters::seconds(name, value)?;
                return Ok((!seconds.is_zero()).then_some(seconds));
            }
        }
        Ok(None)
    }

    /// The address with `***` for every password, printed as SQLAlchemy prints it.
    pub fn redacted(&self) -> String {
        let mut out = format!("{}://", self.scheme);
        if let Some(user) = &self.user {
            out.push_str(&quote(user));
            if self.password.is_some() {
                out.push_str(":***");
            }
            out.push('@');
        }
        match &self.host {
            Some(host) if host.contains(':') => out.push_str(&format!("[{host}]")),
            Some(host) => out.push_str(&host.replace('/', "%2F")),
            None => {}
        }
        if let Some(port) = self.port {
            out.push_str(&format!(":{port}"));
        }
        if let Some(database) = &self.database {
            out.push('/');
            if self.scheme == "postgres" {
                out.push_str(&quote(database));
            } else {
                // SQLAlchemy neither resolves nor writes escapes here.
                out.push_str(database);
            }
        }
        let mut query: Vec<_> = self.query.iter().collect();
        query.sort_by(|(left, _), (right, _)| left.cmp(right));
        for (index, (name, value)) in query.into_iter().enumerate() {
            out.push(if index == 0 { '?' } else { '&' });
            let value = if SECRET_PARAMETERS.contains(&name.as_str()) {
                "***".to_owned()
            } else {
                quote_plus(value)
            };
            out.push_str(&format!("{}={value}", quote_plus(name)));
        }
        out
    }

    /// The value of a parameter; of one that occurs several times, the last.
    fn parameter(&self, name: &str) -> Option<&str> {
        let mut matching = self.query.iter().filter(|(given, _)| given == name);
        matching.next_back().map(|(_, value)| value.as_str())
    }

    fn check_backend(&self, wanted: Backend) -> Result<(), UrlError> {
        let actual = self.backend;
        let family = |backend| match backend {
            Backend::Mariadb => Backend::Mysql,
            other => other,
        };
        if family(actual) == family(wanted) {
            Ok(())
        } else {
            Err(UrlError::OtherBackend { actual, wanted })
        }
    }

    fn resolve(&self, path: &str) -> PathBuf {
        match &self.base_directory {
            Some(base) => base.join(path),
            None => Path::new(path).to_path_buf(),
        }
    }
}

/// Parameters whose value is itself a secret.
const SECRET_PARAMETERS: [&str; 4] = ["password", "passwd", "sslpassword", "ssl_key_password"];

/// What Python's `urllib.parse.quote` leaves alone, with SQLAlchemy's addition of space and `+`.
const QUOTED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'_')
    .remove(b'.')
    .remove(b'-')
    .remove(b'~')
    .remove(b' ')
    .remove(b'+');

fn quote(text: &str) -> String {
    utf8_percent_encode(text, &QUOTED).to_string()
}

fn quote_plus(text: &str) -> String {
    const SET: AsciiSet = QUOTED.add(b'+');
    utf8_percent_encode(text, &SET)
        .to_string()
        .replace(' ', "+")
}

impl FromStr for DatabaseUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for DatabaseUrl {
    type Error = UrlError;

    fn try_from(text: &str) -> Result<Self, UrlError> {
        Self::parse(text)
    }
}

impl TryFrom<&String> for DatabaseUrl {
    type Error = UrlError;

    fn try_from(text: &String) -> Result<Self, UrlError> {
        Self::parse(text)
    }
}

/// So that functions that take an address in any form also take one that is already read.
impl From<&DatabaseUrl> for DatabaseUrl {
    fn from(url: &DatabaseUrl) -> Self {
        url.clone()
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({})", self.redacted())
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.redacted())
    }
}

impl serde::Serialize for DatabaseUrl {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.redacted())
    }
}

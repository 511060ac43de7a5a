//! What can be wrong with a database address. No variant holds a password, or text that may contain one.

use super::Backend;

const FORMS: &str = "sqlite:///file.db, postgresql://user:password@host/database, \
                     mysql://user:password@host/database or mariadb://user:password@host/database";

fn hint(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map(|name| format!("; did you mean {name}?"))
        .unwrap_or_default()
}

/// A database address that cannot be understood or honoured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// There is no `scheme://` at the start.
    #[error("this is not a database address; write {FORMS}")]
    NoScheme,
    /// The address is the one that Alembic's templates contain.
    #[error(
        "the database address is still the placeholder of the template; write {FORMS}, or ${{NAME}} to take it from an environment variable"
    )]
    Placeholder,
    /// A database that is not supported.
    #[error(
        "the database \"{name}\" is not supported; supported are sqlite, postgresql, mysql and mariadb{}",
        hint(nearest)
    )]
    UnknownBackend {
        /// The name in the address.
        name: String,
        /// The supported name that is spelled most like it.
        nearest: Option<String>,
    },
    /// A driver of which nothing is known.
    #[error(
        "the driver \"{driver}\" is not known for {backend}; known are {}, or leave out \"+{driver}\"{}",
        backend.drivers().join(", "),
        hint(nearest)
    )]
    UnknownDriver {
        /// The database.
        backend: Backend,
        /// The driver in the address.
        driver: String,
        /// The known driver that is spelled most like it.
        nearest: Option<String>,
    },
    /// The host contains a character that no host has, mostly because a password has an unescaped `@` or `/`.
    #[error(
        "the host in the address contains a character that cannot be in a host; write @ as %40, : as %3A and / as %2F in a user name or password, and put an IPv6 address in [ ]"
    )]
    BadHost,
    /// An SQLite driver that encrypts the file.
    #[error(
        "the driver \"{driver}\" encrypts the file, which is not supported; supported are plain SQLite files"
    )]
    Encrypted {
        /// The driver in the address.
        driver: String,
    },
    /// The port is not a number from 1 to 65535.
    #[error(
        "the port in the address is not a number from 1 to 65535; if it is part of a password, write @ as %40, : as %3A and / as %2F there"
    )]
    BadPort,
    /// The bytes behind a `%` are not UTF-8.
    #[error("the {part} in the address is not UTF-8 after its %XX escapes are resolved")]
    NotUtf8 {
        /// Which part.
        part: &'static str,
    },
    /// An SQLite address with host, user or port.
    #[error(
        "an SQLite address names no host, user or port: write sqlite:///relative/file.db, sqlite:////absolute/file.db or sqlite:// for a database in memory"
    )]
    SqliteHost,
    /// The options of another database were asked for.
    #[error("the address leads to {actual}, not to {wanted}")]
    OtherBackend {
        /// What the address leads to.
        actual: Backend,
        /// What was asked for.
        wanted: Backend,
    },
    /// A MySQL address without user.
    #[error("the address has no user name; write {backend}://user@host/database")]
    NoUser {
        /// The database.
        backend: Backend,
    },
    /// A parameter that neither the database nor its drivers know.
    #[error(
        "the parameter \"{parameter}\" of the {backend} address is not known{}",
        hint(nearest)
    )]
    UnknownParameter {
        /// The database.
        backend: Backend,
        /// The parameter's name.
        parameter: String,
        /// The known parameter that is spelled most like it.
        nearest: Option<String>,
    },
    /// A parameter with a value it cannot have.
    #[error("the parameter \"{parameter}\" of the address must be {expected}")]
    BadParameter {
        /// The parameter's name.
        parameter: String,
        /// What it may be.
        expected: &'static str,
    },
    /// A parameter that means something to other drivers and cannot be honoured here.
    #[error("the parameter \"{parameter}\" of the address cannot be honoured: {reason}")]
    Unsupported {
        /// The parameter's name.
        parameter: String,
        /// Why not, and what to do instead.
        reason: &'static str,
    },
}

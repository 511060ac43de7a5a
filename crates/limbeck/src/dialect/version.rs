//! The version of a database server.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A server's version: PostgreSQL 15.4, SQLite 3.46.1, MariaDB 10.11.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ServerVersion {
    /// First number.
    pub major: u32,
    /// Second number.
    pub minor: u32,
    /// Third number.
    pub patch: u32,
}

impl ServerVersion {
    /// A version by its numbers.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        ServerVersion {
            major,
            minor,
            patch,
        }
    }

    /// Whether this is `major.minor` or later.
    pub fn is_at_least(self, major: u32, minor: u32) -> bool {
        (self.major, self.minor) >= (major, minor)
    }
}

impl fmt::Display for ServerVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// A text that does not begin with a version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{text}' is not the version of a database server; expected it to begin like 15.4 or 10.11.6"
)]
pub struct VersionError {
    /// The text.
    pub text: String,
}

impl FromStr for ServerVersion {
    type Err = VersionError;

    /// Reads what servers report: `15.4 (Debian 15.4-1)`, `8.0.36-log`, `5.5.5-10.11.6-MariaDB`, `16beta1`.
    ///
    /// The `5.5.5-` in front is what MariaDB tells old clients.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let own = text.strip_prefix("5.5.5-").unwrap_or(text);
        let end = own
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(own.len());
        let mut numbers = own
            .get(..end)
            .unwrap_or_default()
            .split('.')
            .map(str::parse);
        let error = || VersionError {
            text: text.to_owned(),
        };
        let major = numbers.next().and_then(Result::ok).ok_or_else(error)?;
        let mut next = || numbers.next().and_then(Result::ok).unwrap_or(0);
        Ok(ServerVersion::new(major, next(), next()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_servers_report_them() {
        for (text, version) in [
            ("15.4 (Debian 15.4-1)", ServerVersion::new(15, 4, 0)),
            ("8.0.36-log", ServerVersion::new(8, 0, 36)),
            (
                "5.5.5-10.11.6-MariaDB-0+deb12u1",
                ServerVersion::new(10, 11, 6),
            ),
            ("16beta1", ServerVersion::new(16, 0, 0)),
            ("3.46.1", ServerVersion::new(3, 46, 1)),
        ] {
            assert_eq!(text.parse::<ServerVersion>().unwrap(), version);
        }
        assert!("next".parse::<ServerVersion>().is_err());
    }

    #[test]
    fn versions_are_compared_by_number() {
        assert!(ServerVersion::new(10, 11, 0).is_at_least(10, 5));
        assert!(!ServerVersion::new(3, 9, 0).is_at_least(3, 35));
    }
}

//! What can be wrong with a configuration, with everything the command needs to show it.

use std::path::PathBuf;

use super::ini::{IniSyntaxError, InterpolationError};
use super::{Origin, UrlError};

fn at(origin: &Option<Origin>) -> String {
    origin
        .as_ref()
        .map(|origin| format!("{origin}: "))
        .unwrap_or_default()
}

fn in_file(file: &Option<PathBuf>) -> String {
    file.as_ref()
        .map(|file| format!("{}: ", file.display()))
        .unwrap_or_default()
}

fn hint(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map(|name| format!("; did you mean {name}?"))
        .unwrap_or_default()
}

/// A configuration that cannot be used. `Display` says where, what and what to do; [`ConfigError::origin`]
/// gives the place for showing the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// No configuration file was found.
    #[error(
        "no configuration found in {}: none of limbeck.toml, alembic.ini and pyproject.toml with a [tool.alembic] table is there; run `limbeck init`, or name a file with -c",
        directory.display()
    )]
    NotFound {
        /// Where was looked.
        directory: PathBuf,
    },
    /// A file that was named does not exist.
    #[error("{}: there is no such file; it was named by {named_by}", path.display())]
    FileMissing {
        /// The file.
        path: PathBuf,
        /// `-c` or `ALEMBIC_CONFIG`.
        named_by: &'static str,
    },
    /// A file cannot be read.
    #[error("{}: cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        reason: String,
    },
    /// A file is not UTF-8.
    #[error("{origin}: this line is not UTF-8; convert the file")]
    NotUtf8 {
        /// The first bad line.
        origin: Origin,
    },
    /// More than one file of a kind was named.
    #[error(
        "{} and {}: only one {kind} may be named with -c",
        first.display(),
        second.display()
    )]
    TooManyFiles {
        /// `ini file`, `pyproject.toml` or `configuration of Limbeck`.
        kind: &'static str,
        /// The first file.
        first: PathBuf,
        /// The second file.
        second: PathBuf,
    },
    /// An ini file is not well-formed.
    #[error("{place}: {0}", place = .0.origin())]
    Ini(#[from] IniSyntaxError),
    /// A `%` reference cannot be resolved.
    #[error("{place}{0}", place = at(&.0.origin().cloned()))]
    Interpolation(Box<InterpolationError>),
    /// A TOML file is not well-formed, or a value has the wrong type.
    #[error("{origin}: {message}")]
    Toml {
        /// Where.
        origin: Origin,
        /// What; never quotes a value.
        message: String,
    },
    /// The main section of the ini file is missing.
    #[error("{}: there is no section [{section}]{}", file.display(), hint(nearest))]
    SectionMissing {
        /// The file.
        file: PathBuf,
        /// The section that was looked for.
        section: String,
        /// The section that is spelled most like it.
        nearest: Option<String>,
    },
    /// An environment chosen with `-n` is not in `limbeck.toml`.
    #[error(
        "{}: there is no [environments.{name}]{}",
        file.display(),
        hint(nearest)
    )]
    EnvironmentMissing {
        /// The file.
        file: PathBuf,
        /// The environment.
        name: String,
        /// The environment that is spelled most like it.
        nearest: Option<String>,
    },
    /// A required key is missing.
    #[error("{}: {key} is not set in {table}; write {example}", file.display())]
    KeyMissing {
        /// The file.
        file: PathBuf,
        /// Where the key belongs: `[alembic]` or `[tool.alembic]`.
        table: String,
        /// The key.
        key: &'static str,
        /// A line that would do.
        example: &'static str,
    },
    /// A key that means nothing.
    #[error("{origin}: the key {key} means nothing in {table}{}", hint(nearest))]
    UnknownKey {
        /// The key.
        origin: Origin,
        /// The key's name.
        key: String,
        /// Where it stands.
        table: String,
        /// The known key that is spelled most like it.
        nearest: Option<String>,
    },
    /// A value is not of the kind its key needs.
    #[error("{}{key} must be {expected}", at(origin))]
    BadValue {
        /// The value.
        origin: Option<Origin>,
        /// The key.
        key: String,
        /// What it may be.
        expected: String,
    },
    /// A post-write hook lacks a setting.
    #[error("{}the post-write hook {hook} has no {key}", at(origin))]
    HookIncomplete {
        /// The hook.
        origin: Option<Origin>,
        /// The hook's name.
        hook: String,
        /// The missing setting.
        key: String,
    },
    /// The database address names an environment variable that is not set.
    #[error(
        "{}{key} takes the environment variable {variable}, which is not set; set it, or give the address with --url",
        at(origin)
    )]
    VariableUnset {
        /// The reference.
        origin: Option<Origin>,
        /// The key.
        key: String,
        /// The variable.
        variable: String,
    },
    /// There is no database address at all.
    #[error(
        "{}{key} is not set; set it, or give the address with --url",
        in_file(file)
    )]
    NoUrl {
        /// The file in which it could stand; `None` for settings built by a program.
        file: Option<PathBuf>,
        /// The key it could stand under.
        key: &'static str,
    },
    /// The database address is wrong.
    #[error("{}{key}: {error}", at(origin))]
    Url {
        /// The address; `None` when it was not read from a file.
        origin: Option<Origin>,
        /// The key, or `--url`.
        key: String,
        /// What is wrong.
        error: Box<UrlError>,
    },
}

impl ConfigError {
    /// The place in a file that the error is about.
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Self::NotUtf8 { origin }
            | Self::Toml { origin, .. }
            | Self::UnknownKey { origin, .. } => Some(origin),
            Self::Ini(error) => Some(error.origin()),
            Self::Interpolation(error) => error.origin(),
            Self::BadValue { origin, .. }
            | Self::HookIncomplete { origin, .. }
            | Self::VariableUnset { origin, .. }
            | Self::Url { origin, .. } => origin.as_ref(),
            _ => None,
        }
    }

    /// The known name that was most likely meant.
    pub fn nearest(&self) -> Option<&str> {
        match self {
            Self::SectionMissing { nearest, .. }
            | Self::EnvironmentMissing { nearest, .. }
            | Self::UnknownKey { nearest, .. } => nearest.as_deref(),
            Self::Interpolation(error) => match &**error {
                InterpolationError::Missing { nearest, .. } => nearest.as_deref(),
                _ => None,
            },
            Self::Url { error, .. } => match &**error {
                UrlError::UnknownBackend { nearest, .. }
                | UrlError::UnknownDriver { nearest, .. }
                | UrlError::UnknownParameter { nearest, .. } => nearest.as_deref(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether `line`, the one at [`ConfigError::origin`], may be shown: not when it could hold a password.
    pub fn line_may_be_shown(&self, line: &str) -> bool {
        const SUSPICIOUS: [&str; 5] = ["://", "url", "pass", "secret", "token"];
        let line = line.to_lowercase();
        !matches!(self, Self::Interpolation(_) | Self::Url { .. })
            && !SUSPICIOUS.iter().any(|word| line.contains(word))
    }
}

impl From<InterpolationError> for ConfigError {
    fn from(error: InterpolationError) -> Self {
        Self::Interpolation(Box::new(error))
    }
}

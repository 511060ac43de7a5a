//! One settings value from `alembic.ini`, `pyproject.toml` or `limbeck.toml`.
//!
//! Must not know the database or the scripts. [`Discovery`] holds everything that decides what is read;
//! nothing is taken from the process: no environment, no working directory. Reading the files it names is
//! the only I/O.

pub mod ini;

mod address;
mod alembic;
mod discovery;
mod error;
mod exclude;
mod hooks;
mod limbeck_toml;
mod list;
mod location;
mod model;
mod nearest;
mod origin;
mod percent;
mod settings;
#[cfg(test)]
mod tests;
mod url;
mod warning;
mod x_arguments;

use std::path::Path;
use std::sync::Arc;

pub use discovery::{
    ALEMBIC_INI, ConfigPaths, Discovery, Environment, LIMBECK_TOML, PYPROJECT_TOML,
};
pub use error::ConfigError;
pub use exclude::{Exclude, NamePattern};
pub use hooks::{HookKind, PostWriteHook};
pub use limbeck_toml::{EnvironmentTable, HookTable, LimbeckToml, LockTable};
pub use location::Location;
pub use model::ModelLocation;
pub use origin::Origin;
pub use settings::{
    DEFAULT_FILE_TEMPLATE, DEFAULT_SLUG_LENGTH, DEFAULT_VERSION_TABLE, LockMode, LockSettings,
    ScriptFormat, Settings, Source, TransactionMode,
};
pub use url::{Backend, DatabaseUrl, Secret, TargetSession, UrlError};
pub use warning::ConfigWarning;
pub use x_arguments::XArguments;

/// An error of the TOML reader, without the source line that its own text would show: it may hold a password.
fn toml_error(error: &toml::de::Error, file: &Arc<Path>, text: &str) -> ConfigError {
    let origin = match error.span() {
        Some(span) => Origin::of_bytes(file, text, span.start, span.end),
        None => Origin::line(file, 0),
    };
    // serde quotes the offending string: `invalid type: string "secret", expected a boolean`.
    let message = error.message();
    let of_value = [
        "invalid type: ",
        "invalid value: ",
        "invalid length ",
        "unknown variant ",
    ];
    let expected = of_value
        .iter()
        .any(|start| message.starts_with(start))
        .then(|| message.rsplit_once(", expected "))
        .flatten();
    let key = error.span().and_then(|span| text.get(span));
    let message = match expected {
        None if message == "duplicate key" => match key {
            Some(key) => format!("'{key}' is set twice"),
            None => message.to_owned(),
        },
        Some((_, expected)) => format!("this value must be {}", in_toml_words(expected)),
        None => message.trim_end().replace('\n', ", "),
    };
    ConfigError::Toml { origin, message }
}

/// What serde calls a type of ours, in the words of TOML.
fn in_toml_words(expected: &str) -> &str {
    match expected {
        "a sequence" => "an array",
        "usize" | "u64" => "a whole number, 0 or more",
        "a map" => "a table",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
}

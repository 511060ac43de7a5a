//! An SQLite address as options of the driver.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use sqlx::sqlite::SqliteConnectOptions;

use super::{Backend, DatabaseUrl, UrlError, parameters};
use crate::config::nearest::nearest;

/// Parameters that SQLite itself knows, see <https://www.sqlite.org/uri.html>.
const OF_SQLITE: [&str; 7] = [
    "mode",
    "cache",
    "immutable",
    "vfs",
    "nolock",
    "psow",
    "modeof",
];

/// Parameters of Python's driver. Only `timeout` and `uri` make a difference here.
const OF_PYTHON: [&str; 6] = [
    "uri",
    "timeout",
    "isolation_level",
    "detect_types",
    "check_same_thread",
    "cached_statements",
];

const PATH: AsciiSet = CONTROLS.add(b'%').add(b'?').add(b'#');
const VALUE: AsciiSet = PATH.add(b'&').add(b' ');

/// What an SQLite address leads to.
enum Target {
    /// A database of its own in memory.
    Memory,
    /// A database in memory that connections share by this name.
    SharedMemory(String),
    /// A file.
    File(PathBuf),
}

impl DatabaseUrl {
    /// The file of an SQLite address, made absolute by [`DatabaseUrl::with_base_directory`]; `None` for a
    /// database in memory and for other backends.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        match self.sqlite_target() {
            Target::File(path) if self.backend == Backend::Sqlite => Some(path),
            _ => None,
        }
    }

    /// The address as options of the SQLite driver.
    ///
    /// The file is created when it is missing, unless the parameter `mode` says otherwise. `foreign_keys` is
    /// off, SQLite's own default (the driver's is on), because existing migrations count on it. A database
    /// in memory lives as long as a connection to it is open.
    pub fn to_sqlite_options(&self) -> Result<SqliteConnectOptions, UrlError> {
        self.check_backend(Backend::Sqlite)?;
        let query = self.sqlite_parameters()?;
        let mode = self.parameter("mode").unwrap_or("rwc");
        let in_uri = |start: String| match query.is_empty() {
            true => start,
            false => format!("{start}?{}", query.join("&")),
        };
        let options = match self.sqlite_target() {
            // A name that no other database in memory has: two of them must never be one.
            Target::Memory => SqliteConnectOptions::from_str("sqlite::memory:")
                .unwrap_or_else(|_| SqliteConnectOptions::new().in_memory(true)),
            Target::SharedMemory(name) => {
                SqliteConnectOptions::new().filename(in_uri(format!("file:{name}")))
            }
            Target::File(path) if query.is_empty() => SqliteConnectOptions::new().filename(path),
            Target::File(path) => {
                SqliteConnectOptions::new().filename(in_uri(format!("file:{}", encode(&path)?)))
            }
        };
        let mut options = options
            .read_only(mode == "ro")
            .create_if_missing(matches!(mode, "rwc" | "memory"))
            .foreign_keys(false);
        if let Some(timeout) = self.parameter("timeout") {
            options = options.busy_timeout(parameters::seconds("timeout", timeout)?);
        }
        Ok(options)
    }

    fn sqlite_target(&self) -> Target {
        let in_memory = self.parameter("mode") == Some("memory");
        let uri = self
            .parameter("uri")
            .and_then(|value| parameters::boolean("uri", value).ok())
            .unwrap_or(false);
        match self.database.as_deref() {
            None | Some("" | ":memory:") => Target::Memory,
            Some(name) => match name.strip_prefix("file:").filter(|_| uri) {
                Some("" | ":memory:") if self.parameter("cache") != Some("shared") => {
                    Target::Memory
                }
                Some(path) if in_memory || path == ":memory:" => {
                    Target::SharedMemory(path.to_owned())
                }
                Some(path) => Target::File(self.resolve(&uri_path(path))),
                None if in_memory => Target::Memory,
                None => Target::File(self.resolve(name)),
            },
        }
    }

    /// The parameters that SQLite reads itself, as `name=value`, checked.
    fn sqlite_parameters(&self) -> Result<Vec<String>, UrlError> {
        let mut query = Vec::new();
        for (name, value) in &self.query {
            let (name, value) = (name.as_str(), value.as_str());
            let expected: Option<(&[&str], &'static str)> = match name {
                "mode" => Some((&["ro", "rw", "rwc", "memory"], "ro, rw, rwc or memory")),
                "cache" => Some((&["shared", "private"], "shared or private")),
                _ => None,
            };
            if let Some((values, expected)) = expected
                && !values.contains(&value)
            {
                return Err(parameters::bad(name, expected));
            }
            if OF_SQLITE.contains(&name) {
                query.push(format!("{name}={}", utf8_percent_encode(value, &VALUE)));
            } else if !OF_PYTHON.contains(&name) {
                // SQLAlchemy ignores what it does not know here, so only a slip of the pen is refused.
                let known = || OF_SQLITE.iter().chain(&OF_PYTHON).copied();
                if nearest(name, known()).is_some() {
                    return Err(parameters::unknown(Backend::Sqlite, name, known()));
                }
            } else if name == "uri" {
                parameters::boolean(name, value)?;
            }
        }
        Ok(query)
    }
}

/// The path in a `file:` URI without its scheme: `x`, `/x`, `///x` and `//localhost/x`.
fn uri_path(rest: &str) -> String {
    let path = match rest.strip_prefix("//") {
        Some(authority) => authority.strip_prefix("localhost").unwrap_or(authority),
        None => rest,
    };
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn encode(path: &Path) -> Result<String, UrlError> {
    let text = path.to_str().ok_or(UrlError::NotUtf8 { part: "path" })?;
    Ok(utf8_percent_encode(text, &PATH).to_string())
}

//! An Alembic project around the scripts of a wheel: its own `alembic.ini` and an `env.py` that needs no application.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{environment, error::CorpusError, manifest::Entry};

/// A database as the manifest names it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Dialect {
    Sqlite,
    Postgresql,
    Mysql,
}

impl Dialect {
    pub(crate) const ALL: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgresql, Dialect::Mysql];

    /// The database's name for readers.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgresql => "PostgreSQL",
            Dialect::Mysql => "MariaDB",
        }
    }

    /// The name of the record's directory.
    pub(crate) fn directory(self) -> &'static str {
        match self {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgresql => "postgresql",
            Dialect::Mysql => "mysql",
        }
    }
}

/// Writes the project for one database and returns its `alembic.ini`.
pub(crate) fn write(
    directory: &Path,
    entry: &Entry,
    dialect: Dialect,
    files: &Path,
    url: &str,
) -> Result<PathBuf, CorpusError> {
    let scripts = files.join(&entry.scripts);
    let versions = entry
        .version_locations
        .get(&dialect)
        .map_or_else(|| scripts.join("versions"), |below| scripts.join(below));
    let environment = directory.join("environment");
    fs::create_dir_all(&environment)?;
    // Prefect's scripts are written for its own driver.
    let asynchronous = entry.name == "prefect" && dialect == Dialect::Postgresql;
    let url = match (asynchronous, url.split_once('?')) {
        (false, _) => url.to_owned(),
        (true, parts) => {
            let url = parts.map_or(url, |(address, _)| address);
            url.replacen("postgresql://", "postgresql+asyncpg://", 1)
        }
    };
    fs::write(
        environment.join("env.py"),
        environment::env_py(&entry.name, asynchronous),
    )?;
    let ini = directory.join("alembic.ini");
    fs::write(
        &ini,
        format!(
            "[alembic]\nscript_location = {}\nversion_locations = {}\npath_separator = newline\nprepend_sys_path = {}\nsqlalchemy.url = {}\n",
            environment.display(),
            versions.display(),
            files.display(),
            url.replace('%', "%%"),
        ),
    )?;
    Ok(ini)
}

//! An Alembic project around the scripts of a wheel: its own `alembic.ini` and an `env.py` that needs no application.
//!
//! What the application's own `env.py` adds to that and what shows in a schema is its naming convention.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{error::CorpusError, manifest::Entry};

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
    fs::write(environment.join("env.py"), env_py(&entry.name))?;
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

fn env_py(name: &str) -> String {
    let convention = match name {
        "airflow" => {
            r#"{
    "ix": "idx_%(column_0_N_label)s",
    "uq": "%(table_name)s_%(column_0_N_name)s_uq",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}"#
        }
        "langflow" => {
            r#"{
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}"#
        }
        "prefect" => {
            r#"{
    "ix": "ix_%(table_name)s__%(column_0_N_name)s",
    "uq": "uq_%(table_name)s__%(column_0_N_name)s",
    "ck": "ck_%(table_name)s__%(constraint_name)s",
    "fk": "fk_%(table_name)s__%(column_0_N_name)s__%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}"#
        }
        _ => "None",
    };
    // Dagster's history runs for an instance of it, which is asked for its scheduler, on connections without transactions.
    let (imports, options, within) = match name {
        "dagster" => (
            "from types import SimpleNamespace\n\nfrom dagster._core.storage.migration import utils\n",
            ", isolation_level=\"AUTOCOMMIT\"",
            "with utils.upgrading_instance(SimpleNamespace(scheduler=None)):\n        ",
        ),
        _ => ("", "", ""),
    };
    format!(
        r#"{imports}from alembic import context
from sqlalchemy import MetaData, engine_from_config, pool

config = context.config
target_metadata = MetaData(naming_convention={convention})


def run_migrations_offline():
    context.configure(
        url=config.get_main_option("sqlalchemy.url"),
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={{"paramstyle": "named"}},
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online():
    engine = engine_from_config(
        config.get_section(config.config_ini_section, {{}}), prefix="sqlalchemy.", poolclass=pool.NullPool{options}
    )
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    {within}run_migrations_online()
"#
    )
}

//! Knows an env.py that is as Alembic's template wrote it, perhaps with models imported: what it configures online is known
//! without running it. A command that runs no script need not start Python for it.
//!
//! Anything that could make a difference makes it an ordinary env.py, which is run. Must not know any command.

mod lines;
mod shape;

use std::path::Path;

use limbeck::{config::Source, migrator::Project};

use super::StageSettings;

/// What env.py would pass to `context.configure()` for the configured database, when it is one of those that are known.
pub fn known_settings(project: &Project, env_py: &Path) -> Option<StageSettings> {
    let text = std::fs::read_to_string(env_py).ok()?;
    let shape = shape::recognise(&text)?;
    let settings = project.settings();
    let Source::Alembic { section, .. } = &settings.source else {
        return None;
    };
    let ini = settings.ini()?;
    if shape.configures_logging {
        let sections = ["loggers", "handlers", "formatters"];
        if !sections.iter().all(|name| ini.has_section(name)) {
            return None;
        }
    }
    let options = ini.written_options(section);
    let of_engine = options
        .iter()
        .filter(|(name, _)| name.starts_with("sqlalchemy."));
    let of_engine: Vec<&str> = of_engine.map(|(name, _)| *name).collect();
    if of_engine != ["sqlalchemy.url"] {
        return None;
    }
    let url = settings.database_url().ok()?;
    if !url.driver().is_none_or(|driver| DRIVERS.contains(&driver)) {
        return None;
    }
    Some(StageSettings::of_dialect(url.backend().name()))
}

/// SQLAlchemy's names of drivers for its ordinary engine; an asynchronous one would fail there.
const DRIVERS: [&str; 8] = [
    "pysqlite",
    "psycopg2",
    "psycopg",
    "pg8000",
    "pymysql",
    "mysqldb",
    "mysqlconnector",
    "mariadbconnector",
];

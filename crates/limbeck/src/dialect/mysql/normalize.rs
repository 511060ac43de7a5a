//! MySQL's and MariaDB's engine as the normaliser: scratch databases with names that nobody has, dropped in the end.
//!
//! Needs the right to create and drop databases whose names begin as theirs.

use crate::{
    dialect::{
        Dialect, Query, QueryError,
        inspect::{Cells, InspectError, read},
    },
    schema::Identifier,
};

use super::{Mysql, Usual, abandoned::Maker};

/// What has to be known before a model is built, and put back after it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    /// The databases that exist, without the server's own.
    pub(crate) databases: Vec<String>,
    /// Character set and collation of the default one.
    charset: String,
    collation: String,
    /// Settings of the session that a dump changes.
    settings: Vec<(&'static str, String)>,
    /// Who is asking.
    pub(crate) maker: Maker,
}

/// Asks for it.
pub(crate) async fn surroundings(query: &mut dyn Query) -> Result<Surroundings, InspectError> {
    let mut found = Surroundings::default();
    let sql = "SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME, SCHEMA_NAME = DATABASE() \
         FROM information_schema.SCHEMATA \
         WHERE SCHEMA_NAME NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')";
    for row in read(query, "the databases", sql, &[]).await? {
        let mut cells = Cells::from(row);
        let name = cells.text();
        let (charset, collation) = (cells.text(), cells.text());
        if cells.flag() {
            (found.charset, found.collation) = (charset, collation);
        }
        found.databases.push(name);
    }
    let settings = SETTINGS.map(|name| format!("@@{name}")).join(", ");
    let sql = format!("SELECT {settings}, {}", Maker::COLUMNS);
    let rows = read(query, "the session's settings", &sql, &[]).await?;
    if let Some(row) = rows.into_iter().next() {
        let mut cells = Cells::from(row);
        for name in SETTINGS {
            found.settings.push((name, cells.text()));
        }
        found.maker = Maker::read(&mut cells);
    }
    Ok(found)
}

/// What tables of the default database have that do not say.
pub(crate) async fn usual(query: &mut dyn Query) -> Result<Option<Usual>, InspectError> {
    let sql = "SELECT @@default_storage_engine, @@collation_database";
    let rows = read(query, "the usual engine", sql, &[]).await?;
    Ok(rows.into_iter().next().map(|row| {
        let mut cells = Cells::from(row);
        Usual {
            engine: cells.text(),
            collation: cells.text(),
        }
    }))
}

const SETTINGS: [&str; 7] = [
    "sql_mode",
    "foreign_key_checks",
    "unique_checks",
    "time_zone",
    "character_set_client",
    "character_set_results",
    "collation_connection",
];

impl Surroundings {
    /// The statement that makes a scratch database like the default one.
    pub(crate) fn create(&self, scratch: &str) -> String {
        format!(
            "CREATE DATABASE {scratch} CHARACTER SET {} COLLATE {}",
            self.charset, self.collation
        )
    }

    /// The statement that puts the session's settings back.
    pub(crate) fn restore(&self) -> Option<String> {
        let set = self.settings.iter().map(|(name, value)| {
            let number = !value.is_empty() && value.chars().all(|one| one.is_ascii_digit());
            match number {
                true => format!("{name} = {value}"),
                false => format!("{name} = '{value}'"),
            }
        });
        let set: Vec<String> = set.collect();
        (!set.is_empty()).then(|| format!("SET {}", set.join(", ")))
    }
}

/// Whether the server refuses because of a right (ER_DBACCESS_DENIED_ERROR, ER_SPECIFIC_ACCESS_DENIED_ERROR and their like).
pub(crate) fn lacks_right(error: &QueryError) -> bool {
    matches!(
        error.code.as_deref(),
        Some("1044" | "1045" | "1142" | "1227" | "1370")
    )
}

/// Whether the server takes no writes (ER_OPTION_PREVENTS_STATEMENT, ER_READ_ONLY_MODE).
pub(crate) fn is_read_only(error: &QueryError) -> bool {
    matches!(error.code.as_deref(), Some("1290" | "1792" | "1836"))
}

/// The statement that grants the right to make scratch databases whose names begin so.
pub(crate) fn grant(prefix: &str, user: &str) -> String {
    let pattern = prefix.replace('_', "\\_");
    format!("GRANT ALL ON `{pattern}%`.* TO {user}")
}

/// The statement that makes a database the default one.
pub(crate) fn switch(dialect: &Mysql, database: &str) -> String {
    format!("USE {}", dialect.quote(&Identifier::new(database)))
}

//! A database's schema as lines of text, in the forms of the record.

mod mysql;
mod postgres;
mod sqlite;

use std::collections::BTreeMap;

use limbeck::{
    config::{Backend, DatabaseUrl},
    dialect::{Query, Row},
    migrate::Session,
};

use super::{error::CorpusError, project::Dialect};

/// The lines of a schema; how often each occurs, because a set would hide a column that is there twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Snapshot(BTreeMap<String, usize>);

impl Snapshot {
    fn add(&mut self, line: String) {
        *self.0.entry(line).or_default() += 1;
    }

    /// What came and went since an older one, as sorted lines with a sign.
    pub(crate) fn since(&self, older: &Snapshot) -> Vec<String> {
        let mut lines = Vec::new();
        for (sign, one, other) in [('+', self, older), ('-', older, self)] {
            for (line, count) in &one.0 {
                let kept = other.0.get(line).copied().unwrap_or_default();
                for _ in kept..*count {
                    lines.push(format!("{sign}{line}"));
                }
            }
        }
        lines.sort_unstable();
        lines
    }
}

/// Reads the schema of the database at an address, as `steps.txt` tells it.
pub(crate) async fn read(url: &str, dialect: Dialect) -> Result<Snapshot, CorpusError> {
    let mut session = connect(url).await?;
    match dialect {
        Dialect::Sqlite => sqlite::read(&mut session).await,
        Dialect::Postgresql => postgres::read(&mut session).await,
        Dialect::Mysql => mysql::read(&mut session).await,
    }
}

/// The whole schema as one text, and the name of the record's file with the same.
pub(crate) async fn whole(
    url: &str,
    dialect: Dialect,
) -> Result<(String, &'static str), CorpusError> {
    Ok(match dialect {
        Dialect::Sqlite => (
            sqlite::canonical(&mut connect(url).await?).await?,
            "canon.txt",
        ),
        Dialect::Postgresql => (postgres::dump(url)?, "schema.txt"),
        Dialect::Mysql => (mysql::dump(url)?, "schema.txt"),
    })
}

/// Runs one statement, such as a row that only the application would have written.
pub(crate) async fn execute(url: &str, sql: &str) -> Result<(), CorpusError> {
    connect(url).await?.execute(sql, &[]).await?;
    Ok(())
}

/// The revisions that Alembic's version table holds, sorted; none when there is no such table.
pub(crate) async fn versions(url: &str) -> Result<Vec<String>, CorpusError> {
    let mut session = connect(url).await?;
    let Ok(rows) = session
        .query("SELECT version_num FROM alembic_version", &[])
        .await
    else {
        return Ok(Vec::new());
    };
    let mut versions: Vec<String> = rows.iter().map(|row| text(row, 0)).collect();
    versions.sort_unstable();
    Ok(versions)
}

async fn connect(url: &str) -> Result<Session<'static>, CorpusError> {
    let address = |error: &dyn std::fmt::Display| CorpusError::Address(error.to_string());
    let url: DatabaseUrl = url.parse().map_err(|error| address(&error))?;
    Ok(match url.backend() {
        Backend::Sqlite => {
            Session::connect(url.to_sqlite_options().map_err(|error| address(&error))?).await?
        }
        Backend::Postgresql => {
            let options = url
                .to_postgres_options()
                .map_err(|error| address(&error))?
                .pop();
            let options = options.ok_or_else(|| address(&"it names no host"))?;
            Session::connect(options).await?
        }
        _ => Session::connect(url.to_mysql_options().map_err(|error| address(&error))?).await?,
    })
}

/// The text of a column of a row; numbers as text, NULL as `NULL`.
fn text(row: &Row, index: usize) -> String {
    use limbeck::schema::Value;
    match row.get(index) {
        None | Some(Value::Null) => "NULL".to_owned(),
        Some(Value::Integer(number)) => number.to_string(),
        Some(Value::Boolean(flag)) => i64::from(*flag).to_string(),
        Some(Value::Bytes(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        Some(value) => value.as_text().unwrap_or_default().to_owned(),
    }
}

//! What a database has, in its own words: the judge of whether two databases are the same.
//!
//! Must not know the engine: it asks the server's catalogue itself, so that neither what inspection overlooks nor what a
//! comparison overlooks can hide here. Lines are sorted, because an order of columns or of objects says nothing.

mod mariadb;
mod postgresql;
mod sqlite;

use limbeck::{
    dialect::{DialectName, Query},
    migrate::Session,
    schema::Value,
};

/// Tables that are the engine's own.
const OWN: [&str; 3] = ["alembic_version", "limbeck_lease", "limbeck_history"];

/// Whether it is told that a table had a column or a rule by itself before it had it from its parent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Own {
    Seen,
    Unseen,
}

/// Everything there is, one line for each thing that can differ.
pub(crate) async fn portrait(session: &mut Session<'_>, own: Own) -> Vec<String> {
    let mut lines = match session.dialect() {
        DialectName::Sqlite => sqlite::lines(session).await,
        DialectName::Postgresql => postgresql::lines(session, own).await,
        _ => mariadb::lines(session).await,
    };
    lines.sort();
    lines
}

/// What is in one portrait only, with the side it is on.
pub(crate) fn differences(found: &[String], fresh: &[String]) -> Vec<String> {
    let only = |side: &str, these: &[String], those: &[String]| -> Vec<String> {
        let lines = these.iter().filter(|line| !those.contains(line));
        lines.map(|line| format!("{side}: {line}")).collect()
    };
    let mut lines = only("found", found, fresh);
    // An extension is the whole database's: no schema drops it.
    lines.retain(|line| !line.starts_with("found: extension "));
    lines.extend(only("fresh", fresh, found));
    lines
}

/// The rows of a question, as texts.
async fn ask(session: &mut Session<'_>, sql: &str) -> Vec<Vec<String>> {
    let rows = session.query(sql, &[]).await;
    let rows = rows.unwrap_or_else(|error| panic!("{error}\nin {sql}"));
    let text = |value: Value| match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        other => match other.as_text() {
            Some(text) => text.to_owned(),
            None => format!("{other:?}"),
        },
    };
    rows.into_iter()
        .map(|row| row.into_iter().map(text).collect())
        .collect()
}

/// White space made one space, outside of texts too: it says nothing here.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

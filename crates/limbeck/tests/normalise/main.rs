//! Models built on the database's own engine: what is read back, what is left behind, and what is said when it cannot be.
#![allow(
    clippy::unwrap_used,
    reason = "a test has nobody to report to but its panic"
)]

mod beside;
mod mariadb;
mod postgres;
mod privileges;
mod sqlite;

use limbeck::{
    dialect::{Dialect, dialect},
    migrate::{NormaliseError, NormaliseOptions, Session, normalise},
    models::{self, Model, SqlModel},
    schema::Database,
};

/// A model of one file.
fn model(text: &str) -> Model {
    Model::Sql(SqlModel::from_text("schema.sql", text))
}

async fn normalised(session: &mut Session<'_>, text: &str) -> Result<Database, NormaliseError> {
    normalise(session, &model(text), &NormaliseOptions::default()).await
}

fn language(session: &Session<'_>) -> Box<dyn Dialect> {
    dialect(session.dialect(), Some(session.server().version))
}

/// The default schema of the real database, and others, without the privileges about which most models say nothing.
async fn real(session: &mut Session<'_>, schemas: &[&str]) -> Database {
    Database {
        grants: None,
        ..with_grants(session, schemas).await
    }
}

async fn with_grants(session: &mut Session<'_>, schemas: &[&str]) -> Database {
    let schemas: Vec<String> = schemas.iter().map(|name| (*name).to_owned()).collect();
    let language = language(session);
    models::read(language.as_ref(), session, &schemas)
        .await
        .unwrap()
}

/// A database in parts that can be looked at one by one when they differ.
fn assert_same(left: &Database, right: &Database) {
    let lines = |database: &Database| serde_json::to_string_pretty(database).unwrap();
    let (left, right) = (lines(left), lines(right));
    for (at, (one, other)) in left.lines().zip(right.lines()).enumerate() {
        assert_eq!(one, other, "line {at} of\n{left}\n\n{right}");
    }
    assert_eq!(left.len(), right.len());
}

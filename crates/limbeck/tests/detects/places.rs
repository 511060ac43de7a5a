//! A database of each kind, and reading and building on it.

use std::path::Path;

use limbeck::{
    dialect::{DialectName, Query},
    migrate::{NormaliseOptions, Session, normalise},
    models::{self, Model, SqlModel},
    schema::Database,
};

use crate::databases::Place;

/// What is in the engine's own care.
const OWN: [&str; 3] = ["alembic_version", "limbeck_lease", "limbeck_history"];

/// An empty database, or `None` where there is no server (which says so).
pub(crate) async fn place(dialect: DialectName) -> Option<Place> {
    match dialect {
        DialectName::Sqlite => Some(Place::Memory),
        DialectName::Postgresql => limbeck_testing::postgres()
            .await
            .map(|database| Place::Server(dialect, database)),
        _ => limbeck_testing::mariadb()
            .await
            .map(|database| Place::Server(dialect, database)),
    }
}

/// The text of a file beside the tests.
pub(crate) fn text(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/autogenerate");
    std::fs::read_to_string(root.join(path)).unwrap()
}

/// Statements as a model.
pub(crate) fn model(name: &str, text: &str) -> Model {
    Model::Sql(SqlModel::from_text(name, text))
}

/// What the database's engine makes of a model.
pub(crate) async fn wanted(session: &mut Session<'_>, model: &Model) -> Database {
    normalise(session, model, &NormaliseOptions::default())
        .await
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Runs the statements of a model in the database itself.
pub(crate) async fn run(session: &mut Session<'_>, model: &Model) {
    let language = session.server().language();
    for statement in model.statements(language.as_ref()).unwrap() {
        if let Err(error) = session.execute(&statement.sql, &[]).await {
            panic!("{error}\nin {}", statement.sql);
        }
    }
}

/// What the database has in its default schema and those of `about`, without what is the engine's own.
pub(crate) async fn read(session: &mut Session<'_>, about: &[&Database]) -> Database {
    let language = session.server().language();
    let schemas: Vec<String> = about
        .iter()
        .flat_map(|database| &database.schemas)
        .map(|schema| schema.name.as_str().to_owned())
        .collect();
    let mut database = models::read(language.as_ref(), session, &schemas)
        .await
        .unwrap();
    database
        .tables
        .retain(|table| !OWN.contains(&table.name.name.as_str()));
    database
}

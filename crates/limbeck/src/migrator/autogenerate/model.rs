//! From a place to a model: what a configuration or a command line names.

use std::path::Path;

use crate::{
    config::{DatabaseUrl, ModelLocation},
    dialect::DialectName,
    migrator::{MigratorError, open_to_read},
    models::{Model, SqlModel, other_schemas, read, read_snapshot},
};

/// Who says what a model means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Normalise {
    /// The database's own engine, on a scratch place beside the database.
    #[default]
    Engine,
    /// Nobody: texts are compared as they are written.
    Off,
}

/// Reads the model at a place. Of a database all schemas are read, on MySQL the one that its address names.
///
/// # Errors
/// When a file or the database cannot be read.
pub async fn open_model(place: &ModelLocation) -> Result<Model, MigratorError> {
    match place {
        ModelLocation::Path(path) => Ok(from_path(path)?),
        ModelLocation::Database(url) => match url.as_ref() {
            Ok(url) => from_database(url).await,
            Err(error) => Err(MigratorError::Config(error.clone())),
        },
    }
}

/// A snapshot when the name ends in `.json`, else SQL.
fn from_path(path: &Path) -> Result<Model, MigratorError> {
    let is_json = path
        .extension()
        .is_some_and(|extension| extension == "json");
    Ok(match is_json && !path.is_dir() {
        true => Model::Snapshot(read_snapshot(path)?),
        false => Model::Sql(SqlModel::read(path)?),
    })
}

async fn from_database(url: &DatabaseUrl) -> Result<Model, MigratorError> {
    let mut session = open_to_read(url).await?;
    let language = session.server().language();
    // On MySQL the others are other databases, which the address does not mean.
    let schemas = match session.dialect() {
        DialectName::Mysql | DialectName::Mariadb => Vec::new(),
        _ => other_schemas(language.as_ref(), &mut session).await?,
    };
    let schema = read(language.as_ref(), &mut session, &schemas).await?;
    Ok(Model::Read {
        schema,
        dialect: session.dialect(),
    })
}

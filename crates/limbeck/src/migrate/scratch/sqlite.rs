//! SQLite: a database in memory.

use sqlx::sqlite::SqliteConnectOptions;

use super::NormaliseError;
use crate::{
    dialect::{DialectName, Query, Statement, sqlite::normalize},
    migrate::session::Session,
    models,
    schema::Database,
};

/// Builds the statements in memory. The real database is not asked at all.
pub(super) async fn build(
    _beside: &Session<'_>,
    statements: &[&Statement],
    named: Vec<String>,
) -> Result<Database, NormaliseError> {
    let place = |source| NormaliseError::place("make a scratch database in memory", source);
    let options = SqliteConnectOptions::new().in_memory(true);
    let mut scratch = Session::connect(options).await.map_err(place)?;
    for schema in &named {
        let sql = normalize::attach(schema);
        scratch.execute(&sql, &[]).await.map_err(place)?;
    }
    if let Err(failed) = scratch.send(statements, &mut |_| {}).await {
        let Some(statement) = statements.get(failed.index) else {
            return Err(place(failed.error));
        };
        return Err(NormaliseError::refused(statement, 0, failed.error));
    }
    debug_assert_eq!(scratch.dialect(), DialectName::Sqlite);
    let language = scratch.server().language();
    Ok(models::read(language.as_ref(), &mut scratch, &named).await?)
}

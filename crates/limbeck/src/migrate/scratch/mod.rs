//! The database's own engine as the normaliser: a model is built on a scratch place and read back, as the real schema
//! is read, so that both are described in the same words.
//!
//! SQLite builds it in memory. PostgreSQL builds it in scratch schemas inside a transaction that is always rolled back.
//! MySQL and MariaDB build it in scratch databases that are always dropped. Nothing that exists is touched.

mod error;
mod fate;
mod mysql;
mod names;
mod postgres;
mod privileges;
mod sqlite;
mod unchanged;

pub use error::NormaliseError;

use std::collections::HashSet;

use fate::Fate;
use unchanged::{Known, split};

use super::session::Session;
use crate::{
    dialect::{DialectName, Statement},
    models::Model,
    schema::{Database, QualifiedName},
};

/// How a model is normalised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NormaliseOptions {
    /// Schemas besides the default one that the model may name although the database does not have them yet.
    pub schemas: Vec<String>,
    /// Takes the model as it is stated, without asking the database's engine.
    pub off: bool,
}

/// What the database's own engine makes of a model: the schema that building it gives.
///
/// `session` is only lent a place beside what it has; its default schema, its settings and its transaction are as before
/// when this returns, with or without an error. [`Database::schemas`] of the answer names the other schemas that the model is about.
///
/// # Errors
/// [`NormaliseError`]: what the database says of a statement of the model with its place, or the right that is missing.
pub async fn normalise(
    session: &mut Session<'_>,
    model: &Model,
    options: &NormaliseOptions,
) -> Result<Database, NormaliseError> {
    normalise_beside(session, model, options, &Database::default()).await
}

/// The same beside a database that was read already: what the model states just as it is in `actual` is taken from there, and
/// is not built again.
///
/// # Errors
/// As [`normalise`].
pub async fn normalise_beside(
    session: &mut Session<'_>,
    model: &Model,
    options: &NormaliseOptions,
    actual: &Database,
) -> Result<Database, NormaliseError> {
    let except = HashSet::new();
    let known = Known {
        actual,
        except: &except,
    };
    known_or_built(session, model, options, known).await
}

/// What the engine makes of a schema that was read from a database, built anew by statements: some texts come out
/// differently the second time, and are the same all the same.
///
/// # Errors
/// As [`normalise`].
pub async fn renormalise(
    session: &mut Session<'_>,
    actual: &Database,
) -> Result<Database, NormaliseError> {
    let model = Model::Declared(actual.clone());
    normalise(session, &model, &NormaliseOptions::default()).await
}

/// The same for some tables, and for everything that is no table; the other tables stay as they were read.
///
/// # Errors
/// As [`normalise`].
pub async fn renormalise_some(
    session: &mut Session<'_>,
    actual: &Database,
    tables: &HashSet<QualifiedName>,
) -> Result<Database, NormaliseError> {
    let model = Model::Declared(actual.clone());
    let known = Known {
        actual,
        except: tables,
    };
    known_or_built(session, &model, &NormaliseOptions::default(), known).await
}

async fn known_or_built(
    session: &mut Session<'_>,
    model: &Model,
    options: &NormaliseOptions,
    known: Known<'_>,
) -> Result<Database, NormaliseError> {
    if let Model::Read { schema, dialect } = model
        && *dialect == session.dialect()
    {
        return Ok(schema.clone());
    }
    if options.off {
        return model.stated().cloned().ok_or(NormaliseError::NeedsEngine);
    }
    let language = match session.dialect() {
        DialectName::Mysql | DialectName::Mariadb => mysql::language(session, known).await?,
        _ => session.server().language(),
    };
    let all = model.statements(language.as_ref())?;
    let statements = fit(&all, session.dialect())?;
    let mut named = model.schemas();
    named.extend(options.schemas.iter().cloned());
    named.sort();
    named.dedup();
    let split = split(&statements, known, language.as_ref());
    let mut whole = None;
    if split.is_partial() {
        // What goes wrong with a part of the model is told of the whole.
        let built = build(session, &split.build, named.clone()).await.ok();
        whole = built.and_then(|built| split.complete(built));
    }
    let mut whole = match whole {
        Some(whole) => whole,
        None => build(session, &statements, named).await?,
    };
    whole.grants = privileges::of_model(session, model, &all, &whole).await?;
    Ok(whole)
}

async fn build(
    session: &mut Session<'_>,
    statements: &[&Statement],
    named: Vec<String>,
) -> Result<Database, NormaliseError> {
    match session.dialect() {
        DialectName::Postgresql => postgres::build(session, statements, named).await,
        DialectName::Mysql | DialectName::Mariadb => mysql::build(session, statements, named).await,
        DialectName::Sqlite | DialectName::Generic => {
            sqlite::build(session, statements, named).await
        }
    }
}

/// The statements that build something.
fn fit(statements: &[Statement], dialect: DialectName) -> Result<Vec<&Statement>, NormaliseError> {
    let mut fit = Vec::with_capacity(statements.len());
    for statement in statements {
        match fate::of(&statement.sql, dialect) {
            Fate::Run => fit.push(statement),
            Fate::Skip => tracing::debug!(sql = statement.sql, "left out of the model"),
            Fate::Refuse(reason) => {
                return Err(NormaliseError::Misplaced {
                    location: statement.location.clone(),
                    statement: statement.sql.clone(),
                    reason,
                });
            }
        }
    }
    Ok(fit)
}

/// Twelve letters that no other run has.
fn tag() -> String {
    let random = getrandom::u64().unwrap_or_else(|_| {
        // No source of chance: the clock tells two runs apart.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.map_or(0, |since| since.as_nanos() as u64)
    });
    format!("{:012x}", random & 0xffff_ffff_ffff)
}

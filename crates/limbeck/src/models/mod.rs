//! Where a wanted schema comes from; each source has one file. Must not know how a connection is opened, or how a model is
//! compared.
//!
//! A model is only a text or a value until the database's own engine has read it:
//! [`migrate::normalise`](crate::migrate::normalise) builds it on a scratch place and says what became of it.

mod database;
mod declared;
mod error;
mod renames;
mod snapshot;
mod sql;

pub use database::{ReadError, other_schemas, read};
pub use error::ModelError;
pub use snapshot::read_snapshot;
pub use sql::{SqlFile, SqlModel};

use crate::{
    dialect::{Dialect, DialectName, Statement},
    diff::RenameDecision,
    schema::Database,
};

/// A wanted schema, as its source states it.
#[derive(Clone, Debug)]
pub enum Model {
    /// Statements that create it.
    Sql(SqlModel),
    /// What a front end declares: types may be generic, constraints may have no names.
    Declared(Database),
    /// What some database had when the snapshot was written.
    Snapshot(Database),
    /// What another database has.
    Read {
        /// Its contents.
        schema: Database,
        /// The language in which its server described them.
        dialect: DialectName,
    },
}

impl Model {
    /// The schema as the model states it, where it is stated as a value.
    pub fn stated(&self) -> Option<&Database> {
        match self {
            Model::Sql(_) => None,
            Model::Declared(schema) | Model::Snapshot(schema) | Model::Read { schema, .. } => {
                Some(schema)
            }
        }
    }

    /// The statements that build it in an empty place, each with the place it was written at.
    ///
    /// # Errors
    /// [`ModelError`] for a text that cannot be split, and for an object that the database has no words for.
    pub fn statements(&self, language: &dyn Dialect) -> Result<Vec<Statement>, ModelError> {
        match self {
            Model::Sql(sql) => sql.statements(language.name()),
            Model::Declared(schema) | Model::Snapshot(schema) | Model::Read { schema, .. } => {
                declared::statements(schema, language)
            }
        }
    }

    /// What the model says about former names.
    ///
    /// # Errors
    /// [`ModelError::Rename`] for a line that cannot be read.
    pub fn renames(&self) -> Result<Vec<RenameDecision>, ModelError> {
        match self {
            Model::Sql(sql) => sql.renames(),
            Model::Declared(_) | Model::Snapshot(_) | Model::Read { .. } => Ok(Vec::new()),
        }
    }

    /// The schemas other than the default one that the model names as such.
    pub fn schemas(&self) -> Vec<String> {
        self.stated().map(declared::schemas).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;

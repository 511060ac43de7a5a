//! Operations to statements, one room per database. A dialect never imports another dialect.
//!
//! What a database can do is asked of its [`Capabilities`], which are values made from its name and version; nobody
//! asks which database it is.

mod ansi;
mod capabilities;
mod error;
mod generic;
mod inspect;
pub(crate) mod mysql;
mod name;
mod plain;
pub(crate) mod postgres;
mod query;
pub mod sqlite;
mod statement;
mod version;

use std::fmt;

pub use capabilities::{AlterForm, Capabilities, CommentForm, NameLimits};
pub use error::DdlError;
pub use generic::Generic;
pub use inspect::{InspectError, InspectionRequest, Part, Parts};
pub use mysql::Mysql;
pub use name::{DialectName, UnknownDialect};
pub use plain::Plain;
pub use postgres::Postgres;
pub use query::{BoxFuture, Query, QueryError, RefusedAt, ResultColumn, Row, StatementResult};
pub use sqlite::Sqlite;
pub use statement::{Isolation, Statement};
pub use version::{ServerVersion, VersionError};

use crate::{
    diff::Equivalence,
    operation::Operation,
    schema::{DataType, Database, Identifier, QualifiedName, Table, Value},
};

/// How values reach the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// As parameters beside the statement.
    Bound,
    /// As literals inside its text, so that a script can be run by the database's own client.
    Literal,
}

/// One database's language.
pub trait Dialect: fmt::Debug + Send + Sync {
    /// Its name.
    fn name(&self) -> DialectName;

    /// What this server, of this version, can do.
    fn capabilities(&self) -> &Capabilities;

    /// The statements that do what `operation` says, in order.
    ///
    /// # Errors
    /// [`DdlError::NeedsRebuild`] where only a copy of the whole table helps (SQLite); otherwise why the operation
    /// cannot be said on this database.
    fn statements(&self, operation: &Operation, values: Values)
    -> Result<Vec<Statement>, DdlError>;

    /// The statements with which a script asks for `operation`, with all values inside. They are those that are run, except
    /// where this program understands more than the database (`ALTER TABLE` on SQLite).
    ///
    /// # Errors
    /// [`DdlError`] when a script cannot say it.
    fn script_statements(&self, operation: &Operation) -> Result<Vec<Statement>, DdlError> {
        self.statements(operation, Values::Literal)
    }

    /// A name, quoted where this database wants it.
    fn quote(&self, name: &Identifier) -> String;

    /// A type's text.
    ///
    /// # Errors
    /// [`DdlError`] when the database has no such type.
    fn type_text(&self, data_type: &DataType) -> Result<String, DdlError>;

    /// A value as a literal.
    ///
    /// # Errors
    /// [`DdlError`] when the database has no literal for it.
    fn literal(&self, value: &Value) -> Result<String, DdlError>;

    /// The placeholder of the parameter at `position`, counted from 1.
    fn placeholder(&self, position: usize) -> String;

    /// Reads what a live database holds: a constant number of catalogue queries, however many tables there are.
    ///
    /// # Errors
    /// [`InspectError`] when the database refuses a query, or its catalogue holds what is not understood.
    fn inspect<'a>(
        &'a self,
        query: &'a mut dyn Query,
        request: &'a InspectionRequest,
    ) -> BoxFuture<'a, Result<Database, InspectError>>;

    /// What counts as equal on this database.
    fn equivalence(&self) -> &dyn Equivalence;

    /// What a statement of a model creates, where all of it can be told without the engine; `None` for everything else.
    fn plain(&self, _sql: &str) -> Option<Plain> {
        None
    }

    /// Whether building `stated`, which was read from plain statements, would give just what `actual` was read from. When in
    /// doubt it is not.
    fn states(&self, _stated: &Table, _actual: &Table) -> bool {
        false
    }

    /// A name with its schema, each quoted where this database wants it.
    fn qualified(&self, name: &QualifiedName) -> String {
        match &name.schema {
            Some(schema) => format!("{}.{}", self.quote(schema), self.quote(&name.name)),
            None => self.quote(&name.name),
        }
    }

    /// The statement that begins a transaction.
    fn begin(&self) -> &'static str {
        "BEGIN"
    }

    /// The statement that ends a transaction.
    fn commit(&self) -> &'static str {
        "COMMIT"
    }

    /// What ends a statement in a script.
    fn terminator(&self) -> &'static str {
        ";"
    }

    /// Alembic's version table: one text column, with a primary key unless the project switched it off.
    fn version_table(&self, name: &QualifiedName, primary_key: bool) -> Table {
        version_table(name, primary_key)
    }
}

/// The dialect of this name, for a server of this version; without one, for a recent server.
pub fn dialect(name: DialectName, version: Option<ServerVersion>) -> Box<dyn Dialect> {
    match name {
        DialectName::Generic => Box::new(Generic::new()),
        DialectName::Sqlite => Box::new(Sqlite::new(version)),
        DialectName::Postgresql => Box::new(Postgres::new(version)),
        DialectName::Mysql => Box::new(Mysql::new(version)),
        DialectName::Mariadb => Box::new(Mysql::mariadb(version)),
    }
}

/// Alembic's version table. Its shape is a contract: both tools use it in turn.
fn version_table(name: &QualifiedName, primary_key: bool) -> Table {
    use crate::schema::{Column, Constraint, PrimaryKey};
    let column = Column::new("version_num", DataType::string(32)).not_null();
    let table = Table::new(name.clone(), vec![column]);
    if !primary_key {
        return table;
    }
    let key = PrimaryKey::new(["version_num"]).named(format!("{}_pkc", name.name));
    table.with_constraint(Constraint::PrimaryKey(key))
}

#[cfg(test)]
mod tests;

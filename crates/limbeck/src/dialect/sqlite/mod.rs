//! SQLite.
//!
//! Its ALTER TABLE adds, renames and drops columns; everything else is answered with
//! [`DdlError::NeedsRebuild`], and a rebuild takes over. Must not know another dialect.

pub mod alter;
mod change;
pub(crate) mod connection_settings;
mod ddl;
mod equivalence;
mod in_place;
mod inspect;
pub(crate) mod lock;
pub(crate) mod normalize;
mod operation;
mod plain;
mod quirks;
pub mod rebuild;
mod reserved;
mod table_sql;
mod types;

pub use change::{ColumnPlace, ConstraintChoice, ConstraintKind, TableChange};
pub use operation::TableChanges;

use super::{
    AlterForm, BoxFuture, Capabilities, DdlError, Dialect, DialectName, InspectError,
    InspectionRequest, Plain, Query, ServerVersion, Statement, Values,
    ansi::{self, Quoting},
};
use crate::{
    diff::Equivalence,
    operation::Operation,
    schema::{DataType, Database, Identifier, Table, Value},
};

/// SQLite's language.
#[derive(Clone, Debug)]
pub struct Sqlite {
    capabilities: Capabilities,
    quoting: Quoting,
}

impl Sqlite {
    /// The language of a library of this version; without one, of 3.46.
    pub fn new(version: Option<ServerVersion>) -> Self {
        let capabilities = quirks::capabilities(version);
        Sqlite {
            quoting: Quoting::new('"', reserved::RESERVED, capabilities.backslash_escapes),
            capabilities,
        }
    }

    /// The same language, writing changes of columns as plain `ALTER` clauses of standard SQL. SQLite refuses them;
    /// Alembic writes them outside of batch mode, and offline scripts of projects that use Alembic hold them.
    pub fn with_plain_alter(mut self) -> Self {
        self.capabilities.alter = AlterForm::Clauses;
        self
    }
}

impl Dialect for Sqlite {
    fn name(&self) -> DialectName {
        DialectName::Sqlite
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn statements(
        &self,
        operation: &Operation,
        values: Values,
    ) -> Result<Vec<Statement>, DdlError> {
        ddl::statements(self, operation, values)
    }

    fn script_statements(&self, operation: &Operation) -> Result<Vec<Statement>, DdlError> {
        match self.statements(operation, Values::Literal) {
            Err(refused @ DdlError::NeedsRebuild { .. }) => {
                let Some(asked) = self.table_changes(operation)? else {
                    return Err(refused);
                };
                alter::write(self, &asked).map_err(|feature| DdlError::Unsupported {
                    dialect: self.name(),
                    subject: operation.to_string(),
                    feature,
                    advice: "create the table anew, copy its rows and drop the old one",
                })
            }
            found => found,
        }
    }

    fn quote(&self, name: &Identifier) -> String {
        self.quoting.name(name)
    }

    fn type_text(&self, data_type: &DataType) -> Result<String, DdlError> {
        types::type_text(self, data_type)
    }

    fn literal(&self, value: &Value) -> Result<String, DdlError> {
        ansi::literal(self, value, |digits| format!("X'{digits}'"))
    }

    fn placeholder(&self, _position: usize) -> String {
        "?".to_owned()
    }

    fn equivalence(&self) -> &dyn Equivalence {
        self
    }

    fn plain(&self, sql: &str) -> Option<Plain> {
        plain::read(self, sql)
    }

    fn states(&self, stated: &Table, actual: &Table) -> bool {
        plain::states(stated, actual)
    }

    fn inspect<'a>(
        &'a self,
        query: &'a mut dyn Query,
        request: &'a InspectionRequest,
    ) -> BoxFuture<'a, Result<Database, InspectError>> {
        Box::pin(inspect::inspect(self, query, request))
    }
}

#[cfg(test)]
mod tests;

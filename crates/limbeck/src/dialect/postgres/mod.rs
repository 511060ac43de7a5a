//! PostgreSQL.

mod alter;
mod ddl;
pub(crate) mod default_privileges;
mod enums;
mod equivalence;
mod grant;
mod inspect;
pub(crate) mod lease;
pub(crate) mod lock;
pub(crate) mod normalize;
mod objects;
mod plain;
mod quirks;
mod reserved;
mod types;

use super::{
    BoxFuture, Capabilities, DdlError, Dialect, DialectName, InspectError, InspectionRequest,
    Plain, Query, ServerVersion, Statement, Values,
    ansi::{self, Quoting},
};
use crate::{
    diff::Equivalence,
    operation::Operation,
    schema::{DataType, Database, Identifier, Table, Value},
};

/// PostgreSQL's language.
#[derive(Clone, Debug)]
pub struct Postgres {
    capabilities: Capabilities,
    quoting: Quoting,
}

impl Postgres {
    /// The language of a server of this version; without one, of 16.
    pub fn new(version: Option<ServerVersion>) -> Self {
        let capabilities = quirks::capabilities(version);
        Postgres {
            quoting: Quoting::new('"', reserved::RESERVED, capabilities.backslash_escapes),
            capabilities,
        }
    }
}

impl Dialect for Postgres {
    fn name(&self) -> DialectName {
        DialectName::Postgresql
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

    fn quote(&self, name: &Identifier) -> String {
        self.quoting.name(name)
    }

    fn type_text(&self, data_type: &DataType) -> Result<String, DdlError> {
        types::type_text(self, data_type)
    }

    fn literal(&self, value: &Value) -> Result<String, DdlError> {
        ansi::literal(self, value, |digits| format!("'\\x{digits}'"))
    }

    fn placeholder(&self, position: usize) -> String {
        format!("${position}")
    }

    fn equivalence(&self) -> &dyn Equivalence {
        self
    }

    fn plain(&self, sql: &str) -> Option<Plain> {
        plain::read(sql)
    }

    fn states(&self, stated: &Table, actual: &Table) -> bool {
        plain::states(self, stated, actual)
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

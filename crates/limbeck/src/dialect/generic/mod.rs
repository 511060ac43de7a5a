//! Standard SQL for a database that is none of ours: scripts are written, nothing is connected.

mod ddl;
mod equivalence;
mod quirks;
mod reserved;
mod types;

use super::{
    BoxFuture, Capabilities, DdlError, Dialect, DialectName, InspectError, InspectionRequest,
    Query, Statement, Values,
    ansi::{self, Quoting},
};
use crate::{
    diff::Equivalence,
    operation::Operation,
    schema::{DataType, Database, Identifier, Value},
};

/// Standard SQL.
#[derive(Clone, Debug)]
pub struct Generic {
    capabilities: Capabilities,
    quoting: Quoting,
}

impl Generic {
    /// Standard SQL; there is no version to tell.
    pub fn new() -> Self {
        let capabilities = quirks::capabilities();
        Generic {
            quoting: Quoting::new('"', reserved::RESERVED, capabilities.backslash_escapes),
            capabilities,
        }
    }
}

impl Default for Generic {
    fn default() -> Self {
        Generic::new()
    }
}

impl Dialect for Generic {
    fn name(&self) -> DialectName {
        DialectName::Generic
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn statements(
        &self,
        operation: &Operation,
        values: Values,
    ) -> Result<Vec<Statement>, DdlError> {
        ansi::statements(self, operation, values)
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

    fn inspect<'a>(
        &'a self,
        query: &'a mut dyn Query,
        request: &'a InspectionRequest,
    ) -> BoxFuture<'a, Result<Database, InspectError>> {
        let dialect = self.name();
        let _ = (query, request);
        Box::pin(async move { Err(InspectError::NoCatalogue { dialect }) })
    }
}

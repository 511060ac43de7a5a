//! MySQL and MariaDB: one language, two sets of capabilities.

mod abandoned;
mod alter;
mod ddl;
mod equivalence;
mod grant;
mod inspect;
pub(crate) mod lease;
pub(crate) mod lock;
pub(crate) mod normalize;
mod options;
mod plain;
mod quirks;
mod reserved;
pub(crate) mod stated_grants;
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
pub(crate) use plain::Usual;

/// The language of MySQL and of MariaDB.
#[derive(Clone, Debug)]
pub struct Mysql {
    name: DialectName,
    capabilities: Capabilities,
    quoting: Quoting,
    /// What tables have that do not say, where that is known.
    usual: Option<Usual>,
}

impl Mysql {
    /// The language of a MySQL server of this version; without one, of 8.0 as SQLAlchemy writes it offline.
    pub fn new(version: Option<ServerVersion>) -> Self {
        let capabilities = quirks::mysql(version);
        Mysql {
            name: DialectName::Mysql,
            quoting: Quoting::new('`', reserved::MYSQL, capabilities.backslash_escapes),
            capabilities,
            usual: None,
        }
    }

    /// The language of a MariaDB server of this version; without one, of 10.6 as SQLAlchemy writes it offline.
    pub fn mariadb(version: Option<ServerVersion>) -> Self {
        let capabilities = quirks::mariadb(version);
        Mysql {
            name: DialectName::Mariadb,
            quoting: Quoting::new('`', reserved::MARIADB, capabilities.backslash_escapes),
            capabilities,
            usual: None,
        }
    }

    /// The same language, for statements in a database of which this is known.
    pub(crate) fn with_usual(self, usual: Usual) -> Self {
        Mysql {
            usual: Some(usual),
            ..self
        }
    }
}

impl Dialect for Mysql {
    fn name(&self) -> DialectName {
        self.name
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
        ansi::literal(self, value, |digits| format!("X'{digits}'"))
    }

    fn placeholder(&self, _position: usize) -> String {
        "?".to_owned()
    }

    fn begin(&self) -> &'static str {
        "START TRANSACTION"
    }

    fn equivalence(&self) -> &dyn Equivalence {
        self
    }

    fn plain(&self, sql: &str) -> Option<Plain> {
        plain::read(self, sql)
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

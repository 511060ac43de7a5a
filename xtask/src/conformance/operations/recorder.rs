//! The context that a case's script runs on: writes down the statements that its operations are.

use limbeck::{
    dialect::{
        BoxFuture, Dialect, DialectName, Mysql, Postgres, Sqlite, Statement, StatementResult,
        Values,
    },
    operation::{Operation, SourceLocation},
    script::{ContextError, ScriptContext},
};

/// Writes statements down.
pub(super) struct Recorder {
    dialect: Box<dyn Dialect>,
    offline: bool,
    /// The statements, in order.
    pub(super) texts: Vec<String>,
    /// Whether one of them has parameters.
    pub(super) bound: bool,
}

impl Recorder {
    /// The dialects as Alembic has them without a connection; SQLite's without batch mode.
    pub(super) fn new(name: DialectName, offline: bool) -> Self {
        let dialect: Box<dyn Dialect> = match name {
            DialectName::Sqlite => Box::new(Sqlite::new(None).with_plain_alter()),
            DialectName::Postgresql => Box::new(Postgres::new(None)),
            DialectName::Mysql => Box::new(Mysql::new(None)),
            _ => Box::new(Mysql::mariadb(None)),
        };
        Recorder {
            dialect,
            offline,
            texts: Vec::new(),
            bound: false,
        }
    }

    fn write(&mut self, statement: Statement) {
        let bound = !statement.parameters.is_empty();
        self.bound |= bound;
        // One statement for all rows is what the driver makes of `executemany`.
        if bound && self.texts.last() == Some(&statement.sql) {
            return;
        }
        self.texts.push(statement.sql);
    }
}

impl ScriptContext for Recorder {
    fn dialect(&self) -> DialectName {
        self.dialect.name()
    }

    fn is_offline(&self) -> bool {
        self.offline
    }

    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        _location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>> {
        Box::pin(async move {
            let values = if self.offline {
                Values::Literal
            } else {
                Values::Bound
            };
            let statements = self
                .dialect
                .statements(&operation, values)
                .map_err(ContextError::new)?;
            for statement in statements {
                self.write(statement);
            }
            Ok(())
        })
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        Box::pin(async move {
            self.write(statement);
            Ok(StatementResult {
                columns: None,
                rows: Vec::new(),
                rows_changed: 0,
                last_insert_id: None,
            })
        })
    }
}

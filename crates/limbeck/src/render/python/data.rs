//! Rows, and SQL of the script's own.

use super::{Call, Writer, literal};
use crate::{
    dialect::{Isolation, Statement},
    operation::{BulkInsert, Execute},
    schema::Value,
};

impl Writer<'_> {
    /// `op.execute(…)`
    pub(super) fn execute(&self, execute: &Execute) -> Vec<String> {
        let statement = Statement::new(execute.sql.as_str());
        if execute.autocommit {
            self.statement(&statement.autocommit())
        } else {
            self.statement(&statement)
        }
    }

    /// A statement as a directive; what must not run in a transaction gets a block around it.
    pub(super) fn statement(&self, statement: &Statement) -> Vec<String> {
        let sql = literal::sql(&statement.sql);
        let lines: Vec<&str> = statement.sql.split_inclusive('\n').collect();
        let name = format!("{}execute", self.settings.alembic_module_prefix);
        let call = if lines.len() > 1 {
            // One literal a line: exact, and readable.
            let lines: Vec<String> = lines.into_iter().map(literal::sql).collect();
            format!("{name}(\n    {}\n)", lines.join("\n    "))
        } else {
            format!("{name}({sql})")
        };
        if statement.isolation == Isolation::Transaction {
            return vec![call];
        }
        let block = format!(
            "with {}get_context().autocommit_block():",
            self.settings.alembic_module_prefix
        );
        vec![block, call, String::new()]
    }

    /// `op.bulk_insert(…)`; `None` where a value has no plain literal in Python.
    pub(super) fn bulk_insert(&self, insert: &BulkInsert) -> Option<String> {
        let mut table = Call::new(self.sqlalchemy("table"));
        table.argument(literal::string(insert.table.name.as_str()));
        for column in &insert.columns {
            let name = literal::string(column.as_str());
            table.argument(format!("{}({name})", self.sqlalchemy("column")));
        }
        table.keyword_if("schema", self.schema_of(&insert.table));
        let mut rows = Vec::with_capacity(insert.rows.len());
        for row in &insert.rows {
            let mut values = Vec::with_capacity(row.len());
            for (column, value) in insert.columns.iter().zip(row) {
                let name = literal::string(column.as_str());
                values.push(format!("{name}: {}", plain(value)?));
            }
            rows.push(format!("    {{{}}},\n", values.join(", ")));
        }
        let name = self.directive("bulk_insert");
        Some(format!("{name}({}, [\n{}])", table.text(), rows.concat()))
    }
}

/// A value as a literal that needs no import.
fn plain(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "None".to_owned(),
        Value::Boolean(flag) => literal::boolean(*flag),
        Value::Integer(number) => number.to_string(),
        Value::Unsigned(number) => number.to_string(),
        Value::Text(text) => literal::string(text),
        _ => return None,
    })
}

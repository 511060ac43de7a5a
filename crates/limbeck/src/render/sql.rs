//! Operations to the statements of a `.sql` script.

use super::{RenderError, SqlText};
use crate::{dialect::Isolation, operation::Operation};

/// The statements of `operations` in order, one after the other with a blank line between operations; empty for none.
/// What has to run outside a transaction is preceded by the directive that says so.
///
/// # Errors
/// [`RenderError`] when the database has no statement for an operation.
pub fn sql_script(sql: &dyn SqlText, operations: &[Operation]) -> Result<String, RenderError> {
    let mut parts = Vec::with_capacity(operations.len());
    for operation in operations {
        let mut part = String::new();
        for statement in sql.statements(operation)? {
            if statement.isolation == Isolation::Autocommit {
                part.push_str("-- limbeck: no transaction for next statement\n");
            }
            part.push_str(statement.sql.trim_end().trim_end_matches(';'));
            part.push_str(";\n");
        }
        if !part.is_empty() {
            parts.push(part);
        }
    }
    Ok(parts.join("\n"))
}

//! SQLite's engine as the normaliser: a database in memory is the scratch place, and goes with its connection.

use super::table_sql::quote;

/// The statement that makes an attached schema, which is a database of its own.
pub(crate) fn attach(schema: &str) -> String {
    format!("ATTACH DATABASE ':memory:' AS {}", quote(schema))
}

//! Settings of a connection that a run changes for its time. A run that is cut off cannot ask for anything any more, so what it
//! has to leave behind is known from its beginning.

use crate::{
    dialect::{Query, QueryError},
    schema::Value,
};

/// The settings as a run found them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConnectionSettings {
    flags: [bool; FLAGS.len()],
    busy_timeout: i64,
}

const FLAGS: [&str; 4] = [
    "foreign_keys",
    "legacy_alter_table",
    "ignore_check_constraints",
    "writable_schema",
];

impl ConnectionSettings {
    /// Reads them.
    pub(crate) async fn read(query: &mut dyn Query) -> Result<Self, QueryError> {
        let sql = "SELECT foreign_keys, legacy_alter_table, ignore_check_constraints, writable_schema, timeout \
                   FROM pragma_foreign_keys, pragma_legacy_alter_table, pragma_ignore_check_constraints, \
                   pragma_writable_schema, pragma_busy_timeout";
        let row = query.query(sql, &[]).await?.into_iter().next();
        let row = row.unwrap_or_default();
        let number = |index: usize| {
            let value = row.get(index).and_then(Value::as_integer);
            value.unwrap_or_default()
        };
        Ok(ConnectionSettings {
            flags: std::array::from_fn(|index| number(index) != 0),
            busy_timeout: number(FLAGS.len()),
        })
    }

    /// The statements that put them back, to be run outside a transaction.
    pub(crate) fn restore(&self) -> Vec<String> {
        let flags = FLAGS.iter().zip(self.flags).map(|(name, on)| {
            let value = match (*name, on) {
                (_, true) => "ON",
                // Off, and what this connection remembers of a schema that was rolled back is dropped.
                ("writable_schema", false) => "RESET",
                (_, false) => "OFF",
            };
            format!("PRAGMA {name} = {value}")
        });
        let timeout = format!("PRAGMA busy_timeout = {}", self.busy_timeout);
        flags.chain([timeout]).collect()
    }
}

//! Triggers.

use serde::{Deserialize, Serialize};

use super::{Identifier, QualifiedName};

/// A trigger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// Its name. PostgreSQL counts it per table, the others per schema, which is the table's.
    pub name: Identifier,
    /// The table (or view) that it watches.
    pub table: QualifiedName,
    /// The whole `CREATE TRIGGER …` statement, without terminator.
    pub definition: String,
}

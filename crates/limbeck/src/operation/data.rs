//! Operations on rows, and SQL of the script's own.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Batches, Irreversible, Operation, SourceLocation, reverse::Describe};
use crate::schema::{Identifier, QualifiedName, Value};

/// Inserts rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkInsert {
    /// The table.
    pub table: QualifiedName,
    /// The columns that get values.
    pub columns: Vec<Identifier>,
    /// The rows, each with one value per column.
    pub rows: Vec<Vec<Value>>,
}

/// Runs a statement as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Execute {
    /// The statement, without terminator, with the database's own placeholders.
    pub sql: String,
    /// Values for its placeholders.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Value>,
    /// Where the script wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<SourceLocation>,
    /// Runs outside a transaction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub autocommit: bool,
    /// Runs a batch of rows at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batches: Option<Batches>,
}

impl Execute {
    /// A statement without parameters.
    pub fn new(sql: impl Into<String>) -> Self {
        Execute {
            sql: sql.into(),
            parameters: Vec::new(),
            location: None,
            autocommit: false,
            batches: None,
        }
    }
}

impl fmt::Display for BulkInsert {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "insert {} rows into {}",
            self.rows.len(),
            self.table
        )
    }
}

impl Describe for BulkInsert {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Err(Irreversible::new(
            self,
            "rows that look the same may have been there before; delete by a key of your own",
        ))
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for Execute {
    /// The statement's first line, cut to 72 characters.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.sql.trim().lines().next().unwrap_or_default();
        write!(
            formatter,
            "execute {}",
            line.chars().take(72).collect::<String>()
        )?;
        if line.chars().count() > 72 || self.sql.trim().lines().count() > 1 {
            formatter.write_str(" …")?;
        }
        Ok(())
    }
}

impl Describe for Execute {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Err(Irreversible::new(
            self,
            "what a statement of the script's own does is not known",
        ))
    }
}

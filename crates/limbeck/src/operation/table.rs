//! Operations on whole tables.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Identifier, QualifiedName, Table, TableOptions};

/// Creates a table with its indexes and comments, and the enum types its columns bring along.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateTable {
    /// The table.
    pub table: Table,
    /// Does nothing where a table of this name exists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_not_exists: bool,
}

/// Drops a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropTable {
    /// Its name.
    pub table: QualifiedName,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The table as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Table>,
}

/// Gives a table another name in its schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameTable {
    /// Its name.
    pub table: QualifiedName,
    /// Its new name.
    pub new_name: Identifier,
}

/// Sets or removes a table's comment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetTableComment {
    /// The table.
    pub table: QualifiedName,
    /// The comment; `None` removes it.
    #[serde(default)]
    pub comment: Option<String>,
    /// The comment there was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<String>,
}

/// Changes what only some databases know about a table (engine, character set, storage parameters, STRICT …).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetTableOptions {
    /// The table.
    pub table: QualifiedName,
    /// The options to set; what they leave out stays.
    pub options: TableOptions,
    /// The options there were, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<TableOptions>,
}

/// Writes a table's stored definition anew, as its database's dialect writes that of a new table: Alembic's batch mode leaves
/// tables like that. Only SQLite stores a text of its own; elsewhere there is nothing to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestateTable {
    /// The table.
    pub table: QualifiedName,
    /// Columns and constraints that the script has just stated: their defaults and actions stay as it wrote them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<Identifier>,
}

impl fmt::Display for CreateTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "create table {}", self.table.name)
    }
}

impl Describe for CreateTable {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropTable {
            table: self.table.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.table.clone()),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table.name)
    }
}

impl fmt::Display for DropTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop table {}", self.table)
    }
}

impl Describe for DropTable {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let table = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateTable {
            table,
            if_not_exists: false,
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for RenameTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "rename table {} to {}",
            self.table, self.new_name
        )
    }
}

impl Describe for RenameTable {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(RenameTable {
            table: self.table.sibling(self.new_name.clone()),
            new_name: self.table.name.clone(),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for SetTableComment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.comment.is_some() {
            "set"
        } else {
            "remove"
        };
        write!(formatter, "{verb} comment of table {}", self.table)
    }
}

impl Describe for SetTableComment {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(SetTableComment {
            table: self.table.clone(),
            comment: self.existing.clone(),
            existing: self.comment.clone(),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for SetTableOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "set options of table {}", self.table)
    }
}

impl Describe for SetTableOptions {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let existing = self
            .existing
            .clone()
            .ok_or_else(|| Irreversible::new(self, "the options there were are not described"))?;
        Ok(SetTableOptions {
            table: self.table.clone(),
            options: existing,
            existing: Some(self.options.clone()),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for RestateTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "restate table {}", self.table)
    }
}

impl Describe for RestateTable {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(self.clone().into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

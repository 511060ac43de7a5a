//! Operations on indexes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Identifier, Index, QualifiedName};

/// Creates an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateIndex {
    /// The table.
    pub table: QualifiedName,
    /// The index.
    pub index: Index,
    /// Does nothing where an index of this name exists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_not_exists: bool,
    /// Lets others write meanwhile (PostgreSQL); runs outside a transaction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub concurrently: bool,
}

/// Drops an index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropIndex {
    /// The index, in the schema of its table.
    pub index: QualifiedName,
    /// The table. MySQL needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<QualifiedName>,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Lets others write meanwhile (PostgreSQL); runs outside a transaction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub concurrently: bool,
    /// The index as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Index>,
}

/// Gives an index another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameIndex {
    /// The index, in the schema of its table.
    pub index: QualifiedName,
    /// The table. MySQL and SQLite need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<QualifiedName>,
    /// Its new name.
    pub new_name: Identifier,
    /// The index, for databases that can only drop and create it (SQLite).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<Index>,
}

impl fmt::Display for CreateIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unique = if self.index.unique { "unique " } else { "" };
        write!(formatter, "create {unique}index")?;
        if let Some(name) = &self.index.name {
            write!(formatter, " {name}")?;
        }
        write!(formatter, " on {}", self.table)
    }
}

impl Describe for CreateIndex {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let name = self
            .index
            .name
            .clone()
            .ok_or_else(|| Irreversible::new(self, "the index has no name; give it one"))?;
        Ok(DropIndex {
            index: self.table.sibling(name),
            table: Some(self.table.clone()),
            if_exists: false,
            concurrently: self.concurrently,
            original: Some(self.index.clone()),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for DropIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop index {}", self.index)
    }
}

impl Describe for DropIndex {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let (Some(index), Some(table)) = (self.original.clone(), self.table.clone()) else {
            return Err(not_described(self));
        };
        Ok(CreateIndex {
            table,
            index,
            if_not_exists: false,
            concurrently: self.concurrently,
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        self.table.as_ref()
    }
}

impl fmt::Display for RenameIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "rename index {} to {}",
            self.index, self.new_name
        )
    }
}

impl Describe for RenameIndex {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let renamed = |definition: &Index| Index {
            name: Some(self.new_name.clone()),
            ..definition.clone()
        };
        Ok(RenameIndex {
            index: self.index.sibling(self.new_name.clone()),
            table: self.table.clone(),
            new_name: self.index.name.clone(),
            definition: self.definition.as_ref().map(renamed),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        self.table.as_ref()
    }
}

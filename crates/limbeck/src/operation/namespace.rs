//! Operations on schemas, the namespaces of a database.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Identifier, Schema};

/// Creates a schema (on MySQL: a database).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateSchema {
    /// The schema.
    pub schema: Schema,
    /// Does nothing where one of this name exists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_not_exists: bool,
}

/// Drops a schema.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropSchema {
    /// Its name.
    pub name: Identifier,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The schema as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Schema>,
}

/// Gives a schema another name (PostgreSQL).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameSchema {
    /// Its name.
    pub name: Identifier,
    /// Its new name.
    pub new_name: Identifier,
}

impl fmt::Display for CreateSchema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "create schema {}", self.schema.name)
    }
}

impl Describe for CreateSchema {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropSchema {
            name: self.schema.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.schema.clone()),
        }
        .into())
    }
}

impl fmt::Display for DropSchema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop schema {}", self.name)
    }
}

impl Describe for DropSchema {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        if self.cascade {
            return Err(Irreversible::new(
                self,
                "what went with the schema is not described",
            ));
        }
        let schema = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateSchema {
            schema,
            if_not_exists: false,
        }
        .into())
    }
}

impl fmt::Display for RenameSchema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "rename schema {} to {}",
            self.name, self.new_name
        )
    }
}

impl Describe for RenameSchema {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(RenameSchema {
            name: self.new_name.clone(),
            new_name: self.name.clone(),
        }
        .into())
    }
}

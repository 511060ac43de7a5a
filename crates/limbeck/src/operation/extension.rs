//! Operations on extensions (PostgreSQL).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Extension, Identifier};

/// Installs an extension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateExtension {
    /// The extension.
    pub extension: Extension,
    /// Does nothing where one of this name exists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_not_exists: bool,
}

/// Removes an extension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropExtension {
    /// Its name.
    pub name: Identifier,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The extension as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Extension>,
}

impl fmt::Display for CreateExtension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "create extension {}", self.extension.name)
    }
}

impl Describe for CreateExtension {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropExtension {
            name: self.extension.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.extension.clone()),
        }
        .into())
    }
}

impl fmt::Display for DropExtension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop extension {}", self.name)
    }
}

impl Describe for DropExtension {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let extension = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateExtension {
            extension,
            if_not_exists: false,
        }
        .into())
    }
}

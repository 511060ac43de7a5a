//! Operations on sequences (PostgreSQL, MariaDB).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Identifier, QualifiedName, Sequence};

/// Creates a sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateSequence {
    /// The sequence.
    pub sequence: Sequence,
    /// Does nothing where one of this name exists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_not_exists: bool,
}

/// Changes how a sequence counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlterSequence {
    /// The sequence as it will be.
    pub sequence: Sequence,
    /// The sequence as it is, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<Sequence>,
}

/// Drops a sequence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropSequence {
    /// Its name.
    pub name: QualifiedName,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// The sequence as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Sequence>,
}

/// Gives a sequence another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameSequence {
    /// Its name.
    pub name: QualifiedName,
    /// Its new name.
    pub new_name: Identifier,
}

impl fmt::Display for CreateSequence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "create sequence {}", self.sequence.name)
    }
}

impl Describe for CreateSequence {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropSequence {
            name: self.sequence.name.clone(),
            if_exists: false,
            original: Some(self.sequence.clone()),
        }
        .into())
    }
}

impl fmt::Display for AlterSequence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "alter sequence {}", self.sequence.name)
    }
}

impl Describe for AlterSequence {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let existing = self
            .existing
            .clone()
            .ok_or_else(|| Irreversible::new(self, "the sequence as it was is not described"))?;
        Ok(AlterSequence {
            sequence: existing,
            existing: Some(self.sequence.clone()),
        }
        .into())
    }
}

impl fmt::Display for DropSequence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop sequence {}", self.name)
    }
}

impl Describe for DropSequence {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let sequence = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateSequence {
            sequence,
            if_not_exists: false,
        }
        .into())
    }
}

impl fmt::Display for RenameSequence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "rename sequence {} to {}",
            self.name, self.new_name
        )
    }
}

impl Describe for RenameSequence {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(RenameSequence {
            name: self.name.sibling(self.new_name.clone()),
            new_name: self.name.name.clone(),
        }
        .into())
    }
}

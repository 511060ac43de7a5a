//! Operations on domains (PostgreSQL).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Domain, QualifiedName};

/// Creates a domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateDomain {
    /// The domain.
    pub domain: Domain,
}

/// Drops a domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropDomain {
    /// Its name.
    pub name: QualifiedName,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// The domain as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Domain>,
}

/// Changes a domain's default, conditions, or whether it takes NULL. Its type stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlterDomain {
    /// The domain as it will be.
    pub domain: Domain,
    /// The domain as it is: what differs is changed.
    pub existing: Domain,
}

impl fmt::Display for AlterDomain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "alter domain {}", self.domain.name)
    }
}

impl Describe for AlterDomain {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(AlterDomain {
            domain: self.existing.clone(),
            existing: self.domain.clone(),
        }
        .into())
    }
}

impl fmt::Display for CreateDomain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "create domain {}", self.domain.name)
    }
}

impl Describe for CreateDomain {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropDomain {
            name: self.domain.name.clone(),
            if_exists: false,
            original: Some(self.domain.clone()),
        }
        .into())
    }
}

impl fmt::Display for DropDomain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop domain {}", self.name)
    }
}

impl Describe for DropDomain {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let domain = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateDomain { domain }.into())
    }
}

//! Operations on row-level security (PostgreSQL).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Identifier, Policy, QualifiedName};

/// Creates a policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreatePolicy {
    /// The policy.
    pub policy: Policy,
}

/// Drops a policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropPolicy {
    /// Its name.
    pub name: Identifier,
    /// Its table.
    pub table: QualifiedName,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// The policy as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Policy>,
}

/// Switches a table's row-level security.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SetRowSecurity {
    /// The table.
    pub table: QualifiedName,
    /// Whether policies are asked; nothing changes if unsaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Whether they are asked for the table's owner, too; nothing changes if unsaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forced: Option<bool>,
}

impl fmt::Display for CreatePolicy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "create policy {} on {}",
            self.policy.name, self.policy.table
        )
    }
}

impl Describe for CreatePolicy {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropPolicy {
            name: self.policy.name.clone(),
            table: self.policy.table.clone(),
            if_exists: false,
            original: Some(self.policy.clone()),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.policy.table)
    }
}

impl fmt::Display for DropPolicy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop policy {} on {}", self.name, self.table)
    }
}

impl Describe for DropPolicy {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let policy = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreatePolicy { policy }.into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for SetRowSecurity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "set row security of {}", self.table)
    }
}

impl Describe for SetRowSecurity {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(SetRowSecurity {
            table: self.table.clone(),
            enabled: self.enabled.map(|on| !on),
            forced: self.forced.map(|on| !on),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

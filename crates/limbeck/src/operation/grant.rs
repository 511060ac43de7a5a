//! Operations on privileges.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Irreversible, Operation, reverse::Describe};
use crate::schema::{Grant, GrantTarget, QualifiedName};

/// Gives privileges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GrantPrivileges {
    /// What is granted.
    pub grant: Grant,
    /// Whether the privileges are there, and only the right to grant them on is new.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_option: bool,
}

/// Takes privileges away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RevokePrivileges {
    /// What was granted.
    pub grant: Grant,
    /// Whether the privileges stay, and only the right to grant them on goes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_option: bool,
}

fn table(grant: &Grant) -> Option<&QualifiedName> {
    match &grant.on {
        GrantTarget::Table(name) => Some(name),
        _ => None,
    }
}

impl fmt::Display for GrantPrivileges {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "grant {} to {}", self.grant, self.grant.to)
    }
}

impl Describe for GrantPrivileges {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(RevokePrivileges {
            grant: self.grant.clone(),
            only_option: self.only_option,
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        table(&self.grant)
    }
}

impl fmt::Display for RevokePrivileges {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "revoke {} from {}", self.grant, self.grant.to)
    }
}

impl Describe for RevokePrivileges {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(GrantPrivileges {
            grant: self.grant.clone(),
            only_option: self.only_option,
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        table(&self.grant)
    }
}

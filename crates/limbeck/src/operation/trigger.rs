//! Operations on triggers.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Identifier, QualifiedName, Trigger};

/// Creates a trigger by its full text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateTrigger {
    /// The trigger.
    pub trigger: Trigger,
}

/// Drops a trigger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropTrigger {
    /// Its name.
    pub name: Identifier,
    /// The table it watches.
    pub table: QualifiedName,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The trigger as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Trigger>,
}

impl fmt::Display for CreateTrigger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "create trigger {} on {}",
            self.trigger.name, self.trigger.table
        )
    }
}

impl Describe for CreateTrigger {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropTrigger {
            name: self.trigger.name.clone(),
            table: self.trigger.table.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.trigger.clone()),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.trigger.table)
    }
}

impl fmt::Display for DropTrigger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop trigger {} on {}", self.name, self.table)
    }
}

impl Describe for DropTrigger {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let trigger = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateTrigger { trigger }.into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

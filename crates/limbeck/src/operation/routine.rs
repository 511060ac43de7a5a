//! Operations on functions and procedures.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{QualifiedName, Routine, RoutineKind};

/// Creates a function or procedure by its full text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateRoutine {
    /// The routine.
    pub routine: Routine,
    /// The routine that is replaced, for the way back; the text says `OR REPLACE` itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<Routine>,
}

/// Drops a function or procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropRoutine {
    /// What it is.
    pub kind: RoutineKind,
    /// Its name.
    pub name: QualifiedName,
    /// The types of its arguments, which tell overloads apart (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The routine as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Routine>,
}

impl fmt::Display for CreateRoutine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "create {} {}",
            self.routine.kind, self.routine.name
        )
    }
}

impl Describe for CreateRoutine {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        if let Some(replaced) = self.replaced.clone() {
            return Ok(CreateRoutine {
                routine: replaced,
                replaced: Some(self.routine.clone()),
            }
            .into());
        }
        Ok(DropRoutine {
            kind: self.routine.kind,
            name: self.routine.name.clone(),
            signature: self.routine.signature.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.routine.clone()),
        }
        .into())
    }
}

impl fmt::Display for DropRoutine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop {} {}", self.kind, self.name)
    }
}

impl Describe for DropRoutine {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let routine = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(CreateRoutine {
            routine,
            replaced: None,
        }
        .into())
    }
}

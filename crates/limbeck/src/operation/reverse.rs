//! The way back of an operation.

use std::fmt;

use super::Operation;
use crate::schema::QualifiedName;

/// An operation that cannot be undone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot reverse '{operation}': {reason}")]
pub struct Irreversible {
    /// The operation in one line.
    pub operation: String,
    /// Why there is no way back, and what would make one.
    pub reason: String,
}

impl Irreversible {
    /// `operation` has no reverse because of `reason`.
    pub fn new(operation: &impl fmt::Display, reason: impl Into<String>) -> Self {
        Irreversible {
            operation: operation.to_string(),
            reason: reason.into(),
        }
    }
}

/// What every operation can tell about itself.
pub(super) trait Describe: fmt::Display {
    /// The operation that undoes it.
    fn reverse(&self) -> Result<Operation, Irreversible>;

    /// The table it changes.
    fn table(&self) -> Option<&QualifiedName> {
        None
    }
}

/// The error of a drop that was not told what it drops.
pub(super) fn not_described(operation: &impl fmt::Display) -> Irreversible {
    Irreversible::new(
        operation,
        "what is dropped is not described; write the reverse by hand",
    )
}

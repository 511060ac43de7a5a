//! Functions and procedures.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::QualifiedName;

/// A function or procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routine {
    /// What it is.
    pub kind: RoutineKind,
    /// Its name.
    pub name: QualifiedName,
    /// The types of its arguments as one text, which tells overloads apart (PostgreSQL): `integer, text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The whole `CREATE …` statement, without terminator.
    pub definition: String,
}

/// What a routine is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutineKind {
    /// A function.
    Function,
    /// A procedure.
    Procedure,
}

impl fmt::Display for RoutineKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            RoutineKind::Function => "function",
            RoutineKind::Procedure => "procedure",
        })
    }
}

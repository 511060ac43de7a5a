//! Row-level-security policies (PostgreSQL).

use serde::{Deserialize, Serialize};

use super::{Identifier, QualifiedName};

/// Who may see and write which rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its name, unique in the table.
    pub name: Identifier,
    /// The table.
    pub table: QualifiedName,
    /// Restricts what other policies permit, instead of permitting more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restrictive: bool,
    /// The statements it is for.
    #[serde(default)]
    pub command: PolicyCommand,
    /// The roles it is for; empty for everyone. `PUBLIC` and `CURRENT_USER` are words, written unquoted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Identifier>,
    /// The rows that may be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<String>,
    /// The rows that may be written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_check: Option<String>,
}

/// The statements a policy is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyCommand {
    /// All of them.
    #[default]
    All,
    /// `SELECT`.
    Select,
    /// `INSERT`.
    Insert,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
}

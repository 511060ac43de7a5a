//! CHECK constraints.

use serde::{Deserialize, Serialize};

use super::{Deferral, Identifier};

/// A condition that every row meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Identifier>,
    /// The condition.
    pub condition: Condition,
    /// The constraint stands for a type that the database may have itself (boolean, enum): a dialect that has the
    /// type leaves the constraint out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_type: bool,
    /// Existing rows are not tested (PostgreSQL `NOT VALID`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// Not inherited by child tables (PostgreSQL `NO INHERIT`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_inherit: bool,
    /// Written, but not applied (MySQL 8 `NOT ENFORCED`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_enforced: bool,
    /// When it is tested.
    #[serde(default, skip_serializing_if = "Deferral::is_default")]
    pub deferral: Deferral,
    /// SQLite `ON CONFLICT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_conflict: Option<String>,
}

/// What a CHECK says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// A SQL expression.
    Expression(String),
    /// The column's value is one of these texts (an enum without a type of its own).
    OneOf {
        /// The column.
        column: Identifier,
        /// The texts.
        values: Vec<String>,
    },
    /// The column's value is 0 or 1 (a boolean without a type of its own).
    ZeroOrOne {
        /// The column.
        column: Identifier,
    },
}

impl Check {
    /// A CHECK with a SQL expression.
    pub fn new(condition: impl Into<String>) -> Self {
        Check {
            name: None,
            condition: Condition::Expression(condition.into()),
            of_type: false,
            not_valid: false,
            no_inherit: false,
            not_enforced: false,
            deferral: Deferral::default(),
            on_conflict: None,
        }
    }

    /// The same CHECK under a name.
    pub fn named(mut self, name: impl Into<Identifier>) -> Self {
        self.name = Some(name.into());
        self
    }
}

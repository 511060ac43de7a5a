//! Columns and where their values come from.

use serde::{Deserialize, Serialize};

use super::{Check, DataType, Identifier, ModelOption, SequenceOptions};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: Identifier,
    /// Its type.
    pub data_type: DataType,
    /// Whether it takes NULL.
    pub nullable: bool,
    /// Whether the script said so itself. MariaDB refuses `NOT NULL` on a computed column, so the dialect leaves it
    /// out when nobody asked for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable_unstated: bool,
    /// Where its value comes from when none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<ColumnDefault>,
    /// Whether the database numbers the rows by it: `None` lets the dialect decide (a single integer primary key
    /// without default and foreign key does).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autoincrement: Option<bool>,
    /// Comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// CHECKs written in the column's own definition. An inspected table has all its CHECKs among its constraints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// SQLite: what `NOT NULL` does on a conflict (`ROLLBACK`, `ABORT`, `FAIL`, `IGNORE`, `REPLACE`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_conflict: Option<String>,
    /// Every table of this database has it by itself (PostgreSQL `xmin`): no statement creates it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub system: bool,
    /// Options for which there is no field here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub model_options: Vec<ModelOption>,
}

impl Column {
    /// A column that takes NULL and has no default.
    pub fn new(name: impl Into<Identifier>, data_type: DataType) -> Self {
        Column {
            name: name.into(),
            data_type,
            nullable: true,
            nullable_unstated: false,
            default: None,
            autoincrement: None,
            comment: None,
            checks: Vec::new(),
            on_conflict: None,
            system: false,
            model_options: Vec::new(),
        }
    }

    /// The same column, refusing NULL.
    pub fn not_null(mut self) -> Self {
        self.nullable = false;
        self
    }

    /// The same column with a default.
    pub fn with_default(mut self, default: ColumnDefault) -> Self {
        self.default = Some(default);
        self
    }

    /// The same column with a comment.
    pub fn with_comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// The computed expression, if the column has one.
    pub fn computed(&self) -> Option<&Computed> {
        match &self.default {
            Some(ColumnDefault::Computed(computed)) => Some(computed),
            _ => None,
        }
    }

    /// The identity, if the column has one.
    pub fn identity(&self) -> Option<&Identity> {
        match &self.default {
            Some(ColumnDefault::Identity(identity)) => Some(identity),
            _ => None,
        }
    }
}

/// Where a column's value comes from when none is given. SQL allows one of these, never two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnDefault {
    /// A text, written as a string literal.
    Literal(String),
    /// A SQL expression, written as it stands.
    Expression(String),
    /// `GENERATED ALWAYS AS (…)`.
    Computed(Computed),
    /// `GENERATED … AS IDENTITY`.
    Identity(Identity),
}

/// A column computed from others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// The expression.
    pub expression: String,
    /// Stored (`true`), computed when read (`false`), or as the database prefers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persisted: Option<bool>,
}

/// Rows numbered by a sequence that belongs to the column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `ALWAYS`, as opposed to `BY DEFAULT`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub always: bool,
    /// How it counts.
    #[serde(default, skip_serializing_if = "SequenceOptions::is_default")]
    pub options: SequenceOptions,
    /// Options for which there is no field here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub model_options: Vec<ModelOption>,
}

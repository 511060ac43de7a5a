//! Sequences.

use serde::{Deserialize, Serialize};

use super::{DataType, Identifier, QualifiedName};

/// A sequence (PostgreSQL, MariaDB).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// Its name.
    pub name: QualifiedName,
    /// The type of its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<DataType>,
    /// How it counts.
    #[serde(default, skip_serializing_if = "SequenceOptions::is_default")]
    pub options: SequenceOptions,
    /// The column it belongs to (`OWNED BY`), with the table's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<(QualifiedName, Identifier)>,
}

/// How a sequence or an identity column counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceOptions {
    /// Step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub increment: Option<i64>,
    /// First number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// Smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    /// Largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<i64>,
    /// `NO MINVALUE`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_minimum: bool,
    /// `NO MAXVALUE`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_maximum: bool,
    /// Numbers kept in memory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache: Option<i64>,
    /// Whether it starts again at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<bool>,
}

impl SequenceOptions {
    /// Whether nothing is said.
    pub fn is_default(&self) -> bool {
        *self == SequenceOptions::default()
    }
}

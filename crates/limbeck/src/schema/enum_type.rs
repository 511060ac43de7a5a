//! Types that a schema defines: enums and domains.

use serde::{Deserialize, Serialize};

use super::{Check, ColumnDefault, DataType, Identifier, QualifiedName, flag};

/// One of a fixed list of texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumType {
    /// The name of the type (PostgreSQL) or of the CHECK that stands for it; `None` for MySQL's nameless enums.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<QualifiedName>,
    /// The values, in their sort order.
    pub values: Vec<String>,
    /// Whether the database's own enum may be used; text with a CHECK otherwise.
    #[serde(default = "flag::on", skip_serializing_if = "flag::is_on")]
    pub native: bool,
    /// Whether creating a table also creates the type. Off where the type exists already.
    #[serde(default = "flag::on", skip_serializing_if = "flag::is_on")]
    pub create_type: bool,
    /// Length of the text that stands for it; the longest value when `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// MySQL `CHARACTER SET`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// Collation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
}

impl EnumType {
    /// A native enum.
    pub fn new(name: impl Into<QualifiedName>, values: &[&str]) -> Self {
        EnumType {
            name: Some(name.into()),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            native: true,
            create_type: true,
            length: None,
            charset: None,
            collation: None,
        }
    }

    /// The length of the text that can hold every value.
    pub fn text_length(&self) -> u32 {
        self.length.unwrap_or_else(|| {
            let longest = self.values.iter().map(|value| value.chars().count()).max();
            u32::try_from(longest.unwrap_or(0)).unwrap_or(u32::MAX)
        })
    }
}

/// A type with a constraint of its own (PostgreSQL).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its name.
    pub name: QualifiedName,
    /// What it is made of.
    pub data_type: DataType,
    /// Collation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Identifier>,
    /// Default value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<ColumnDefault>,
    /// Whether NULL is refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_null: bool,
    /// Conditions on `VALUE`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

//! Indexes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Identifier, ModelOption};

/// An index of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its name. Every database wants one; a naming convention may supply it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Identifier>,
    /// What it sorts by, in order.
    pub elements: Vec<IndexElement>,
    /// Whether no two rows may be equal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// The rows it covers (PostgreSQL, SQLite).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// Method: `gin`, `gist`, `hash` … (`USING`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<String>,
    /// MySQL kind of index: `FULLTEXT` or `SPATIAL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// MySQL full-text parser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parser: Option<String>,
    /// Columns carried along (PostgreSQL).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<Identifier>,
    /// Whether two NULLs are different (PostgreSQL 15 and later can say so).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls_distinct: Option<bool>,
    /// Storage parameters (PostgreSQL `WITH`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Tablespace (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<Identifier>,
    /// Comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Options for which there is no field here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub model_options: Vec<ModelOption>,
}

impl Index {
    /// An index over columns.
    pub fn new<I: Into<Identifier>>(
        name: impl Into<Identifier>,
        columns: impl IntoIterator<Item = I>,
    ) -> Self {
        Index {
            name: Some(name.into()),
            elements: columns
                .into_iter()
                .map(|column| IndexElement::column(column.into()))
                .collect(),
            ..Index::default()
        }
    }

    /// The same index, refusing equal rows.
    pub fn unique(mut self) -> Self {
        self.unique = true;
        self
    }
}

/// What an index sorts by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexKey {
    /// A column.
    Column(Identifier),
    /// A SQL expression, written as it stands: parentheses, order and all.
    Expression(String),
}

/// One part of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexElement {
    /// The column or expression.
    pub key: IndexKey,
    /// Ascending or descending, where stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<SortOrder>,
    /// Where NULLs go, where stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls: Option<NullsOrder>,
    /// Collation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Identifier>,
    /// Operator class (PostgreSQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator_class: Option<String>,
    /// How many characters count (MySQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
}

impl IndexElement {
    /// A column in the default order.
    pub fn column(column: impl Into<Identifier>) -> Self {
        IndexElement::of(IndexKey::Column(column.into()))
    }

    /// An expression in the default order.
    pub fn expression(expression: impl Into<String>) -> Self {
        IndexElement::of(IndexKey::Expression(expression.into()))
    }

    fn of(key: IndexKey) -> Self {
        IndexElement {
            key,
            order: None,
            nulls: None,
            collation: None,
            operator_class: None,
            length: None,
        }
    }
}

/// Direction of an index element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// `ASC`.
    Ascending,
    /// `DESC`.
    Descending,
}

/// Place of NULLs in an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NullsOrder {
    /// `NULLS FIRST`.
    First,
    /// `NULLS LAST`.
    Last,
}

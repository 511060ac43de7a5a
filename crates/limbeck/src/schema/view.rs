//! Views.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Identifier, Index, QualifiedName};

/// A view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its name.
    pub name: QualifiedName,
    /// Names of its columns, where they are not the query's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Identifier>,
    /// The query.
    pub query: String,
    /// `WITH (…)` (PostgreSQL).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
    /// `WITH … CHECK OPTION`: `LOCAL` or `CASCADED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_option: Option<String>,
    /// Words between `CREATE` and `VIEW`: `TEMPORARY`, `RECURSIVE`, `SQL SECURITY INVOKER`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefixes: Vec<String>,
}

impl View {
    /// A view of a query.
    pub fn new(name: impl Into<QualifiedName>, query: impl Into<String>) -> Self {
        View {
            name: name.into(),
            columns: Vec::new(),
            query: query.into(),
            options: BTreeMap::new(),
            check_option: None,
            prefixes: Vec::new(),
        }
    }
}

/// A view that keeps its rows (PostgreSQL).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterializedView {
    /// Its name.
    pub name: QualifiedName,
    /// Names of its columns, where they are not the query's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Identifier>,
    /// The query.
    pub query: String,
    /// Storage parameters (`WITH (…)`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// Tablespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<Identifier>,
    /// Created without rows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_data: bool,
    /// Its indexes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
}

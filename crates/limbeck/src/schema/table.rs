//! Tables.

use serde::{Deserialize, Serialize};

use super::{
    Column, Constraint, Identifier, Index, ModelOption, PrimaryKey, QualifiedName, TableOptions,
};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: QualifiedName,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its constraints, in the order in which they are written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Its indexes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// Comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Words between `CREATE` and `TABLE`: `TEMPORARY`, `UNLOGGED`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefixes: Vec<String>,
    /// What only some databases have.
    #[serde(default, skip_serializing_if = "TableOptions::is_default")]
    pub options: TableOptions,
    /// Options for which there is no field here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub model_options: Vec<ModelOption>,
}

impl Table {
    /// A table with columns only.
    pub fn new(name: impl Into<QualifiedName>, columns: Vec<Column>) -> Self {
        Table {
            name: name.into(),
            columns,
            constraints: Vec::new(),
            indexes: Vec::new(),
            comment: None,
            prefixes: Vec::new(),
            options: TableOptions::default(),
            model_options: Vec::new(),
        }
    }

    /// The same table with one more constraint.
    pub fn with_constraint(mut self, constraint: Constraint) -> Self {
        self.constraints.push(constraint);
        self
    }

    /// The same table with one more index.
    pub fn with_index(mut self, index: Index) -> Self {
        self.indexes.push(index);
        self
    }

    /// The column of this name.
    pub fn column(&self, name: &Identifier) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.name.as_str() == name.as_str())
    }

    /// The primary key, if there is one.
    pub fn primary_key(&self) -> Option<&PrimaryKey> {
        self.constraints
            .iter()
            .find_map(|constraint| match constraint {
                Constraint::PrimaryKey(key) => Some(key),
                _ => None,
            })
    }
}

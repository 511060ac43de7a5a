//! Foreign keys.

use serde::{Deserialize, Serialize};

use super::{Deferral, Identifier, QualifiedName};

/// A reference from columns of one table to columns of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Identifier>,
    /// The columns that refer, in order.
    pub columns: Vec<Identifier>,
    /// The table referred to.
    pub target: QualifiedName,
    /// The columns referred to, in order; empty for the target's primary key.
    pub target_columns: Vec<Identifier>,
    /// `ON DELETE`: a phrase such as `CASCADE` or `SET NULL (a, b)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_delete: Option<String>,
    /// `ON UPDATE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_update: Option<String>,
    /// How rows with some NULLs are treated: `FULL`, `PARTIAL` or `SIMPLE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matching: Option<String>,
    /// When it is tested.
    #[serde(default, skip_serializing_if = "Deferral::is_default")]
    pub deferral: Deferral,
    /// Existing rows are not tested (PostgreSQL `NOT VALID`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// The key is no part of `CREATE TABLE`, because its target comes later: an operation of its own adds it
    /// (SQLAlchemy's `use_alter`). A database that cannot add constraints has it in the table all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub added_later: bool,
}

impl ForeignKey {
    /// A foreign key without name and options.
    pub fn new<I: Into<Identifier>, T: Into<Identifier>>(
        columns: impl IntoIterator<Item = I>,
        target: impl Into<QualifiedName>,
        target_columns: impl IntoIterator<Item = T>,
    ) -> Self {
        ForeignKey {
            name: None,
            columns: columns.into_iter().map(Into::into).collect(),
            target: target.into(),
            target_columns: target_columns.into_iter().map(Into::into).collect(),
            on_delete: None,
            on_update: None,
            matching: None,
            deferral: Deferral::default(),
            not_valid: false,
            added_later: false,
        }
    }

    /// The same key under a name.
    pub fn named(mut self, name: impl Into<Identifier>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same key with what happens when the row referred to is deleted.
    pub fn on_delete(mut self, action: impl Into<String>) -> Self {
        self.on_delete = Some(action.into());
        self
    }
}

//! What a table promises about its rows.

use serde::{Deserialize, Serialize};

use super::{Check, ForeignKey, Identifier, IndexKey};

/// A constraint of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Constraint {
    /// Primary key.
    PrimaryKey(PrimaryKey),
    /// Unique.
    Unique(Unique),
    /// Check.
    Check(Check),
    /// Foreign key.
    ForeignKey(ForeignKey),
    /// Exclusion (PostgreSQL).
    Exclude(Exclude),
}

/// The kind of a constraint, for statements that name it without describing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    /// Primary key.
    PrimaryKey,
    /// Unique.
    Unique,
    /// Check.
    Check,
    /// Foreign key.
    ForeignKey,
    /// Exclusion.
    Exclude,
}

impl Constraint {
    /// Its kind.
    pub fn kind(&self) -> ConstraintKind {
        match self {
            Constraint::PrimaryKey(_) => ConstraintKind::PrimaryKey,
            Constraint::Unique(_) => ConstraintKind::Unique,
            Constraint::Check(_) => ConstraintKind::Check,
            Constraint::ForeignKey(_) => ConstraintKind::ForeignKey,
            Constraint::Exclude(_) => ConstraintKind::Exclude,
        }
    }

    /// Its name, if it has one.
    pub fn name(&self) -> Option<&Identifier> {
        match self {
            Constraint::PrimaryKey(key) => key.name.as_ref(),
            Constraint::Unique(unique) => unique.name.as_ref(),
            Constraint::Check(check) => check.name.as_ref(),
            Constraint::ForeignKey(key) => key.name.as_ref(),
            Constraint::Exclude(exclude) => exclude.name.as_ref(),
        }
    }

    /// Sets or clears its name.
    pub fn set_name(&mut self, name: Option<Identifier>) {
        match self {
            Constraint::PrimaryKey(key) => key.name = name,
            Constraint::Unique(unique) => unique.name = name,
            Constraint::Check(check) => check.name = name,
            Constraint::ForeignKey(key) => key.name = name,
            Constraint::Exclude(exclude) => exclude.name = name,
        }
    }
}

/// When a constraint is tested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferral {
    /// Whether a transaction may put the test off; `None` leaves it unsaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deferrable: Option<bool>,
    /// `DEFERRED` or `IMMEDIATE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initially: Option<String>,
}

impl Deferral {
    /// Whether nothing is said.
    pub fn is_default(&self) -> bool {
        *self == Deferral::default()
    }
}

/// A primary key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryKey {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Identifier>,
    /// Its columns, in order.
    pub columns: Vec<Identifier>,
    /// Columns carried along in its index (PostgreSQL).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<Identifier>,
    /// Index method (MySQL `USING`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<String>,
    /// When it is tested.
    #[serde(default, skip_serializing_if = "Deferral::is_default")]
    pub deferral: Deferral,
    /// SQLite `ON CONFLICT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_conflict: Option<String>,
}

impl PrimaryKey {
    /// A primary key without a name.
    pub fn new<I: Into<Identifier>>(columns: impl IntoIterator<Item = I>) -> Self {
        PrimaryKey {
            columns: columns.into_iter().map(Into::into).collect(),
            ..PrimaryKey::default()
        }
    }

    /// The same key under a name.
    pub fn named(mut self, name: impl Into<Identifier>) -> Self {
        self.name = Some(name.into());
        self
    }
}

/// A unique constraint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unique {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Identifier>,
    /// Its columns, in order.
    pub columns: Vec<Identifier>,
    /// Columns carried along in its index (PostgreSQL).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<Identifier>,
    /// Whether two NULLs are different (PostgreSQL 15 and later can say so).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls_distinct: Option<bool>,
    /// When it is tested.
    #[serde(default, skip_serializing_if = "Deferral::is_default")]
    pub deferral: Deferral,
    /// SQLite `ON CONFLICT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_conflict: Option<String>,
}

impl Unique {
    /// A unique constraint without a name.
    pub fn new<I: Into<Identifier>>(columns: impl IntoIterator<Item = I>) -> Self {
        Unique {
            columns: columns.into_iter().map(Into::into).collect(),
            ..Unique::default()
        }
    }

    /// The same constraint under a name.
    pub fn named(mut self, name: impl Into<Identifier>) -> Self {
        self.name = Some(name.into());
        self
    }
}

/// An exclusion constraint (PostgreSQL): no two rows for which every operator answers yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclude {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Identifier>,
    /// Index method, `gist` in most cases.
    pub using: String,
    /// What is compared.
    pub elements: Vec<ExcludeElement>,
    /// The rows it holds for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// When it is tested.
    #[serde(default, skip_serializing_if = "Deferral::is_default")]
    pub deferral: Deferral,
}

/// One comparison of an exclusion constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludeElement {
    /// The column or expression.
    pub key: IndexKey,
    /// Operator class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator_class: Option<String>,
    /// The operator, such as `&&`.
    pub operator: String,
}

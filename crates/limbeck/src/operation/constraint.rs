//! Operations on constraints.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{Constraint, ConstraintKind, Identifier, QualifiedName};

/// Adds a constraint to a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint.
    pub constraint: Constraint,
}

/// Drops a constraint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint's name; primary keys of MySQL have none.
    #[serde(default)]
    pub name: Option<Identifier>,
    /// Its kind. MySQL has a statement for each and needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ConstraintKind>,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The constraint as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Constraint>,
}

/// Gives a constraint another name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameConstraint {
    /// The table.
    pub table: QualifiedName,
    /// Its name.
    pub name: Identifier,
    /// Its new name.
    pub new_name: Identifier,
}

/// Tests the rows of a constraint that was added without (PostgreSQL).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValidateConstraint {
    /// The table.
    pub table: QualifiedName,
    /// The constraint's name.
    pub name: Identifier,
}

/// The words for a kind of constraint.
fn kind_text(kind: ConstraintKind) -> &'static str {
    match kind {
        ConstraintKind::PrimaryKey => "primary key",
        ConstraintKind::Unique => "unique constraint",
        ConstraintKind::Check => "check constraint",
        ConstraintKind::ForeignKey => "foreign key",
        ConstraintKind::Exclude => "exclusion constraint",
    }
}

impl fmt::Display for AddConstraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "add {}", kind_text(self.constraint.kind()))?;
        if let Some(name) = self.constraint.name() {
            write!(formatter, " {name}")?;
        }
        write!(formatter, " to {}", self.table)
    }
}

impl Describe for AddConstraint {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let kind = self.constraint.kind();
        let name = self.constraint.name().cloned();
        if name.is_none() && kind != ConstraintKind::PrimaryKey {
            return Err(Irreversible::new(
                self,
                "the database chose its name; give it one, so that it can be dropped",
            ));
        }
        Ok(DropConstraint {
            table: self.table.clone(),
            name,
            kind: Some(kind),
            if_exists: false,
            cascade: false,
            original: Some(self.constraint.clone()),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for DropConstraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "drop {}",
            self.kind.map_or("constraint", kind_text)
        )?;
        if let Some(name) = &self.name {
            write!(formatter, " {name}")?;
        }
        write!(formatter, " of {}", self.table)
    }
}

impl Describe for DropConstraint {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let constraint = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(AddConstraint {
            table: self.table.clone(),
            constraint,
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for RenameConstraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "rename constraint {} of {} to {}",
            self.name, self.table, self.new_name
        )
    }
}

impl Describe for RenameConstraint {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(RenameConstraint {
            table: self.table.clone(),
            name: self.new_name.clone(),
            new_name: self.name.clone(),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for ValidateConstraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "validate constraint {} of {}",
            self.name, self.table
        )
    }
}

impl Describe for ValidateConstraint {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Err(Irreversible::new(
            self,
            "a constraint that has been tested stays so; drop it and add it again",
        ))
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

//! Operations on columns.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    Given, Irreversible, Operation,
    reverse::{Describe, not_described},
};
use crate::schema::{
    Check, Column, ColumnDefault, Constraint, DataType, Identifier, Index, QualifiedName,
};

/// Adds a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column.
    pub column: Column,
    /// Constraints that come with it, each added by a statement of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Indexes that come with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// Where it goes; last if unsaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<ColumnPosition>,
    /// Does nothing where a column of this name exists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_not_exists: bool,
    /// The column's one foreign key is written in its definition instead of by a statement of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline_references: bool,
    /// The column's primary key is written in its definition.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline_primary_key: bool,
}

/// Where a column stands among the others (MySQL and MariaDB; SQLite by a rebuild).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnPosition {
    /// Before all others.
    First,
    /// After this one.
    After(Identifier),
    /// Before this one.
    Before(Identifier),
}

/// Drops a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DropColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column's name.
    pub column: Identifier,
    /// Does nothing where there is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub if_exists: bool,
    /// Drops what depends on it, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cascade: bool,
    /// The column as it was, for the way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Column>,
}

/// Changes a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlterColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column's name.
    pub column: Identifier,
    /// Its new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_name: Option<Identifier>,
    /// Its new type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<DataType>,
    /// How old values become new ones (PostgreSQL `USING`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<String>,
    /// Whether it takes NULL from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nullable: Option<bool>,
    /// Its new default; none removes it.
    #[serde(default, skip_serializing_if = "Given::is_no")]
    pub default: Given<Option<ColumnDefault>>,
    /// Its new comment; none removes it.
    #[serde(default, skip_serializing_if = "Given::is_no")]
    pub comment: Given<Option<String>>,
    /// Whether the database numbers the rows by it (MySQL).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autoincrement: Option<bool>,
    /// The CHECKs in the column's own definition (MariaDB), which are written anew with it.
    #[serde(default, skip_serializing_if = "Given::is_no")]
    pub checks: Given<Vec<Check>>,
    /// What its NOT NULL does on a conflict from now on (SQLite; `ABORT` where nothing is said).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_conflict: Option<String>,
    /// Its new place (MySQL; SQLite by a rebuild).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<ColumnPosition>,
    /// What it is now, as far as the script tells. MySQL writes the whole column anew and needs it.
    #[serde(default, skip_serializing_if = "ExistingColumn::is_unknown")]
    pub existing: ExistingColumn,
    /// The CHECK that stands for the old type, to be dropped with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_check: Option<Check>,
    /// The CHECK that stands for the new type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_check: Option<Check>,
}

/// A column before a change, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExistingColumn {
    /// Its type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<DataType>,
    /// Whether it takes NULL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nullable: Option<bool>,
    /// Its default.
    #[serde(default, skip_serializing_if = "Given::is_no")]
    pub default: Given<Option<ColumnDefault>>,
    /// Its comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Whether the database numbers the rows by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autoincrement: Option<bool>,
    /// The CHECKs in its own definition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// What its NOT NULL does on a conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_conflict: Option<String>,
}

impl ExistingColumn {
    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == ExistingColumn::default()
    }
}

impl AddColumn {
    /// Adds `column` at the end of `table`.
    pub fn new(table: impl Into<QualifiedName>, column: Column) -> Self {
        AddColumn {
            table: table.into(),
            column,
            constraints: Vec::new(),
            indexes: Vec::new(),
            position: None,
            if_not_exists: false,
            inline_references: false,
            inline_primary_key: false,
        }
    }
}

impl AlterColumn {
    /// Changes nothing yet.
    pub fn new(table: impl Into<QualifiedName>, column: impl Into<Identifier>) -> Self {
        AlterColumn {
            table: table.into(),
            column: column.into(),
            new_name: None,
            data_type: None,
            using: None,
            nullable: None,
            default: Given::No,
            comment: Given::No,
            autoincrement: None,
            checks: Given::No,
            on_conflict: None,
            position: None,
            existing: ExistingColumn::default(),
            drop_check: None,
            add_check: None,
        }
    }

    /// Whether anything but the name changes.
    pub fn changes_definition(&self) -> bool {
        self.data_type.is_some()
            || self.nullable.is_some()
            || self.default.is_given()
            || self.comment.is_given()
            || self.autoincrement.is_some()
            || self.checks.is_given()
            || self.on_conflict.is_some()
            || self.position.is_some()
    }
}

impl fmt::Display for AddColumn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "add column {}.{}", self.table, self.column.name)
    }
}

impl Describe for AddColumn {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        Ok(DropColumn {
            table: self.table.clone(),
            column: self.column.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(self.column.clone()),
        }
        .into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for DropColumn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "drop column {}.{}", self.table, self.column)
    }
}

impl Describe for DropColumn {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let column = self.original.clone().ok_or_else(|| not_described(self))?;
        Ok(AddColumn::new(self.table.clone(), column).into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

impl fmt::Display for AlterColumn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "alter column {}.{}", self.table, self.column)?;
        let changes = [
            (self.data_type.is_some(), "type"),
            (self.nullable.is_some(), "nullability"),
            (self.default.is_given(), "default"),
            (self.comment.is_given(), "comment"),
            (self.autoincrement.is_some(), "autoincrement"),
            (self.checks.is_given(), "checks"),
            (self.on_conflict.is_some(), "conflict"),
            (self.position.is_some(), "position"),
        ];
        let mut changed: Vec<&str> = changes
            .iter()
            .filter_map(|(yes, what)| yes.then_some(*what))
            .collect();
        let renamed = self.new_name.as_ref().map(|name| format!("name to {name}"));
        changed.extend(renamed.as_deref());
        write!(formatter, ": {}", changed.join(", "))
    }
}

impl Describe for AlterColumn {
    fn reverse(&self) -> Result<Operation, Irreversible> {
        let unknown = |what: &str| {
            Irreversible::new(
                self,
                format!("the existing {what} is not described; give it as existing_{what}"),
            )
        };
        let existing = &self.existing;
        let mut back = AlterColumn::new(
            self.table.clone(),
            self.new_name.clone().unwrap_or_else(|| self.column.clone()),
        );
        back.new_name = self.new_name.as_ref().map(|_| self.column.clone());
        if self.data_type.is_some() {
            back.data_type = Some(existing.data_type.clone().ok_or_else(|| unknown("type"))?);
        }
        if self.nullable.is_some() {
            back.nullable = Some(existing.nullable.ok_or_else(|| unknown("nullable"))?);
        }
        if self.default.is_given() {
            if existing.default.is_no() {
                return Err(unknown("server_default"));
            }
            back.default = existing.default.clone();
        }
        if self.comment.is_given() {
            back.comment = Given::Value(existing.comment.clone());
        }
        if self.autoincrement.is_some() {
            back.autoincrement = Some(
                existing
                    .autoincrement
                    .ok_or_else(|| unknown("autoincrement"))?,
            );
        }
        if self.checks.is_given() {
            back.checks = Given::Value(existing.checks.clone());
        }
        if self.on_conflict.is_some() {
            let usual = || "ABORT".to_owned();
            back.on_conflict = Some(existing.on_conflict.clone().unwrap_or_else(usual));
        }
        if self.position.is_some() {
            return Err(Irreversible::new(
                self,
                "where the column stood is not described",
            ));
        }
        back.existing = ExistingColumn {
            data_type: self
                .data_type
                .clone()
                .or_else(|| existing.data_type.clone()),
            nullable: self.nullable.or(existing.nullable),
            default: if self.default.is_given() {
                self.default.clone()
            } else {
                existing.default.clone()
            },
            comment: match &self.comment {
                Given::Value(comment) => comment.clone(),
                Given::No => existing.comment.clone(),
            },
            autoincrement: self.autoincrement.or(existing.autoincrement),
            checks: self.checks.value().unwrap_or(&existing.checks).clone(),
            on_conflict: self
                .on_conflict
                .as_ref()
                .or(existing.on_conflict.as_ref())
                .cloned(),
        };
        back.drop_check = self.add_check.clone();
        back.add_check = self.drop_check.clone();
        Ok(back.into())
    }

    fn table(&self) -> Option<&QualifiedName> {
        Some(&self.table)
    }
}

//! What a change can do to the rows there are.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::type_words::words;
use crate::schema::{DataType, Identifier, QualifiedName};

/// Something that depends on the rows, which a comparison of schemas does not see. Someone with a connection can look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "hazard", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Hazard {
    /// A new column refuses NULL and has no default: fails where there are rows.
    AddsRequiredColumn {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: Identifier,
    },
    /// A column refuses NULL from now on: fails where there are NULLs.
    SetsNotNull {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: Identifier,
    },
    /// A column's new type does not hold all that the old one did.
    NarrowsType {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: Identifier,
        /// The type there is.
        from: Box<DataType>,
        /// The type there will be.
        to: Box<DataType>,
    },
    /// Rows that are equal in these columns stand in the way.
    UniqueOverRows {
        /// The table.
        table: QualifiedName,
        /// The columns, as far as they are columns.
        columns: Vec<Identifier>,
    },
    /// Rows that the condition does not hold for stand in the way.
    AddsCheck {
        /// The table.
        table: QualifiedName,
        /// The condition as SQL.
        condition: String,
    },
    /// Rows that refer to none stand in the way.
    AddsForeignKey {
        /// The table.
        table: QualifiedName,
        /// The columns that refer.
        columns: Vec<Identifier>,
        /// The table referred to.
        target: QualifiedName,
        /// The columns referred to.
        target_columns: Vec<Identifier>,
    },
    /// Rows with this value stand in the way.
    RemovesEnumValue {
        /// The enum type, if it has a name.
        name: Option<QualifiedName>,
        /// The value that goes.
        value: String,
        /// The columns of the type.
        columns: Vec<(QualifiedName, Identifier)>,
    },
    /// A table goes with its rows.
    DropsTable {
        /// The table.
        table: QualifiedName,
    },
    /// A column goes with its values.
    DropsColumn {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: Identifier,
    },
    /// What the database cannot alter is dropped and created again, without its rows or values.
    Recreates {
        /// What it is, in words: `partition`, `computed column`.
        what: String,
        /// Its name.
        name: QualifiedName,
    },
}

fn list(columns: &[Identifier]) -> String {
    let names: Vec<&str> = columns.iter().map(Identifier::as_str).collect();
    names.join(", ")
}

impl fmt::Display for Hazard {
    /// One sentence.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hazard::AddsRequiredColumn { table, column } => write!(
                formatter,
                "'{table}.{column}' refuses NULL and has no default: this fails where '{table}' has rows"
            ),
            Hazard::SetsNotNull { table, column } => {
                write!(formatter, "this fails where '{table}.{column}' is NULL")
            }
            Hazard::NarrowsType {
                table,
                column,
                from,
                to,
            } => write!(
                formatter,
                "'{table}.{column}' may hold values that do not fit from {} into {}",
                words(from),
                words(to)
            ),
            Hazard::UniqueOverRows { table, columns } => write!(
                formatter,
                "this fails where rows of '{table}' have the same ({})",
                list(columns)
            ),
            Hazard::AddsCheck { table, condition } => write!(
                formatter,
                "this fails where a row of '{table}' does not meet {condition}"
            ),
            Hazard::AddsForeignKey {
                table,
                columns,
                target,
                ..
            } => write!(
                formatter,
                "this fails where ({}) of '{table}' refers to no row of '{target}'",
                list(columns)
            ),
            Hazard::RemovesEnumValue { name, value, .. } => match name {
                Some(name) => write!(
                    formatter,
                    "this fails where a row has the value '{value}' of '{name}'"
                ),
                None => write!(formatter, "this fails where a row has the value '{value}'"),
            },
            Hazard::DropsTable { table } => {
                write!(formatter, "the rows of '{table}' are lost")
            }
            Hazard::DropsColumn { table, column } => {
                write!(formatter, "the values of '{table}.{column}' are lost")
            }
            Hazard::Recreates { what, name } => write!(
                formatter,
                "the {what} '{name}' is dropped and created again: what it holds is lost"
            ),
        }
    }
}

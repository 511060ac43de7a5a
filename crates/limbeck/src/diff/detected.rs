//! What a comparison found, in the words of Alembic's log.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::type_words::words;
use crate::schema::{ConstraintKind, DataType, Grant, Identifier, QualifiedName, RoutineKind};

/// Something in a database that can be added, removed, renamed or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Object {
    /// A schema.
    Schema(Identifier),
    /// An extension.
    Extension(Identifier),
    /// An enum type.
    Enum(QualifiedName),
    /// A value of an enum type.
    EnumValue {
        /// The type.
        name: QualifiedName,
        /// The value.
        value: String,
    },
    /// A domain.
    Domain(QualifiedName),
    /// A sequence.
    Sequence(QualifiedName),
    /// A table.
    Table(QualifiedName),
    /// A column.
    Column {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        column: Identifier,
    },
    /// A constraint.
    Constraint {
        /// Its table.
        table: QualifiedName,
        /// Its kind.
        kind: ConstraintKind,
        /// Its name.
        name: Option<Identifier>,
        /// Its columns, or a CHECK's condition.
        on: Vec<String>,
        /// A foreign key's target columns.
        refers_to: Vec<Identifier>,
    },
    /// An index.
    Index {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        name: Option<Identifier>,
        /// Its columns and expressions.
        on: Vec<String>,
    },
    /// A view.
    View(QualifiedName),
    /// A materialized view.
    MaterializedView(QualifiedName),
    /// A function or procedure.
    Routine {
        /// What it is.
        kind: RoutineKind,
        /// Its name.
        name: QualifiedName,
        /// The types of its arguments.
        signature: Option<String>,
    },
    /// A trigger.
    Trigger {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        name: Identifier,
    },
    /// A policy.
    Policy {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        name: Identifier,
    },
    /// Privileges.
    Grant {
        /// What is granted, on what and to whom.
        grant: Grant,
        /// Whether it is only about the right to grant them on.
        only_option: bool,
    },
}

/// One difference between two schemas. Its `Display` is one line without a full stop; where Alembic detects the same,
/// it is Alembic's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "detected", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Detected {
    /// Something is new.
    Added {
        /// What.
        object: Object,
    },
    /// Something is gone.
    Removed {
        /// What.
        object: Object,
    },
    /// Something has another name.
    Renamed {
        /// What, under its old name.
        object: Object,
        /// Its new name.
        to: Identifier,
    },
    /// Something is not what it was.
    Changed {
        /// What.
        object: Object,
        /// Each difference, such as `unique=False to unique=True`.
        differences: Vec<String>,
    },
    /// A column takes NULL, or no longer.
    Nullable {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        column: Identifier,
        /// Whether it takes NULL from now on.
        nullable: bool,
    },
    /// A column's type changes.
    Type {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        column: Identifier,
        /// The type there is.
        from: Box<DataType>,
        /// The type there shall be, in the model's words.
        to: Box<DataType>,
    },
    /// A column's default, computed expression or identity changes.
    Default {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        column: Identifier,
        /// Which of them.
        what: DefaultKind,
    },
    /// A column's comment changes.
    ColumnComment {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        column: Identifier,
    },
    /// A column numbers the rows, or no longer.
    Autoincrement {
        /// Its table.
        table: QualifiedName,
        /// Its name.
        column: Identifier,
        /// Whether it does from now on.
        autoincrement: bool,
    },
    /// A table's comment changes.
    TableComment {
        /// The table.
        table: QualifiedName,
    },
    /// What only some databases know about a table changes.
    TableOptions {
        /// The table.
        table: QualifiedName,
    },
    /// A table's row-level security is switched.
    RowSecurity {
        /// The table.
        table: QualifiedName,
        /// Whether policies are asked from now on.
        enabled: bool,
        /// Whether they are asked for the table's owner, too.
        forced: bool,
    },
}

/// Where a column's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultKind {
    /// A default.
    Default,
    /// An expression over other columns.
    Computed,
    /// A sequence of its own.
    Identity,
}

fn names(columns: &[Identifier]) -> String {
    let names: Vec<&str> = columns.iter().map(Identifier::as_str).collect();
    names.join(",")
}

/// A list as Python prints a tuple of strings.
fn tuple(items: &[String]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("'{item}'")).collect();
    match quoted.as_slice() {
        [one] => format!("({one},)"),
        many => format!("({})", many.join(", ")),
    }
}

fn called(name: Option<&Identifier>) -> String {
    name.map_or_else(|| "None".to_owned(), |name| format!("'{name}'"))
}

impl Object {
    /// What it is called in a line, and how the line goes on after it.
    fn parts(&self) -> (String, String) {
        let plain = |text: String| (text, String::new());
        match self {
            Object::Schema(name) => plain(format!("schema '{name}'")),
            Object::Extension(name) => plain(format!("extension '{name}'")),
            Object::Enum(name) => plain(format!("enum '{name}'")),
            Object::EnumValue { name, value } => {
                (format!("enum value '{value}'"), format!(" of '{name}'"))
            }
            Object::Domain(name) => plain(format!("domain '{name}'")),
            Object::Sequence(name) => plain(format!("sequence '{name}'")),
            Object::Table(name) => plain(format!("table '{name}'")),
            Object::Column { table, column } => plain(format!("column '{table}.{column}'")),
            Object::Constraint {
                table,
                kind,
                name,
                on,
                refers_to,
            } => {
                let noun = match kind {
                    ConstraintKind::ForeignKey => {
                        return (
                            format!("foreign key ({})({})", on.join(","), names(refers_to)),
                            format!(" on table {table}"),
                        );
                    }
                    ConstraintKind::Check => "check constraint",
                    ConstraintKind::PrimaryKey => "primary key",
                    ConstraintKind::Unique => "unique constraint",
                    ConstraintKind::Exclude => "exclusion constraint",
                };
                let place = match kind {
                    ConstraintKind::Check => format!(" on table '{table}'"),
                    _ => format!(" on '{table}'"),
                };
                (format!("{noun} {}", called(name.as_ref())), place)
            }
            Object::Index { table, name, .. } => (
                format!("index {}", called(name.as_ref())),
                format!(" on '{table}'"),
            ),
            Object::View(name) => plain(format!("view '{name}'")),
            Object::MaterializedView(name) => plain(format!("materialized view '{name}'")),
            Object::Routine {
                kind,
                name,
                signature,
            } => plain(match signature {
                Some(signature) => format!("{kind} '{name}({signature})'"),
                None => format!("{kind} '{name}'"),
            }),
            Object::Trigger { table, name } => {
                (format!("trigger '{name}'"), format!(" on '{table}'"))
            }
            Object::Policy { table, name } => {
                (format!("policy '{name}'"), format!(" on '{table}'"))
            }
            Object::Grant { grant, only_option } => {
                let noun = match only_option {
                    true => "grant option for",
                    false => "grant of",
                };
                let option = match grant.with_grant_option && !only_option {
                    true => " with grant option",
                    false => "",
                };
                (
                    format!("{noun} {grant}"),
                    format!(" to {}{option}", grant.to),
                )
            }
        }
    }

    /// Where an added one is, in Alembic's words.
    fn place_when_added(&self) -> Option<String> {
        match self {
            Object::Index { on, .. } => Some(format!(" on '{}'", tuple(on))),
            Object::Constraint {
                kind: ConstraintKind::Unique,
                on,
                ..
            } => Some(format!(" on '{}'", tuple(on))),
            _ => None,
        }
    }
}

impl fmt::Display for Detected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Detected::Added { object } => {
                let (name, place) = object.parts();
                let place = object.place_when_added().unwrap_or(place);
                write!(formatter, "Detected added {name}{place}")
            }
            Detected::Removed { object } => {
                let (name, place) = object.parts();
                write!(formatter, "Detected removed {name}{place}")
            }
            Detected::Renamed { object, to } => {
                let (name, place) = object.parts();
                write!(formatter, "Detected renamed {name}{place} to '{to}'")
            }
            Detected::Changed {
                object,
                differences,
            } => {
                let (name, place) = object.parts();
                write!(formatter, "Detected changed {name}{place}")?;
                if differences.is_empty() {
                    return Ok(());
                }
                write!(formatter, ": {}", differences.join(", "))
            }
            Detected::Nullable {
                table,
                column,
                nullable,
            } => {
                let what = if *nullable { "NULL" } else { "NOT NULL" };
                write!(formatter, "Detected {what} on column '{table}.{column}'")
            }
            Detected::Type {
                table,
                column,
                from,
                to,
            } => write!(
                formatter,
                "Detected type change from {} to {} on '{table}.{column}'",
                words(from),
                words(to)
            ),
            Detected::Default {
                table,
                column,
                what,
            } => {
                let what = match what {
                    DefaultKind::Default => "server default",
                    DefaultKind::Computed => "computed expression",
                    DefaultKind::Identity => "identity",
                };
                write!(formatter, "Detected {what} on column '{table}.{column}'")
            }
            Detected::ColumnComment { table, column } => {
                write!(formatter, "Detected column comment '{table}.{column}'")
            }
            Detected::Autoincrement {
                table,
                column,
                autoincrement,
            } => {
                let what = if *autoincrement {
                    "autoincrement"
                } else {
                    "no autoincrement"
                };
                write!(formatter, "Detected {what} on column '{table}.{column}'")
            }
            Detected::TableComment { table } => {
                write!(formatter, "Detected table comment '{table}'")
            }
            Detected::TableOptions { table } => {
                write!(formatter, "Detected options of table '{table}'")
            }
            Detected::RowSecurity {
                table,
                enabled,
                forced,
            } => {
                let what = match (enabled, forced) {
                    (false, _) => "no row security",
                    (true, false) => "row security",
                    (true, true) => "forced row security",
                };
                write!(formatter, "Detected {what} on table '{table}'")
            }
        }
    }
}

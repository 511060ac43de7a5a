//! What a person has decided, and what is left to decide.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::schema::{Identifier, QualifiedName};

/// What has been decided before the comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decisions {
    /// What is called by another name now.
    pub renames: Vec<RenameDecision>,
    /// Whatever is gone is dropped, however much it looks like something new.
    pub accept_drops: bool,
    /// What the rows there are get in new columns that refuse NULL.
    pub fills: Vec<Fill>,
}

impl Decisions {
    /// The decisions for the way back: renames the other way round, no candidates (the way there has settled them).
    /// Fills stay: they count where the way back adds a column.
    pub fn inverted(&self) -> Self {
        Decisions {
            renames: self.renames.iter().map(RenameDecision::inverted).collect(),
            accept_drops: true,
            fills: self.fills.clone(),
        }
    }

    /// These decisions, and every one of `candidates` taken as a rename.
    pub fn renaming(&self, candidates: &[RenameCandidate]) -> Self {
        let mut decisions = self.clone();
        decisions
            .renames
            .extend(candidates.iter().map(RenameCandidate::decision));
        decisions
    }
}

/// "This is called that now": a table, or a column, index or constraint with its table in front.
///
/// Reads `old:new`, `table.old:new` or `schema.table.old:schema.table.new`; what each part means is found in the
/// schemas. The new name may leave out what it shares with the old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenameDecision {
    /// The name there is, from the outermost part in.
    pub from: Vec<Identifier>,
    /// The name there shall be; of a column in a table that is renamed too, in the new table.
    pub to: Vec<Identifier>,
}

impl RenameDecision {
    /// The rename the other way round. What the new name leaves out is said, because it comes first now.
    fn inverted(&self) -> Self {
        let shared = self.from.len().saturating_sub(self.to.len());
        let mut from: Vec<Identifier> = self.from.iter().take(shared).cloned().collect();
        from.extend(self.to.iter().cloned());
        RenameDecision {
            from,
            to: self.from.clone(),
        }
    }
}

/// What the rows there are get in a new column that refuses NULL. Reads `table.column=expression`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// The table, under its new name.
    pub table: QualifiedName,
    /// The column.
    pub column: Identifier,
    /// A SQL expression, in which the row's other columns can be used.
    pub expression: String,
    /// How many rows get it at a time, where there are too many for one statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch_rows: Option<u32>,
}

/// A decision that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not of the form {form}")]
pub struct InvalidDecision {
    /// What was given.
    pub text: String,
    /// What is understood.
    pub form: &'static str,
}

fn path(text: &str) -> Option<Vec<Identifier>> {
    let parts: Vec<&str> = text.trim().split('.').collect();
    let valid = parts.len() <= 3 && parts.iter().all(|part| !part.is_empty());
    valid.then(|| parts.into_iter().map(Identifier::new).collect())
}

fn dotted(path: &[Identifier]) -> String {
    let parts: Vec<&str> = path.iter().map(Identifier::as_str).collect();
    parts.join(".")
}

impl FromStr for RenameDecision {
    type Err = InvalidDecision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_once(':')
            .and_then(|(from, to)| Some((path(from)?, path(to)?)))
            .map(|(from, to)| RenameDecision { from, to })
            .ok_or_else(|| InvalidDecision {
                text: text.to_owned(),
                form: "old:new, such as author:writer or book.titel:title",
            })
    }
}

impl fmt::Display for RenameDecision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", dotted(&self.from), dotted(&self.to))
    }
}

impl FromStr for Fill {
    type Err = InvalidDecision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (place, expression) = text.split_once('=')?;
            let mut parts = path(place)?;
            let column = parts.pop()?;
            let name = parts.pop()?;
            let expression = expression.trim();
            (!expression.is_empty()).then(|| Fill {
                table: QualifiedName {
                    schema: parts.pop(),
                    name,
                },
                column,
                expression: expression.to_owned(),
                batch_rows: None,
            })
        };
        read().ok_or_else(|| InvalidDecision {
            text: text.to_owned(),
            form: "table.column=expression, such as book.pages=0",
        })
    }
}

impl fmt::Display for Fill {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}.{}={}",
            self.table, self.column, self.expression
        )
    }
}

/// Something that is gone and something new that look alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenameCandidate {
    /// What it is.
    pub what: Renamed,
    /// The table of a column, under the name it will have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<QualifiedName>,
    /// The name that is gone. Of a column only the column's.
    pub from: QualifiedName,
    /// The name that is new.
    pub to: QualifiedName,
    /// How alike they are, from 0 to 1.
    pub similarity: f64,
}

/// What can be renamed by decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renamed {
    /// A table.
    Table,
    /// A column.
    Column,
    /// A value of an enum type.
    EnumValue,
}

impl RenameCandidate {
    /// The decision that this is a rename.
    pub fn decision(&self) -> RenameDecision {
        let whole = |name: &QualifiedName| {
            let mut path: Vec<Identifier> = Vec::new();
            if let Some(table) = &self.table {
                path.extend(table.schema.clone());
                path.push(table.name.clone());
            } else {
                path.extend(name.schema.clone());
            }
            path.push(name.name.clone());
            path
        };
        RenameDecision {
            from: whole(&self.from),
            to: whole(&self.to),
        }
    }
}

impl fmt::Display for RenameCandidate {
    /// One line, such as `column 'book.titel' may have been renamed to 'title'`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.what {
            Renamed::Table => "table",
            Renamed::Column => "column",
            Renamed::EnumValue => "enum value",
        };
        write!(formatter, "{what} '")?;
        if let Some(table) = &self.table {
            write!(formatter, "{table}.")?;
        }
        write!(
            formatter,
            "{}' may have been renamed to '{}'",
            self.from, self.to
        )
    }
}

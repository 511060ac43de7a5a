//! What the rows there are say about a hazard: one bounded query for each.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{names_before::NamesBefore, room};
use crate::{
    dialect::{Dialect, Query},
    diff::{Comparison, Hazard},
    schema::{DataType, Database, Identifier, QualifiedName, Value},
};

/// No more rows than this are counted: whether there are some is what matters, and a table may be large.
const MOST: u64 = 1000;

/// A hazard with what is known about the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What can go wrong.
    #[serde(flatten)]
    pub hazard: Hazard,
    /// How many rows it concerns.
    pub rows: Rows,
}

/// How many rows are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// Nobody looked, or there is no query that tells.
    Unknown,
    /// So many.
    Some(u64),
    /// More than so many.
    MoreThan(u64),
}

impl Finding {
    /// A hazard about whose rows nothing is known.
    pub fn unknown(hazard: Hazard) -> Self {
        Finding {
            hazard,
            rows: Rows::Unknown,
        }
    }

    /// Whether no row of the database that was looked at is concerned.
    pub fn is_harmless_here(&self) -> bool {
        self.rows == Rows::Some(0)
    }

    /// Whether rows of the database that was looked at are concerned.
    pub fn is_certain(&self) -> bool {
        !matches!(self.rows, Rows::Unknown | Rows::Some(0))
    }
}

impl fmt::Display for Finding {
    /// The hazard and the number of rows, in one line without a full stop.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hazard.fmt(formatter)?;
        let what = match &self.hazard {
            Hazard::DropsColumn { .. } => "value",
            Hazard::UniqueOverRows { .. } => "value that occurs more than once",
            _ => "row",
        };
        let several = match &self.hazard {
            Hazard::DropsColumn { .. } => "values",
            Hazard::UniqueOverRows { .. } => "values that occur more than once",
            _ => "rows",
        };
        match self.rows {
            Rows::Unknown => Ok(()),
            Rows::Some(0) => write!(formatter, " (here: none)"),
            Rows::Some(1) => write!(formatter, " (here: 1 {what})"),
            Rows::Some(count) => write!(formatter, " (here: {count} {several})"),
            Rows::MoreThan(count) => write!(formatter, " (here: more than {count} {several})"),
        }
    }
}

/// Looks at the rows for every hazard of a comparison, in its order. A query that the database refuses tells nothing.
pub(super) async fn look(
    dialect: &dyn Dialect,
    query: &mut dyn Query,
    actual: &Database,
    comparison: &Comparison,
) -> Vec<Finding> {
    let names = NamesBefore::of(comparison);
    let mut findings = Vec::new();
    for hazard in comparison.hazards() {
        let question = Question {
            dialect,
            actual,
            names: &names,
        };
        let rows = match question.about(hazard) {
            Some(sql) => count(query, &sql, MOST).await,
            None => Rows::Unknown,
        };
        findings.push(Finding {
            hazard: hazard.clone(),
            rows,
        });
    }
    findings
}

/// Whether a table, by the name it will have, has more than `many` rows today.
pub(super) async fn has_many_rows(
    dialect: &dyn Dialect,
    query: &mut dyn Query,
    sides: (&Database, &Comparison),
    table: &QualifiedName,
    many: u64,
) -> bool {
    let (actual, comparison) = sides;
    let question = Question {
        dialect,
        actual,
        names: &NamesBefore::of(comparison),
    };
    match question.table(table) {
        Some(name) => {
            let rows = format!("SELECT 1 AS one FROM {name}");
            matches!(count(query, &rows, many).await, Rows::MoreThan(_))
        }
        None => false,
    }
}

async fn count(query: &mut dyn Query, source: &str, most: u64) -> Rows {
    let sql = format!(
        "SELECT count(*) FROM ({source} LIMIT {}) AS found",
        most + 1
    );
    let Ok(rows) = query.query(&sql, &[]).await else {
        return Rows::Unknown;
    };
    match rows.first().and_then(|row| row.first()) {
        Some(Value::Integer(count)) => match u64::try_from(*count) {
            Ok(count) if count > most => Rows::MoreThan(most),
            Ok(count) => Rows::Some(count),
            Err(_) => Rows::Unknown,
        },
        _ => Rows::Unknown,
    }
}

/// The rows of a database as it is, asked for by the names of a database as it will be.
struct Question<'a> {
    dialect: &'a dyn Dialect,
    actual: &'a Database,
    names: &'a NamesBefore,
}

impl Question<'_> {
    /// A query that gives one row for each that the hazard concerns; `None` where none tells, or something is not there yet.
    fn about(&self, hazard: &Hazard) -> Option<String> {
        Some(match hazard {
            Hazard::AddsRequiredColumn { table, .. } | Hazard::DropsTable { table } => {
                format!("SELECT 1 AS one FROM {}", self.table(table)?)
            }
            Hazard::SetsNotNull { table, column } => {
                let column = self.column(table, column)?;
                let table = self.table(table)?;
                format!("SELECT 1 AS one FROM {table} WHERE {column} IS NULL")
            }
            Hazard::DropsColumn { table, column } => {
                let column = self.column(table, column)?;
                let table = self.table(table)?;
                format!("SELECT 1 AS one FROM {table} WHERE {column} IS NOT NULL")
            }
            Hazard::NarrowsType {
                table, column, to, ..
            } => {
                let column = self.column(table, column)?;
                let table = self.table(table)?;
                let too_much = self.does_not_fit(&column, to)?;
                format!("SELECT 1 AS one FROM {table} WHERE {too_much}")
            }
            Hazard::UniqueOverRows { table, columns } => {
                let columns = self.columns(table, columns)?;
                let list = columns.join(", ");
                let given = all(columns.iter().map(|column| format!("{column} IS NOT NULL")));
                let table = self.table(table)?;
                format!(
                    "SELECT 1 AS one FROM {table} WHERE {given} GROUP BY {list} HAVING count(*) > 1"
                )
            }
            // A condition may name what has another name today; then the database refuses the query.
            Hazard::AddsCheck { table, condition } => {
                let table = self.table(table)?;
                format!("SELECT 1 AS one FROM {table} WHERE NOT ({condition})")
            }
            Hazard::AddsForeignKey {
                table,
                columns,
                target,
                target_columns,
            } => {
                let columns = self.columns(table, columns)?;
                let targets = self.columns(target, target_columns)?;
                let given = all(columns
                    .iter()
                    .map(|column| format!("child.{column} IS NOT NULL")));
                let pairs = columns.iter().zip(&targets);
                let equal = all(pairs.map(|(column, of)| format!("parent.{of} = child.{column}")));
                format!(
                    "SELECT 1 AS one FROM {} AS child WHERE {given} AND NOT EXISTS (SELECT 1 FROM {} AS parent WHERE {equal})",
                    self.table(table)?,
                    self.table(target)?
                )
            }
            Hazard::RemovesEnumValue { value, columns, .. } => {
                let value = self.dialect.literal(&Value::Text(value.clone())).ok()?;
                let parts = columns.iter().map(|(table, column)| {
                    let column = self.column(table, column)?;
                    let table = self.table(table)?;
                    Some(format!(
                        "SELECT 1 AS one FROM {table} WHERE {column} = {value}"
                    ))
                });
                let parts: Vec<String> = parts.collect::<Option<_>>()?;
                match parts.is_empty() {
                    true => return None,
                    false => parts.join(" UNION ALL "),
                }
            }
            _ => return None,
        })
    }

    fn table(&self, wanted: &QualifiedName) -> Option<String> {
        let name = self.names.table(wanted);
        let exists = self.actual.tables.iter().any(|table| table.name == name);
        exists.then(|| self.dialect.qualified(&name))
    }

    fn column(&self, table: &QualifiedName, wanted: &Identifier) -> Option<String> {
        let name = self.names.column(table, wanted);
        let table = self.names.table(table);
        let table = self.actual.tables.iter().find(|one| one.name == table)?;
        table
            .column(&name)
            .map(|column| self.dialect.quote(&column.name))
    }

    fn columns(&self, table: &QualifiedName, wanted: &[Identifier]) -> Option<Vec<String>> {
        if wanted.is_empty() {
            return None;
        }
        wanted.iter().map(|one| self.column(table, one)).collect()
    }

    /// The condition of a value that the type has no room for.
    fn does_not_fit(&self, column: &str, to: &DataType) -> Option<String> {
        if let Some(most) = room::longest_text(to) {
            // What counts is characters, and only MySQL's `length` counts bytes; SQLite has no `char_length`.
            let length = match self.dialect.capabilities().boolean_type
                || self.dialect.capabilities().enum_type
            {
                true => "char_length",
                false => "length",
            };
            return Some(format!("{length}({column}) > {most}"));
        }
        if let Some((digits, scale)) = room::decimal_places(to) {
            // From this number on, rounding to the places leaves one digit too many before the point.
            let least = format!("{}.{}5", "9".repeat(digits), "9".repeat(scale));
            return Some(format!(
                "abs({column}) >= {least} OR round({column}, {scale}) <> {column}"
            ));
        }
        let (least, most) = room::integer_range(to)?;
        Some(format!("{column} < {least} OR {column} > {most}"))
    }
}

fn all(conditions: impl Iterator<Item = String>) -> String {
    conditions.collect::<Vec<_>>().join(" AND ")
}

//! SQLite's stored `CREATE TABLE` text, read into places so that an edit leaves every other byte as it was.
//!
//! SQLite keeps no other record of a CHECK, a COLLATE, a constraint's name or a comment than this text, so a rebuild that
//! wants to lose nothing has to edit it rather than write a new one. Must not know what an edit is for, and does no I/O.

mod affinity;
mod edit;
mod parse;
mod restate;
#[cfg(test)]
mod tests;
mod token;

use std::ops::Range;

pub(crate) use affinity::Affinity;
pub(crate) use edit::Place;
pub(crate) use restate::in_parentheses;
pub(crate) use token::{
    Token, TokenKind, first_word, literal, mentions, names, quote, same_name, tokens, unqualified,
    unquote,
};

/// Why a text is no `CREATE TABLE` of SQLite's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the CREATE TABLE text at byte {offset}: {reason}")]
pub struct TableSqlError {
    /// Bytes from the start of the text.
    pub offset: usize,
    /// What was expected or found.
    pub reason: String,
}

/// A `CREATE TABLE` statement and where its parts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableSql {
    text: String,
    /// The table's name without quotes.
    pub(crate) name: String,
    /// Where the name is, without a schema prefix.
    pub(crate) name_span: Range<usize>,
    /// Where the schema prefix with its dot is; empty when there is none.
    prefix_span: Range<usize>,
    /// The columns in their order.
    pub(crate) columns: Vec<Column>,
    /// The constraints that stand after the columns.
    pub(crate) constraints: Vec<Constraint>,
    /// Where the closing parenthesis is.
    close: usize,
    options: Vec<TableOption>,
}

/// One column definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// The name without quotes.
    pub(crate) name: String,
    pub(crate) name_span: Range<usize>,
    /// Where the declared type is; `None` for a column without one.
    pub(crate) type_span: Option<Range<usize>>,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) span: Range<usize>,
}

/// A constraint of a column or of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Constraint {
    /// The name after `CONSTRAINT`, without quotes.
    pub(crate) name: Option<String>,
    pub(crate) name_span: Option<Range<usize>>,
    pub(crate) kind: Kind,
    /// From `CONSTRAINT`, or from the keyword when unnamed, to the last token.
    pub(crate) span: Range<usize>,
}

/// What a constraint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    NotNull,
    /// The word `NULL`, which SQLite accepts and ignores.
    Null,
    PrimaryKey {
        columns: Vec<String>,
        autoincrement: bool,
        descending: bool,
    },
    Unique {
        columns: Vec<String>,
    },
    /// `expression` covers what is between the parentheses.
    Check {
        expression: Range<usize>,
    },
    /// `expression` covers what follows `DEFAULT`.
    Default {
        expression: Range<usize>,
    },
    Collate {
        collation: String,
    },
    /// `columns` is empty for a column constraint.
    ForeignKey {
        columns: Vec<String>,
        parent: String,
    },
    Generated {
        expression: Range<usize>,
        stored: bool,
    },
    /// `CONSTRAINT name` with nothing after it, which SQLite accepts.
    Nothing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct TableOption {
    strict: bool,
    span: Range<usize>,
}

impl TableSql {
    /// The statement.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes at `span`.
    pub(crate) fn at(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The column of that name, by SQLite's case rule.
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| same_name(&column.name, name))
    }

    /// The declared type of a column, as written; empty when it has none.
    pub(crate) fn type_of(&self, column: &Column) -> &str {
        column.type_span.as_ref().map_or("", |span| self.at(span))
    }

    /// Whether the table is STRICT.
    pub(crate) fn is_strict(&self) -> bool {
        self.options.iter().any(|option| option.strict)
    }

    /// Whether the table is WITHOUT ROWID.
    pub(crate) fn is_without_rowid(&self) -> bool {
        self.options.iter().any(|option| !option.strict)
    }

    /// Whether the table has an AUTOINCREMENT key.
    pub(crate) fn is_autoincrement(&self) -> bool {
        self.every_constraint().any(|(_, constraint)| {
            matches!(
                constraint.kind,
                Kind::PrimaryKey {
                    autoincrement: true,
                    ..
                }
            )
        })
    }

    /// Each constraint with the column it stands at, if any, in the order of the text.
    pub(crate) fn every_constraint(&self) -> impl Iterator<Item = (Option<&Column>, &Constraint)> {
        self.columns
            .iter()
            .flat_map(|column| {
                column
                    .constraints
                    .iter()
                    .map(move |each| (Some(column), each))
            })
            .chain(self.constraints.iter().map(|each| (None, each)))
    }

    /// The column that is another name of the rowid: an INTEGER PRIMARY KEY of a table that has rowids.
    ///
    /// `INTEGER PRIMARY KEY DESC` on the column is no alias, a quirk that SQLite keeps for old files
    /// (<https://www.sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key>).
    pub(crate) fn rowid_alias(&self) -> Option<&Column> {
        if self.is_without_rowid() {
            return None;
        }
        let (at, constraint) = self
            .every_constraint()
            .find(|(_, each)| matches!(each.kind, Kind::PrimaryKey { .. }))?;
        let Kind::PrimaryKey {
            columns,
            descending,
            ..
        } = &constraint.kind
        else {
            return None;
        };
        let column = match at {
            Some(_) if *descending => return None,
            Some(column) => column,
            None if columns.len() == 1 => self.column(columns.first()?)?,
            None => return None,
        };
        self.type_of(column)
            .eq_ignore_ascii_case("INTEGER")
            .then_some(column)
    }
}

impl Column {
    /// The first constraint that `wanted` accepts.
    pub(crate) fn constraint(&self, wanted: impl Fn(&Kind) -> bool) -> Option<&Constraint> {
        self.constraints.iter().find(|each| wanted(&each.kind))
    }

    /// Whether the column is computed.
    pub(crate) fn is_generated(&self) -> bool {
        self.constraint(|kind| matches!(kind, Kind::Generated { .. }))
            .is_some()
    }

    /// Whether the column says NOT NULL.
    pub(crate) fn is_not_null(&self) -> bool {
        self.constraint(|kind| matches!(kind, Kind::NotNull))
            .is_some()
    }
}

impl Constraint {
    /// The columns that the constraint is about; for a column constraint the column it stands at.
    pub(crate) fn columns<'a>(&'a self, at: Option<&'a Column>) -> Vec<&'a str> {
        match (&self.kind, at) {
            (_, Some(column)) => vec![column.name.as_str()],
            (
                Kind::PrimaryKey { columns, .. }
                | Kind::Unique { columns }
                | Kind::ForeignKey { columns, .. },
                None,
            ) => columns.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

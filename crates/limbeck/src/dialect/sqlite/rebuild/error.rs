//! Why a change of a table is refused.

use crate::dialect::{QueryError, sqlite::table_sql::TableSqlError};

/// Why a table was not changed. Whenever this is returned the database is as it was.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RebuildError {
    /// SQLite refused a statement.
    #[error("SQLite refused to change table '{table}': {source}; the statement was: {}", shortened(.statement))]
    Refused {
        /// The table that was to be changed.
        table: String,
        /// The statement.
        statement: String,
        /// SQLite's words.
        source: QueryError,
    },
    /// There is no such table.
    #[error(
        "there is no table '{table}' in this database; check the name, or run the revision that creates it first"
    )]
    NoSuchTable {
        /// The table.
        table: String,
    },
    /// It is a view or a virtual table.
    #[error(
        "'{table}' is a {kind}, and only ordinary tables can be altered; drop and create it instead"
    )]
    NotATable {
        /// Its name.
        table: String,
        /// `view` or `virtual table`.
        kind: &'static str,
    },
    /// SQLite's record of the table, or a definition in the change, cannot be read.
    #[error("cannot change table '{table}': {source}; the text is: {text}")]
    Text {
        /// The table.
        table: String,
        /// The text that cannot be read.
        text: String,
        /// Where and why.
        source: TableSqlError,
    },
    /// There is no such column.
    #[error("table '{table}' has no column '{column}'; its columns are {known}")]
    NoSuchColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The names of its columns.
        known: String,
    },
    /// There is such a column already.
    #[error("table '{table}' already has a column '{column}'")]
    ColumnExists {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A table needs one column.
    #[error("'{column}' is the only column of table '{table}'; drop the table instead")]
    LastColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// There is no such constraint.
    #[error("table '{table}' has no {constraint}; its constraints are {known}")]
    NoSuchConstraint {
        /// The table.
        table: String,
        /// What was looked for.
        constraint: String,
        /// The constraints that it has.
        known: String,
    },
    /// There is such a constraint already.
    #[error("table '{table}' already has a constraint '{constraint}'")]
    ConstraintExists {
        /// The table.
        table: String,
        /// The constraint.
        constraint: String,
    },
    /// Something outside the table's own indexes and constraints needs the column.
    #[error("column '{column}' of table '{table}' is used by {user}; change or drop that first")]
    ColumnInUse {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What uses it.
        user: String,
    },
    /// A view or trigger would no longer work.
    #[error(
        "{object} would no longer work after the change of table '{table}': {message}; drop it before the change and create it again after"
    )]
    Dependent {
        /// The table.
        table: String,
        /// The view, or the table and event whose triggers fail.
        object: String,
        /// SQLite's words.
        message: String,
    },
    /// Rows hold NULL where NULL is to be forbidden.
    #[error(
        "{count} row(s) of table '{table}' hold NULL in column '{column}', which is to be NOT NULL; give them a value with UPDATE first"
    )]
    NullValues {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// How many rows.
        count: i64,
    },
    /// A new column without a value for the rows that are there.
    #[error(
        "column '{column}' is to be added NOT NULL without a default, but table '{table}' has rows; give it a DEFAULT, or add it nullable, fill it, and then set NOT NULL"
    )]
    NoValue {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Values that the new type would damage.
    #[error(
        "{count} value(s) of column '{table}.{column}', for example {example}, cannot be converted to {declared} without damage; correct them first, or say with USING what they become"
    )]
    Damaged {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The new type.
        declared: String,
        /// How many values.
        count: i64,
        /// One of them, as an SQL literal.
        example: String,
    },
    /// Rows that are equal where they shall differ.
    #[error(
        "{count} rows of table '{table}' have the same ({columns}): {example}; make them different first"
    )]
    Duplicate {
        /// The table.
        table: String,
        /// The columns that shall be unique together.
        columns: String,
        /// Their values in these rows, as SQL literals.
        example: String,
        /// How many rows have these values.
        count: i64,
    },
    /// Rows that a new CHECK forbids.
    #[error("{count} row(s) of table '{table}' violate {constraint}; correct them first")]
    CheckViolated {
        /// The table.
        table: String,
        /// The constraint as written.
        constraint: String,
        /// How many rows.
        count: i64,
    },
    /// Rows that point to no parent.
    #[error(
        "after the change {count} row(s) of table '{child}' would refer to rows of '{parent}' that do not exist; correct them first"
    )]
    ForeignKeyViolated {
        /// The table whose rows refer.
        child: String,
        /// The table referred to.
        parent: String,
        /// How many rows.
        count: i64,
    },
    /// Dropping the old table would delete or change the rows that refer to it.
    #[error(
        "table '{table}' has to be rebuilt, but foreign keys are enforced in this transaction and {children} refer(s) to it, so that dropping the old table would delete or change rows there; run PRAGMA foreign_keys = OFF before the transaction begins"
    )]
    ForeignKeysEnforced {
        /// The table.
        table: String,
        /// The tables that refer to it.
        children: String,
    },
    /// Rowids cannot be copied.
    #[error(
        "table '{table}' has so many columns that its rowids cannot be copied with them, and they are not 1, 2, 3 …; give it an INTEGER PRIMARY KEY or drop a column first"
    )]
    TooManyColumns {
        /// The table.
        table: String,
    },
    /// The schema does not say what was intended; never seen, and then undone.
    #[error(
        "SQLite's record of table '{table}' was not what it should be after the change ({found}); the change was undone; please report this with the table's CREATE statement"
    )]
    Unverified {
        /// The table.
        table: String,
        /// What differed.
        found: String,
    },
}

/// A statement that fits a message: the copy of a wide table names each column twice.
fn shortened(statement: &str) -> String {
    const LONGEST: usize = 400;
    match statement.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", statement.get(..end).unwrap_or_default()),
        None => statement.to_owned(),
    }
}

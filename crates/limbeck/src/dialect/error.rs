//! Why an operation cannot be said in a database's language.

use super::DialectName;
use crate::schema::QualifiedName;

/// Why there are no statements for an operation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DdlError {
    /// Only a copy of the table can do it: SQLite's ALTER TABLE is small.
    #[error("{subject}: {dialect} cannot do this in place; table '{table}' has to be rebuilt")]
    NeedsRebuild {
        /// The database.
        dialect: DialectName,
        /// The operation, or the part of it, in one line.
        subject: String,
        /// The table to rebuild.
        table: QualifiedName,
    },
    /// The database does not have this kind of thing.
    #[error("{subject}: {dialect} has no {feature}; {advice}")]
    Unsupported {
        /// The database.
        dialect: DialectName,
        /// The operation, or the part of it, in one line.
        subject: String,
        /// What it does not have.
        feature: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// The operation leaves out something that this database wants.
    #[error("{subject}: {dialect} needs {what}; {advice}")]
    Missing {
        /// The database.
        dialect: DialectName,
        /// The operation, or the part of it, in one line.
        subject: String,
        /// What is missing.
        what: &'static str,
        /// How to give it.
        advice: &'static str,
    },
    /// The database has no such type, or not with these options.
    #[error("type {data_type}: {reason}")]
    Type {
        /// The type.
        data_type: String,
        /// What is wrong with it on this database.
        reason: String,
    },
    /// Two things that a column or table says exclude each other.
    #[error("{subject}: {reason}")]
    Contradiction {
        /// The operation, or the part of it, in one line.
        subject: String,
        /// What excludes what.
        reason: String,
    },
    /// The name of a constraint or index is longer than the database takes, and nobody allowed to shorten it.
    #[error(
        "name '{name}' has {length} characters, more than the {limit} that {dialect} takes; choose a shorter one"
    )]
    NameTooLong {
        /// The database.
        dialect: DialectName,
        /// The name.
        name: String,
        /// Its length in characters.
        length: usize,
        /// The longest that is taken.
        limit: usize,
    },
    /// A phrase that becomes part of a statement holds more than words (`ON DELETE`, `INITIALLY`, `USING`).
    #[error("'{phrase}' is no {place} phrase; expected words only")]
    Phrase {
        /// The phrase.
        phrase: String,
        /// Where it stands.
        place: &'static str,
    },
    /// A value that this database has no literal for.
    #[error("{dialect} has no literal for {value}")]
    Literal {
        /// The database.
        dialect: DialectName,
        /// The value.
        value: String,
    },
}

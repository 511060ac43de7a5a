//! Why a model could not be normalised.

use super::privileges;
use crate::{
    dialect::{InspectError, QueryError, Statement},
    models::ModelError,
    operation::SourceLocation,
};

/// Why a model could not be normalised.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NormaliseError {
    /// The model itself cannot be read.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The database refused a statement of the model.
    #[error("{}the model cannot be built: {source}\n    {}", place(.location.as_ref()), first_lines(.statement))]
    Statement {
        /// Where it stands, as closely as the database tells; `None` for what a model declares without a text.
        location: Option<SourceLocation>,
        /// The statement as the model has it.
        statement: String,
        /// The database's answer.
        source: Box<QueryError>,
    },
    /// A statement of the model grants something to a role that is not there.
    #[error(
        "{}the model cannot be built: {source}; roles belong to the server, so create this one there, or name a server \
         that has it with --scratch-url\n    {}",
        place(.location.as_ref()),
        first_lines(.statement)
    )]
    MissingRole {
        /// Where it stands.
        location: Option<SourceLocation>,
        /// The statement.
        statement: String,
        /// The database's answer.
        source: Box<QueryError>,
    },
    /// A statement of the model would change more than a scratch place.
    #[error("{}this statement has no place in a model: {reason}\n    {}", place(.location.as_ref()), first_lines(.statement))]
    Misplaced {
        /// Where it stands.
        location: Option<SourceLocation>,
        /// The statement.
        statement: String,
        /// Why not.
        reason: &'static str,
    },
    /// The role may not make a scratch place.
    #[error(
        "the model is built beside the database to see what the server makes of it, and this role may not: {source}. \
         Grant it ({grant}), name a server where it may with --scratch-url, or compare by text with --normalize=off"
    )]
    MissingRight {
        /// The statement that grants the right.
        grant: String,
        /// The database's answer.
        source: Box<QueryError>,
    },
    /// The server takes no writes, not even ones that are taken back.
    #[error(
        "the model is built beside the database to see what the server makes of it, and this server takes no writes: \
         {source}. Name another server with --scratch-url, or compare by text with --normalize=off"
    )]
    ReadOnly {
        /// The database's answer.
        source: Box<QueryError>,
    },
    /// The connection has no default database (MySQL) to stand in for.
    #[error("the connection names no database; add its name to the address")]
    NoDatabase,
    /// A model in SQL is only understood by a database.
    #[error(
        "a model in SQL is read by the database's own engine, so it cannot be compared with --normalize=off; \
         leave the option out, or name a server to build it on with --scratch-url"
    )]
    NeedsEngine,
    /// Making, leaving or removing the scratch place failed.
    #[error("cannot {action}: {source}")]
    Place {
        /// What was to be done.
        action: String,
        /// The database's answer.
        source: Box<QueryError>,
    },
    /// The scratch place could not be read.
    #[error(transparent)]
    Inspect(Box<InspectError>),
    /// What was read could not be named anew.
    #[error("cannot read the names of what was built: {0}")]
    Names(#[from] serde_json::Error),
}

impl NormaliseError {
    /// The refusal of a statement of the model; `offset` is the byte of its own text at which the database stopped.
    pub(super) fn refused(statement: &Statement, offset: usize, source: QueryError) -> Self {
        // SQLSTATE 42704, which is for types, too.
        let missing = source.code.as_deref() == Some("42704") && source.message.contains("role");
        if missing && privileges::speaks(&statement.sql) {
            return NormaliseError::MissingRole {
                location: statement.location_at(offset),
                statement: statement.sql.clone(),
                source: Box::new(source),
            };
        }
        NormaliseError::Statement {
            location: statement.location_at(offset),
            statement: statement.sql.clone(),
            source: Box::new(source),
        }
    }

    /// The refusal of a statement of ours; `action` is what it was for.
    pub(super) fn place(action: &str, source: QueryError) -> Self {
        NormaliseError::Place {
            action: action.to_owned(),
            source: Box::new(source),
        }
    }
}

impl From<InspectError> for NormaliseError {
    fn from(error: InspectError) -> Self {
        NormaliseError::Inspect(Box::new(error))
    }
}

fn place(location: Option<&SourceLocation>) -> String {
    location
        .map(|place| format!("{place}: "))
        .unwrap_or_default()
}

/// Enough of a statement to know it again.
fn first_lines(statement: &str) -> String {
    let lines: Vec<&str> = statement.lines().take(3).collect();
    let mut text = lines.join("\n    ");
    if statement.lines().nth(3).is_some() {
        text.push_str("\n    …");
    }
    text
}

//! Why an operation could not be written down.

use crate::dialect::DdlError;

/// Why an operation has no text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// There is no directive for it, and the dialect has no statement either.
    #[error("cannot write '{operation}' into a script: {source}")]
    Sql {
        /// The operation in one line.
        operation: String,
        /// What the dialect says.
        source: Box<DdlError>,
    },
    /// There is no directive for it, and no dialect was given that could say it in SQL.
    #[error(
        "cannot write '{operation}' into a script: there is no directive for it, and without a dialect no SQL either; \
         name the database it is for"
    )]
    NoDialect {
        /// The operation in one line.
        operation: String,
    },
}

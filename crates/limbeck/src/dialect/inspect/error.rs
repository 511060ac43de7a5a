//! Why a database could not be read.

use crate::dialect::{DialectName, QueryError};

/// Why a database could not be read.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InspectError {
    /// The database refused a catalogue query.
    #[error("cannot read {what} from the catalogue: {source}")]
    Refused {
        /// What was read, such as `the columns`.
        what: &'static str,
        /// The query.
        statement: String,
        /// The database's answer.
        source: QueryError,
    },
    /// The catalogue holds a text that is not understood.
    #[error("cannot read the stored text of {object}: {reason}")]
    Text {
        /// What it describes, such as `table account`.
        object: String,
        /// The text.
        text: String,
        /// Why it is not understood.
        reason: String,
    },
    /// The dialect is nobody's in particular, so there is no catalogue to read.
    #[error("dialect {dialect} has no catalogue to read; connect to a database")]
    NoCatalogue {
        /// The dialect.
        dialect: DialectName,
    },
}

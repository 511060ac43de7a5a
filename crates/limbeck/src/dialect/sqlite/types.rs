//! Names of types. SQLite takes any name and derives an affinity from it; what matters is that tables made by
//! SQLAlchemy look the same.

use super::Sqlite;
use crate::{
    dialect::{DdlError, ansi},
    schema::DataType,
};

/// A type's text.
pub(super) fn type_text(dialect: &Sqlite, data_type: &DataType) -> Result<String, DdlError> {
    ansi::generic_type(dialect, data_type)
}

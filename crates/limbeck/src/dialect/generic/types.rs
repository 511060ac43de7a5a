//! Names of types.

use super::Generic;
use crate::{
    dialect::{DdlError, ansi},
    schema::DataType,
};

/// A type's text.
pub(super) fn type_text(dialect: &Generic, data_type: &DataType) -> Result<String, DdlError> {
    ansi::generic_type(dialect, data_type)
}

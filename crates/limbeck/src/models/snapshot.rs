//! A schema that was written down as JSON.

use std::{fs, path::Path};

use super::ModelError;
use crate::schema::Database;

/// Reads a snapshot: the JSON form of [`Database`].
///
/// # Errors
/// [`ModelError`] when the file cannot be read, or is something else.
pub fn read_snapshot(path: &Path) -> Result<Database, ModelError> {
    let text = fs::read_to_string(path).map_err(|source| ModelError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    serde_json::from_str(&text).map_err(|error| ModelError::Snapshot {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    })
}

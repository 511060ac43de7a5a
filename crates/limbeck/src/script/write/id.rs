//! Revision ids for new scripts.

use crate::revision::RevisionId;

use super::WriteError;

/// The version table's column holds this many characters.
pub const LONGEST_ID: usize = 32;

/// A new id: 12 hexadecimal digits from the operating system's random numbers.
///
/// # Errors
/// [`WriteError::NoRandom`] when the operating system has none.
pub fn new_revision_id() -> Result<RevisionId, WriteError> {
    let mut bytes = [0_u8; 6];
    getrandom::fill(&mut bytes).map_err(|error| WriteError::NoRandom(error.to_string()))?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(RevisionId::new(&text)?)
}

/// Checks an id that a user chose for a new revision.
///
/// # Errors
/// [`WriteError::Id`] for characters that an id cannot have, [`WriteError::LongId`] for one that would fail only when
/// it is written into the version table.
pub fn check_revision_id(text: &str) -> Result<RevisionId, WriteError> {
    let id = RevisionId::new(text)?;
    let length = id.chars();
    if length > LONGEST_ID {
        return Err(WriteError::LongId {
            id: text.to_owned(),
            length,
        });
    }
    Ok(id)
}

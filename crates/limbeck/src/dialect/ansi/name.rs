//! Names and phrases on their way into a statement.

use md5::{Digest, Md5};

use super::Grammar;
use crate::{
    dialect::DdlError,
    schema::{Identifier, QualifiedName},
};

/// How much room SQLAlchemy keeps for the mark that tells shortened names apart.
const SHORTENING: usize = 8;

/// A constraint's name, quoted, and shortened where that is allowed.
pub(in crate::dialect) fn constraint_name(
    grammar: &dyn Grammar,
    name: &Identifier,
) -> Result<String, DdlError> {
    fitting(grammar, name, grammar.capabilities().names.constraint)
}

/// An index's name, quoted, and shortened where that is allowed.
pub(in crate::dialect) fn index_name(
    grammar: &dyn Grammar,
    name: &Identifier,
) -> Result<String, DdlError> {
    fitting(grammar, name, grammar.capabilities().names.index)
}

/// The name if it fits; else its beginning and four digits of its MD5, as SQLAlchemy has it, so that a name made by a
/// naming convention is the same whichever tool made it.
fn fitting(grammar: &dyn Grammar, name: &Identifier, limit: usize) -> Result<String, DdlError> {
    let length = name.as_str().chars().count();
    if length <= limit {
        return Ok(grammar.quote(name));
    }
    if !name.may_be_shortened() {
        return Err(DdlError::NameTooLong {
            dialect: grammar.name(),
            name: name.to_string(),
            length,
            limit,
        });
    }
    let digest = Md5::digest(name.as_str().as_bytes());
    let digits: String = digest
        .iter()
        .skip(digest.len() - 2)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let beginning: String = name
        .as_str()
        .chars()
        .take(limit.saturating_sub(SHORTENING))
        .collect();
    Ok(grammar.quote(&Identifier::new(format!("{beginning}_{digits}"))))
}

/// Names, quoted, parted by commas.
pub(in crate::dialect) fn list(grammar: &dyn Grammar, names: &[Identifier]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| grammar.quote(name)).collect();
    quoted.join(", ")
}

/// `ALTER TABLE t`.
pub(in crate::dialect) fn alter_table(grammar: &dyn Grammar, table: &QualifiedName) -> String {
    format!("ALTER TABLE {}", grammar.qualified(table))
}

/// A phrase that a script gives as text, refused when it is more than words: `CASCADE`, `NO ACTION`.
///
/// # Errors
/// [`DdlError::Phrase`] when it could end the clause it stands in.
pub(in crate::dialect) fn phrase<'a>(
    text: &'a str,
    place: &'static str,
) -> Result<&'a str, DdlError> {
    let word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ' ' | '$');
    if !text.trim().is_empty() && text.chars().all(word) {
        return Ok(text);
    }
    Err(DdlError::Phrase {
        phrase: text.to_owned(),
        place,
    })
}

/// What happens to a row whose target is deleted; where the database can, with the columns that it happens to:
/// `SET NULL (a, b)`.
///
/// # Errors
/// [`DdlError::Phrase`] as for [`phrase`].
pub(super) fn delete_action<'a>(grammar: &dyn Grammar, text: &'a str) -> Result<&'a str, DdlError> {
    let inside =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ' ' | '$' | ',' | '"');
    match text.split_once('(') {
        Some((words, columns)) if grammar.capabilities().delete_action_columns => {
            let closed = columns.strip_suffix(')');
            phrase(words, "ON DELETE")?;
            if closed.is_some_and(|columns| columns.chars().all(inside)) {
                return Ok(text);
            }
            Err(DdlError::Phrase {
                phrase: text.to_owned(),
                place: "ON DELETE",
            })
        }
        _ => phrase(text, "ON DELETE"),
    }
}

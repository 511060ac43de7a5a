//! The identifier of a revision. Must not know where ids come from or how long a database column is.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Characters with a meaning in the target grammar, so never part of an id.
const RESERVED: [char; 4] = ['@', '-', '+', ':'];

/// The identifier of one revision, as it stands in the script and in the version table.
///
/// Cloning is cheap: the text is shared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionId(Arc<str>);

impl RevisionId {
    /// Checks `text` and makes it an id.
    ///
    /// # Errors
    /// [`IdError`] when `text` is empty or holds one of `@ - + :`.
    pub fn new(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        let mut found: Vec<char> = RESERVED.into_iter().filter(|c| text.contains(*c)).collect();
        if found.is_empty() {
            return Ok(Self(text.into()));
        }
        found.sort_unstable();
        Err(IdError::Reserved {
            id: text.to_owned(),
            found,
        })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Length in characters, which is what a `VARCHAR(32)` column counts.
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }
}

impl fmt::Display for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for RevisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl AsRef<str> for RevisionId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for RevisionId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for RevisionId {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for RevisionId {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl std::str::FromStr for RevisionId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Self::new(text)
    }
}

impl Serialize for RevisionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RevisionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

/// Why a text is no revision id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// Nothing between the quotes.
    #[error("a revision identifier cannot be empty")]
    Empty,
    /// A word that the target grammar needs for itself.
    #[error(
        "'{word}' is a target of its own, so it can be neither a revision identifier nor a branch label; \
         choose another name"
    )]
    Word {
        /// The word.
        word: String,
    },
    /// Characters that the target grammar needs for itself.
    #[error(
        "character(s) '{}' not allowed in revision identifier '{id}'; \
         use letters, digits and underscores",
        join(found)
    )]
    Reserved {
        /// The refused text.
        id: String,
        /// The characters that are not allowed, sorted.
        found: Vec<char>,
    },
}

fn join(found: &[char]) -> String {
    found
        .iter()
        .map(char::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_characters_of_the_target_grammar() {
        let text = RevisionId::new("a@b-c").unwrap_err().to_string();
        insta::assert_snapshot!(text, @"character(s) '-, @' not allowed in revision identifier 'a@b-c'; use letters, digits and underscores");
        assert_eq!(RevisionId::new(""), Err(IdError::Empty));
    }

    #[test]
    fn counts_characters_not_bytes() {
        assert_eq!(RevisionId::new("größe").unwrap().chars(), 5);
    }

    #[test]
    fn is_a_plain_string_in_json() {
        let id: RevisionId = serde_json::from_str("\"ae10\"").unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"ae10\"");
        assert!(serde_json::from_str::<RevisionId>("\"a:b\"").is_err());
    }
}

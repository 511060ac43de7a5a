//! Lists of directories in one ini value: `path_separator`, and what came before it.

/// How the directories in a value are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// One character.
    Character(char),
    /// Commas and spaces: `version_locations` without `path_separator`.
    CommasAndSpaces,
    /// Commas, spaces and colons: `prepend_sys_path` without `path_separator`.
    CommasSpacesAndColons,
}

/// What `path_separator` may be.
pub(super) const SEPARATORS: &str = "one of space, newline, os, : and ;";

impl Separator {
    /// Reads a value of `path_separator`.
    pub(super) fn parse(value: &str) -> Option<Self> {
        let character = match value {
            "space" => ' ',
            "newline" => '\n',
            "os" if cfg!(windows) => ';',
            "os" | ":" => ':',
            ";" => ';',
            _ => return None,
        };
        Some(Self::Character(character))
    }

    /// The entries of a value, trimmed, without empty ones.
    pub(super) fn split(self, value: &str) -> Vec<String> {
        let separates = |c: char| match self {
            Self::Character(separator) => c == separator,
            Self::CommasAndSpaces => matches!(c, ',' | ' '),
            Self::CommasSpacesAndColons => matches!(c, ',' | ' ' | ':'),
        };
        value
            .split(separates)
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

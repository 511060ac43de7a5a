//! Where a configured value was written, so that every complaint about it can point there.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A place in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The file, as it was opened.
    pub file: Arc<Path>,
    /// The line, counted from 1. 0 stands for the file as a whole.
    pub line: u32,
    /// The column, counted in characters from 1, when it is known.
    pub column: Option<u32>,
    /// How many characters the text in question covers, 0 when that is not known.
    pub length: u32,
}

impl Origin {
    /// A place of which only the line is known.
    pub fn line(file: &Arc<Path>, line: u32) -> Self {
        Self {
            file: Arc::clone(file),
            line,
            column: None,
            length: 0,
        }
    }

    /// A file as a whole.
    pub fn file(file: impl Into<PathBuf>) -> Self {
        Self {
            file: Arc::from(file.into()),
            line: 0,
            column: None,
            length: 0,
        }
    }

    /// The place of the bytes `start..end` of `text`, the whole content of `file`.
    pub(crate) fn of_bytes(file: &Arc<Path>, text: &str, start: usize, end: usize) -> Self {
        let before = text.get(..start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let covered = text.get(start..end).unwrap_or("");
        let covered = covered.split('\n').next().unwrap_or("");
        Self {
            file: Arc::clone(file),
            line: count(before.matches('\n').count() + 1),
            column: Some(count(before[line_start..].chars().count() + 1)),
            length: count(covered.chars().count()),
        }
    }
}

/// A number of lines or characters; a file beyond four billion of them is shown a wrong place.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

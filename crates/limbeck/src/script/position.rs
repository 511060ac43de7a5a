//! Lines and columns of a byte offset in a text.

use std::fmt;

/// A place in a text. Printed as `line:column`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

impl Position {
    /// The first character of a text.
    pub const START: Position = Position { line: 1, column: 1 };

    /// The place of byte `offset` in `text`; an offset past the end means the end.
    pub fn of(text: &str, offset: usize) -> Position {
        Position::START.after(text, offset)
    }

    /// The place of byte `offset` in `text`, where `text` itself begins at `self`.
    pub(crate) fn after(self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let breaks = before.bytes().filter(|byte| *byte == b'\n').count();
        let line = self.line.saturating_add(as_u32(breaks));
        let column = match before.rfind('\n') {
            Some(newline) => as_u32(before[newline + 1..].chars().count()) + 1,
            None => self.column.saturating_add(as_u32(before.chars().count())),
        };
        Position { line, column }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.column)
    }
}

/// Files of more than four thousand million lines are not read anyway.
fn as_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_newlines() {
        let text = "é;\r\nSELECT";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, 2), Position { line: 1, column: 2 });
        assert_eq!(Position::of(text, 5), Position { line: 2, column: 1 });
        assert_eq!(Position::of(text, 999), Position { line: 2, column: 7 });
    }

    #[test]
    fn a_text_inside_a_file_counts_on_from_its_own_place() {
        let start = Position { line: 7, column: 5 };
        assert_eq!(start.after("ab\ncd", 1), Position { line: 7, column: 6 });
        assert_eq!(start.after("ab\ncd", 4), Position { line: 8, column: 2 });
    }
}

//! Logical lines of Python source: what ends at a line end outside strings and brackets.

use crate::script::HeaderProblem;

use super::{At, string};

/// One logical line that is neither blank nor a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct LogicalLine {
    /// Blanks before it.
    pub(super) indent: usize,
    /// First byte after the indentation.
    pub(super) start: usize,
    end: usize,
}

impl LogicalLine {
    pub(super) fn text<'a>(&self, source: &'a str) -> &'a str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

/// The logical lines of a source text.
pub(super) struct LogicalLines<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> LogicalLines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        LogicalLines {
            bytes: text.as_bytes(),
            position: 0,
        }
    }

    /// The next line; `None` at the end.
    pub(super) fn next_line(&mut self) -> At<Option<LogicalLine>> {
        loop {
            let begin = self.position;
            let start = self.skip_while(begin, |byte| matches!(byte, b' ' | b'\t' | 0x0c));
            match self.bytes.get(start) {
                None => return Ok(None),
                Some(b'\n' | b'\r') => self.position = start + 1,
                Some(b'#') => self.position = self.skip_while(start, |byte| byte != b'\n'),
                Some(_) => {
                    let end = self.end_of_line(start)?;
                    self.position = end;
                    return Ok(Some(LogicalLine {
                        indent: start - begin,
                        start,
                        end,
                    }));
                }
            }
        }
    }

    fn end_of_line(&self, start: usize) -> At<usize> {
        let mut depth = 0_usize;
        let mut at = start;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'\n' | b'\r' if depth == 0 => return Ok(at),
                b'#' => {
                    at = self.skip_while(at, |byte| byte != b'\n');
                    continue;
                }
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                b'\\' => at += self.continuation(at),
                b'\'' | b'"' => {
                    let end = string::end(self.bytes, at);
                    // An f-string may run over lines inside its braces; its own quotes are then found again below.
                    let lenient = at > start
                        && self.bytes[at - 1].eq_ignore_ascii_case(&b'f')
                        && !self.bytes[at..].starts_with(&[*byte; 3]);
                    match end {
                        Some(end) => {
                            at = end;
                            continue;
                        }
                        None if lenient => {}
                        None => return Err((at, HeaderProblem::BadString("it has no end"))),
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Ok(self.bytes.len())
    }

    /// How many bytes after the backslash at `at` belong to the line end that it hides.
    fn continuation(&self, at: usize) -> usize {
        match (self.bytes.get(at + 1), self.bytes.get(at + 2)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\n' | b'\r'), _) => 1,
            _ => 0,
        }
    }

    fn skip_while(&self, from: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let mut at = from;
        while self.bytes.get(at).is_some_and(|byte| belongs(*byte)) {
            at += 1;
        }
        at
    }
}

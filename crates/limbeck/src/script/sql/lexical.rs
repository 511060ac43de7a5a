//! The lexical rules of each dialect, as values, and the one reader they steer.
//!
//! Works on bytes: every delimiter of SQL is ASCII, and bytes of other characters only occur inside words, literals
//! and comments, so a token never ends inside a character.

use crate::dialect::DialectName;

use super::token::{TokenKind, Unterminated};

/// What differs between the dialects below the level of words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    nested_comments: bool,
    hash_comments: bool,
    /// `--` begins a comment only before a blank, a control character or the end.
    dash_needs_blank: bool,
    /// A carriage return alone ends a line comment too.
    return_ends_comment: bool,
    executable_comments: bool,
    backticks: bool,
    brackets: bool,
    /// `"…"` is a string, not an identifier.
    double_quoted_strings: bool,
    backslash_escapes: bool,
    /// `E'…'`, dollar quotes and `$1`.
    postgresql: bool,
    sqlite_parameters: bool,
    dollar_in_words: bool,
    /// Letters that may stand directly before a string's quote.
    string_prefixes: &'static [u8],
    unicode_strings: bool,
}

const STANDARD: Rules = Rules {
    nested_comments: false,
    hash_comments: false,
    dash_needs_blank: false,
    return_ends_comment: true,
    executable_comments: false,
    backticks: false,
    brackets: false,
    double_quoted_strings: false,
    backslash_escapes: false,
    postgresql: false,
    sqlite_parameters: false,
    dollar_in_words: false,
    string_prefixes: b"xXbBnN",
    unicode_strings: true,
};

const SQLITE: Rules = Rules {
    return_ends_comment: false,
    backticks: true,
    brackets: true,
    sqlite_parameters: true,
    dollar_in_words: true,
    string_prefixes: b"xX",
    unicode_strings: false,
    ..STANDARD
};

const POSTGRESQL: Rules = Rules {
    nested_comments: true,
    postgresql: true,
    dollar_in_words: true,
    string_prefixes: b"eExXbBnN",
    ..STANDARD
};

const MYSQL: Rules = Rules {
    hash_comments: true,
    dash_needs_blank: true,
    return_ends_comment: false,
    executable_comments: true,
    backticks: true,
    double_quoted_strings: true,
    backslash_escapes: true,
    dollar_in_words: true,
    unicode_strings: false,
    ..STANDARD
};

impl Rules {
    pub(super) fn of(dialect: DialectName) -> Rules {
        match dialect {
            DialectName::Generic => STANDARD,
            DialectName::Sqlite => SQLITE,
            DialectName::Postgresql => POSTGRESQL,
            DialectName::Mysql | DialectName::Mariadb => MYSQL,
        }
    }

    /// The kind and the end of the token at `start`; `None` at the end of the text.
    pub(super) fn read(&self, text: &[u8], start: usize) -> Option<(TokenKind, usize)> {
        let first = *text.get(start)?;
        let next = text.get(start + 1).copied();
        Some(match first {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => {
                (TokenKind::Whitespace, run(text, start, is_blank))
            }
            b'-' if next == Some(b'-') && self.dashes_are_comment(text, start) => {
                (TokenKind::LineComment, self.line_end(text, start))
            }
            b'#' if self.hash_comments => (TokenKind::LineComment, self.line_end(text, start)),
            b'/' if next == Some(b'*') => self.block_comment(text, start),
            b'\'' => self.string(text, start, self.backslash_escapes),
            b'"' if self.double_quoted_strings => self.string(text, start, self.backslash_escapes),
            b'"' => quoted_identifier(text, start),
            b'`' if self.backticks => quoted_identifier(text, start),
            b'[' if self.brackets => match find(text, start + 1, b']') {
                Some(end) => (TokenKind::QuotedIdentifier, end + 1),
                None => unterminated(Unterminated::QuotedIdentifier, text),
            },
            b'$' if self.postgresql => dollar(text, start),
            b'?' | b':' | b'@' | b'$' if self.sqlite_parameters => sqlite_parameter(text, start),
            b'0'..=b'9' => (TokenKind::Number, number_end(text, start)),
            b',' => (TokenKind::Comma, start + 1),
            b'.' => (TokenKind::Dot, start + 1),
            b';' => (TokenKind::Semicolon, start + 1),
            b'(' => (TokenKind::OpenParenthesis, start + 1),
            b')' => (TokenKind::CloseParenthesis, start + 1),
            _ if is_word_start(first) || (first == b'$' && self.dollar_in_words) => {
                self.word_or_prefixed_string(text, start)
            }
            _ => (TokenKind::Operator, start + 1),
        })
    }

    fn dashes_are_comment(&self, text: &[u8], start: usize) -> bool {
        !self.dash_needs_blank || text.get(start + 2).is_none_or(|byte| *byte <= b' ')
    }

    fn line_end(&self, text: &[u8], start: usize) -> usize {
        let returns = self.return_ends_comment;
        run(text, start, |byte| {
            byte != b'\n' && !(returns && byte == b'\r')
        })
    }

    fn block_comment(&self, text: &[u8], start: usize) -> (TokenKind, usize) {
        if self.executable_comments {
            let rest = &text[start + 2..];
            if rest.starts_with(b"!") || rest.starts_with(b"M!") {
                return self.executable_comment(text, start);
            }
        }
        let mut depth = 1_usize;
        let mut at = start + 2;
        while let Some(byte) = text.get(at) {
            match (byte, text.get(at + 1)) {
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        return (TokenKind::BlockComment, at);
                    }
                }
                (b'/', Some(b'*')) if self.nested_comments => {
                    depth += 1;
                    at += 2;
                }
                _ => at += 1,
            }
        }
        unterminated(Unterminated::BlockComment, text)
    }

    /// `/*! … */` holds statements: its end is looked for outside strings and comments inside it.
    fn executable_comment(&self, text: &[u8], start: usize) -> (TokenKind, usize) {
        let mut at = start + 2;
        while let Some(byte) = text.get(at) {
            at = match byte {
                b'*' if text.get(at + 1) == Some(&b'/') => {
                    return (TokenKind::ExecutableComment, at + 2);
                }
                b'\'' | b'"' => match quote_end(text, at, self.backslash_escapes) {
                    Some(end) => end,
                    None => break,
                },
                b'`' => match quote_end(text, at, false) {
                    Some(end) => end,
                    None => break,
                },
                b'/' if text.get(at + 1) == Some(&b'*') => match comment_end(text, at + 2) {
                    Some(end) => end,
                    None => break,
                },
                _ => at + 1,
            };
        }
        unterminated(Unterminated::BlockComment, text)
    }

    /// A string whose opening quote is at `quote`.
    fn string(&self, text: &[u8], quote: usize, escapes: bool) -> (TokenKind, usize) {
        let Some(mut end) = quote_end(text, quote, escapes) else {
            return unterminated(Unterminated::String, text);
        };
        if !(self.postgresql && escapes) {
            return (TokenKind::String, end);
        }
        // PostgreSQL: after an E'…', a string on the next line goes on with the same escapes.
        loop {
            let blank = run(text, end, is_blank);
            if !text[end..blank].contains(&b'\n') || text.get(blank) != Some(&b'\'') {
                return (TokenKind::String, end);
            }
            match quote_end(text, blank, true) {
                Some(next) => end = next,
                None => return unterminated(Unterminated::String, text),
            }
        }
    }

    fn word_or_prefixed_string(&self, text: &[u8], start: usize) -> (TokenKind, usize) {
        let first = text[start];
        match text.get(start + 1) {
            Some(b'\'') if self.string_prefixes.contains(&first) => {
                let escapes = self.backslash_escapes || first.eq_ignore_ascii_case(&b'e');
                return self.string(text, start + 1, escapes);
            }
            Some(b'&') if self.unicode_strings && first.eq_ignore_ascii_case(&b'u') => {
                match text.get(start + 2) {
                    Some(b'\'') => return self.string(text, start + 2, false),
                    Some(b'"') => return quoted_identifier(text, start + 2),
                    _ => {}
                }
            }
            _ => {}
        }
        let dollar = self.dollar_in_words;
        let end = run(text, start, |byte| {
            is_word_part(byte) || (dollar && byte == b'$')
        });
        (TokenKind::Word, end)
    }
}

fn quoted_identifier(text: &[u8], quote: usize) -> (TokenKind, usize) {
    match quote_end(text, quote, false) {
        Some(end) => (TokenKind::QuotedIdentifier, end),
        None => unterminated(Unterminated::QuotedIdentifier, text),
    }
}

/// `$1`, `$$…$$`, `$tag$…$tag$`, or a lone `$`.
fn dollar(text: &[u8], start: usize) -> (TokenKind, usize) {
    if text.get(start + 1).is_some_and(u8::is_ascii_digit) {
        return (
            TokenKind::Parameter,
            run(text, start + 1, |byte| byte.is_ascii_digit()),
        );
    }
    let tag_end = run(text, start + 1, is_word_part);
    if text.get(tag_end) != Some(&b'$') {
        return (TokenKind::Operator, start + 1);
    }
    let tag = &text[start..=tag_end];
    let mut at = tag_end + 1;
    while let Some(found) = find(text, at, b'$') {
        if text[found..].starts_with(tag) {
            return (TokenKind::DollarString, found + tag.len());
        }
        at = found + 1;
    }
    unterminated(Unterminated::DollarString, text)
}

fn sqlite_parameter(text: &[u8], start: usize) -> (TokenKind, usize) {
    let question = text.get(start) == Some(&b'?');
    let end = run(text, start + 1, |byte| {
        if question {
            byte.is_ascii_digit()
        } else {
            is_word_part(byte) || byte == b'$'
        }
    });
    if question || end > start + 1 {
        (TokenKind::Parameter, end)
    } else {
        (TokenKind::Operator, start + 1)
    }
}

fn number_end(text: &[u8], start: usize) -> usize {
    let digit = |byte: u8| byte.is_ascii_digit() || byte == b'_';
    if text[start] == b'0' {
        let hexadecimal = matches!(text.get(start + 1), Some(b'x' | b'X'));
        if hexadecimal && text.get(start + 2).is_some_and(u8::is_ascii_hexdigit) {
            return run(text, start + 2, |byte| {
                byte.is_ascii_hexdigit() || byte == b'_'
            });
        }
    }
    let mut end = run(text, start, digit);
    // `1..3` is a range (MariaDB's FOR loop), not the number `1.`.
    if text.get(end) == Some(&b'.') && text.get(end + 1) != Some(&b'.') {
        end = run(text, end + 1, digit);
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        if text.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
            end = run(text, end + 1 + sign, digit);
        }
    }
    end
}

/// The byte after the quote that closes the one at `quote`; a doubled quote does not close.
fn quote_end(text: &[u8], quote: usize, backslash_escapes: bool) -> Option<usize> {
    let mark = *text.get(quote)?;
    let mut at = quote + 1;
    loop {
        let byte = *text.get(at)?;
        if byte == b'\\' && backslash_escapes {
            at += 2;
        } else if byte == mark {
            if text.get(at + 1) == Some(&mark) {
                at += 2;
            } else {
                return Some(at + 1);
            }
        } else {
            at += 1;
        }
    }
}

fn comment_end(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at = find(text, at, b'*')? + 1;
        if text.get(at) == Some(&b'/') {
            return Some(at + 1);
        }
    }
}

fn unterminated(what: Unterminated, text: &[u8]) -> (TokenKind, usize) {
    (TokenKind::Unterminated(what), text.len())
}

fn run(text: &[u8], start: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let mut end = start;
    while text.get(end).is_some_and(|byte| belongs(*byte)) {
        end += 1;
    }
    end
}

fn find(text: &[u8], from: usize, wanted: u8) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.iter()
        .position(|byte| *byte == wanted)
        .map(|at| from + at)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_word_part(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit()
}

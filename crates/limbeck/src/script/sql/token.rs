//! SQL text to tokens, losslessly: the spans of the tokens, put together, are the text.
//!
//! This is the lexical level only, by dialect: what is a string, a comment, a quoted identifier. It knows no statement and
//! no grammar. Nothing is allocated; a token is a kind and a span.

use std::ops::Range;

use crate::dialect::DialectName;

use super::lexical::Rules;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Blanks, tabs and line ends.
    Whitespace,
    /// `-- …` or, on MySQL and MariaDB, `# …`, up to but without the line feed.
    LineComment,
    /// `/* … */`; nested on PostgreSQL only. Optimizer hints (`/*+ … */`) are comments too.
    BlockComment,
    /// `/*! … */` or `/*M! … */`: MySQL and MariaDB run what is inside.
    ExecutableComment,
    /// A keyword or an identifier without quotes.
    Word,
    /// An identifier in `"…"`, `` `…` `` or `[…]`, whichever the dialect has.
    QuotedIdentifier,
    /// A string literal with its prefix (`E'…'`, `x'…'`), or `"…"` on MySQL and MariaDB.
    String,
    /// PostgreSQL's `$$…$$` or `$tag$…$tag$`.
    DollarString,
    /// A number without its sign.
    Number,
    /// A placeholder: `$1` on PostgreSQL; `?`, `?1`, `:name`, `@name` or `$name` on SQLite.
    Parameter,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `;`
    Semicolon,
    /// `(`
    OpenParenthesis,
    /// `)`
    CloseParenthesis,
    /// Any other single character; `<=` is two tokens.
    Operator,
    /// A string, quoted identifier or comment without its end; reaches to the end of the text.
    Unterminated(Unterminated),
}

/// What has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unterminated {
    /// A string literal.
    String,
    /// A quoted identifier.
    QuotedIdentifier,
    /// A block comment.
    BlockComment,
    /// A dollar-quoted string.
    DollarString,
}

/// One token: its kind and where it stands, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// First byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Token {
    /// The token's text in the text it was read from.
    pub fn text<'a>(&self, sql: &'a str) -> &'a str {
        sql.get(self.start..self.end).unwrap_or_default()
    }

    /// The span in bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the token means nothing to the database: blanks and comments that are not executable.
    pub fn is_trivia(&self) -> bool {
        matches!(
            self.kind,
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment
        )
    }

    /// Whether this is the unquoted word `keyword`, in any case.
    pub fn is_keyword(&self, sql: &str, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text(sql).eq_ignore_ascii_case(keyword)
    }
}

/// Reads tokens off a text, by a dialect's rules.
///
/// ```
/// use limbeck::{dialect::DialectName, script::sql::{TokenKind, Tokenizer}};
/// let sql = "SELECT 'it''s'";
/// let kinds: Vec<_> = Tokenizer::new(sql, DialectName::Sqlite).map(|token| token.kind).collect();
/// assert_eq!(kinds, [TokenKind::Word, TokenKind::Whitespace, TokenKind::String]);
/// ```
#[derive(Clone, Debug)]
pub struct Tokenizer<'a> {
    text: &'a str,
    position: usize,
    rules: Rules,
}

impl<'a> Tokenizer<'a> {
    /// Begins at the start of `text`.
    pub fn new(text: &'a str, dialect: DialectName) -> Self {
        Tokenizer {
            text,
            position: 0,
            rules: Rules::of(dialect),
        }
    }

    /// The byte offset at which the next token begins.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Goes on at byte `offset`, or at the next character boundary after it.
    pub fn seek(&mut self, offset: usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset += 1;
        }
        self.position = offset;
    }
}

impl Iterator for Tokenizer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let start = self.position;
        let (kind, end) = self.rules.read(self.text.as_bytes(), start)?;
        self.position = end;
        Some(Token { kind, start, end })
    }
}

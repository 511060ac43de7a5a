//! The words of a statement, one after the other.

use crate::{
    dialect::DialectName,
    schema::Identifier,
    script::sql::{Token, TokenKind, Tokenizer},
};

/// The longest name that PostgreSQL keeps, in bytes.
const NAME_LIMIT: usize = 63;

/// Words that end a default at the level of its column.
const BEHIND_DEFAULT: [&str; 10] = [
    "NOT",
    "NULL",
    "PRIMARY",
    "UNIQUE",
    "REFERENCES",
    "CHECK",
    "CONSTRAINT",
    "COLLATE",
    "GENERATED",
    "DEFERRABLE",
];

/// A place in a statement. Each step gives `None` where something else stands there.
pub(super) struct Cursor<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The start of a statement without comments: what they are about is nobody's to guess.
    pub(super) fn of(sql: &'a str) -> Option<Self> {
        let mut tokens = Vec::with_capacity(sql.len() / 6);
        for token in Tokenizer::new(sql, DialectName::Postgresql) {
            match token.kind {
                TokenKind::Unterminated(_) | TokenKind::Parameter => return None,
                _ if token.is_trivia() => {}
                _ => tokens.push(token),
            }
        }
        Some(Cursor { sql, tokens, at: 0 })
    }

    fn kind(&self) -> Option<TokenKind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    fn text(&self) -> &'a str {
        let token = self.tokens.get(self.at);
        token.map_or("", |token| token.text(self.sql))
    }

    /// Whether this keyword comes next.
    pub(super) fn is(&self, keyword: &str) -> bool {
        let token = self.tokens.get(self.at);
        token.is_some_and(|token| token.is_keyword(self.sql, keyword))
    }

    /// Goes behind this keyword, if it comes next.
    pub(super) fn take(&mut self, keyword: &str) -> bool {
        let found = self.is(keyword);
        self.at += usize::from(found);
        found
    }

    /// Goes behind this keyword.
    pub(super) fn word(&mut self, keyword: &str) -> Option<()> {
        self.take(keyword).then_some(())
    }

    /// The next word in lower case.
    pub(super) fn any_word(&mut self) -> Option<String> {
        (self.kind()? == TokenKind::Word).then_some(())?;
        let word = self.text().to_ascii_lowercase();
        self.at += 1;
        Some(word)
    }

    /// A name without a schema, as the server stores it.
    pub(super) fn name(&mut self) -> Option<Identifier> {
        let text = self.text();
        let name = match self.kind()? {
            TokenKind::Word if text.is_ascii() => text.to_ascii_lowercase(),
            TokenKind::QuotedIdentifier => {
                let inside = text.strip_prefix('"')?.strip_suffix('"')?;
                inside.replace("\"\"", "\"")
            }
            _ => return None,
        };
        (name.len() <= NAME_LIMIT).then_some(())?;
        self.at += 1;
        Some(Identifier::new(name))
    }

    /// Names in parentheses.
    pub(super) fn names(&mut self) -> Option<Vec<Identifier>> {
        self.open()?;
        let mut names = vec![self.name()?];
        while self.comma() {
            names.push(self.name()?);
        }
        self.close()?;
        Some(names)
    }

    /// Numbers in parentheses; none without parentheses.
    pub(super) fn numbers(&mut self) -> Option<Vec<i64>> {
        let mut numbers = Vec::new();
        if self.open().is_none() {
            return Some(numbers);
        }
        loop {
            (self.kind()? == TokenKind::Number).then_some(())?;
            numbers.push(self.text().parse().ok()?);
            self.at += 1;
            if !self.comma() {
                break;
            }
        }
        self.close()?;
        Some(numbers)
    }

    fn punctuation(&mut self, kind: TokenKind) -> bool {
        let found = self.kind() == Some(kind);
        self.at += usize::from(found);
        found
    }

    /// Goes behind an opening parenthesis.
    pub(super) fn open(&mut self) -> Option<()> {
        self.punctuation(TokenKind::OpenParenthesis).then_some(())
    }

    /// Goes behind a closing parenthesis.
    pub(super) fn close(&mut self) -> Option<()> {
        self.punctuation(TokenKind::CloseParenthesis).then_some(())
    }

    /// Goes behind a comma, if one comes next.
    pub(super) fn comma(&mut self) -> bool {
        self.punctuation(TokenKind::Comma)
    }

    /// Whether an element of a list ends here.
    pub(super) fn at_border(&self) -> bool {
        matches!(
            self.kind(),
            None | Some(TokenKind::Comma | TokenKind::CloseParenthesis)
        )
    }

    /// Whether the statement ends here.
    pub(super) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The text in parentheses.
    pub(super) fn enclosed(&mut self) -> Option<String> {
        self.open()?;
        let text = self.text_until(|_| false)?;
        self.close()?;
        Some(text)
    }

    /// The text of a default. `NULL` is none.
    pub(super) fn default(&mut self) -> Option<String> {
        (!self.is("NULL")).then_some(())?;
        self.text_until(|cursor| BEHIND_DEFAULT.iter().any(|word| cursor.is(word)))
    }

    /// The text up to a border, or to where `ends` says so, outside of parentheses.
    fn text_until(&mut self, ends: impl Fn(&Self) -> bool) -> Option<String> {
        let start = self.tokens.get(self.at)?.start;
        let mut end = start;
        let mut depth = 0usize;
        while let Some(token) = self.tokens.get(self.at) {
            match token.kind {
                TokenKind::OpenParenthesis => depth += 1,
                TokenKind::CloseParenthesis if depth > 0 => depth -= 1,
                TokenKind::CloseParenthesis => break,
                TokenKind::Comma if depth == 0 => break,
                TokenKind::Word if depth == 0 && ends(self) => break,
                _ => {}
            }
            end = token.end;
            self.at += 1;
        }
        (end > start).then(|| self.sql.get(start..end).unwrap_or_default().to_owned())
    }
}

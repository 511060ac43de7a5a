//! The words of a statement, one after the other.

use crate::{
    dialect::DialectName,
    schema::Identifier,
    script::sql::{Token, TokenKind, Tokenizer},
};

/// The longest name, in letters.
const NAME_LIMIT: usize = 64;

/// A place in a statement. Each step gives `None` where something else stands there.
pub(super) struct Cursor<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The start of a statement without comments: some of them are run.
    pub(super) fn of(sql: &'a str) -> Option<Self> {
        let mut tokens = Vec::with_capacity(sql.len() / 6);
        for token in Tokenizer::new(sql, DialectName::Mariadb) {
            match token.kind {
                TokenKind::Unterminated(_)
                | TokenKind::Parameter
                | TokenKind::ExecutableComment => return None,
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

    /// Goes behind this keyword, if it comes next.
    pub(super) fn take(&mut self, keyword: &str) -> bool {
        let token = self.tokens.get(self.at);
        let found = token.is_some_and(|token| token.is_keyword(self.sql, keyword));
        self.at += usize::from(found);
        found
    }

    /// Goes behind this keyword.
    pub(super) fn word(&mut self, keyword: &str) -> Option<()> {
        self.take(keyword).then_some(())
    }

    /// The next word in upper case.
    pub(super) fn any_word(&mut self) -> Option<String> {
        (self.kind()? == TokenKind::Word).then_some(())?;
        let word = self.text().to_ascii_uppercase();
        self.at += 1;
        Some(word)
    }

    /// A name without a database.
    pub(super) fn name(&mut self) -> Option<Identifier> {
        let text = self.text();
        let name = match self.kind()? {
            TokenKind::Word if text.is_ascii() => text.to_owned(),
            TokenKind::QuotedIdentifier => {
                let inside = text.strip_prefix('`')?.strip_suffix('`')?;
                inside.replace("``", "`")
            }
            _ => return None,
        };
        (name.chars().count() <= NAME_LIMIT).then_some(())?;
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

    /// A text in single quotes without anything special in it, as it is written.
    pub(super) fn literal(&mut self) -> Option<&'a str> {
        let text = self.text();
        let inside = text.strip_prefix('\'')?.strip_suffix('\'')?;
        (!inside.contains(['\'', '\\'])).then_some(())?;
        self.at += 1;
        Some(text)
    }

    /// A number without a sign, as it is written.
    pub(super) fn number(&mut self) -> Option<&'a str> {
        (self.kind()? == TokenKind::Number).then_some(())?;
        let text = self.text();
        self.at += 1;
        Some(text)
    }

    /// Goes behind an equals sign, if one comes next.
    pub(super) fn equals(&mut self) {
        self.at += usize::from(self.text() == "=");
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
}

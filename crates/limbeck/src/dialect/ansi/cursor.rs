//! The words of a statement, one after the other.
//!
//! Must not know any statement. What the databases' languages write in different ways is in [`Spelling`].

use crate::{
    dialect::DialectName,
    schema::Identifier,
    script::sql::{Token, TokenKind, Tokenizer},
};

/// How a language writes names.
pub(in crate::dialect) struct Spelling {
    /// Whose language it is.
    pub(in crate::dialect) dialect: DialectName,
    /// What stands around a name that is quoted.
    pub(in crate::dialect) quote: char,
    /// Whether a name without quotes is kept in lower case.
    pub(in crate::dialect) folds: bool,
    /// Whether a name is short enough to be kept as it is.
    pub(in crate::dialect) fits: fn(&str) -> bool,
}

/// A place in a statement. Each step gives `None` where something else stands there.
pub(in crate::dialect) struct Cursor<'a> {
    spelling: &'static Spelling,
    sql: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The start of a statement, without its comments; `None` where one of them is run.
    pub(in crate::dialect) fn of(sql: &'a str, spelling: &'static Spelling) -> Option<Self> {
        let mut tokens = Vec::with_capacity(sql.len() / 6);
        for token in Tokenizer::new(sql, spelling.dialect) {
            match token.kind {
                TokenKind::Unterminated(_)
                | TokenKind::Parameter
                | TokenKind::ExecutableComment => return None,
                _ if token.is_trivia() => {}
                _ => tokens.push(token),
            }
        }
        Some(Cursor {
            spelling,
            sql,
            tokens,
            at: 0,
        })
    }

    fn kind(&self) -> Option<TokenKind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    fn text(&self) -> &'a str {
        let token = self.tokens.get(self.at);
        token.map_or("", |token| token.text(self.sql))
    }

    /// Whether this keyword comes next.
    pub(in crate::dialect) fn is(&self, keyword: &str) -> bool {
        let token = self.tokens.get(self.at);
        token.is_some_and(|token| token.is_keyword(self.sql, keyword))
    }

    /// Goes behind this keyword, if it comes next.
    pub(in crate::dialect) fn take(&mut self, keyword: &str) -> bool {
        let found = self.is(keyword);
        self.at += usize::from(found);
        found
    }

    /// Goes behind this keyword.
    pub(in crate::dialect) fn word(&mut self, keyword: &str) -> Option<()> {
        self.take(keyword).then_some(())
    }

    /// The next word, as it is written.
    pub(in crate::dialect) fn any_word(&mut self) -> Option<&'a str> {
        self.one(TokenKind::Word)
    }

    /// A number without a sign, as it is written.
    pub(in crate::dialect) fn number(&mut self) -> Option<&'a str> {
        self.one(TokenKind::Number)
    }

    fn one(&mut self, kind: TokenKind) -> Option<&'a str> {
        let text = self.text();
        self.punctuation(kind).then_some(text)
    }

    /// A name without a schema, as the server stores it.
    pub(in crate::dialect) fn name(&mut self) -> Option<Identifier> {
        let Spelling {
            quote, folds, fits, ..
        } = *self.spelling;
        let text = self.text();
        let name = match self.kind()? {
            TokenKind::Word if !text.is_ascii() => return None,
            TokenKind::Word if folds => text.to_ascii_lowercase(),
            TokenKind::Word => text.to_owned(),
            TokenKind::QuotedIdentifier => {
                let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
                inside.replace(&format!("{quote}{quote}"), &quote.to_string())
            }
            _ => return None,
        };
        fits(&name).then_some(())?;
        self.at += 1;
        Some(Identifier::new(name))
    }

    /// Names in parentheses.
    pub(in crate::dialect) fn names(&mut self) -> Option<Vec<Identifier>> {
        let mut names = Vec::new();
        self.list(|cursor| {
            names.push(cursor.name()?);
            Some(())
        })?;
        Some(names)
    }

    /// Numbers in parentheses; none without parentheses.
    pub(in crate::dialect) fn numbers(&mut self) -> Option<Vec<i64>> {
        let mut numbers = Vec::new();
        if self.kind() == Some(TokenKind::OpenParenthesis) {
            self.list(|cursor| {
                numbers.push(cursor.number()?.parse().ok()?);
                Some(())
            })?;
        }
        Some(numbers)
    }

    /// A list in parentheses, of one element or more.
    pub(in crate::dialect) fn list(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.open()?;
        loop {
            element(self)?;
            if !self.punctuation(TokenKind::Comma) {
                break;
            }
        }
        self.close()
    }

    /// A text in single quotes without anything special in it, as it is written.
    pub(in crate::dialect) fn literal(&mut self) -> Option<&'a str> {
        let text = self.text();
        let inside = text.strip_prefix('\'')?.strip_suffix('\'')?;
        (!inside.contains(['\'', '\\'])).then_some(())?;
        self.at += 1;
        Some(text)
    }

    /// Goes behind an equals sign, if one comes next.
    pub(in crate::dialect) fn equals(&mut self) {
        self.at += usize::from(self.text() == "=");
    }

    fn punctuation(&mut self, kind: TokenKind) -> bool {
        let found = self.kind() == Some(kind);
        self.at += usize::from(found);
        found
    }

    /// Goes behind an opening parenthesis.
    pub(in crate::dialect) fn open(&mut self) -> Option<()> {
        self.punctuation(TokenKind::OpenParenthesis).then_some(())
    }

    /// Goes behind a closing parenthesis.
    pub(in crate::dialect) fn close(&mut self) -> Option<()> {
        self.punctuation(TokenKind::CloseParenthesis).then_some(())
    }

    /// Whether an element of a list ends here.
    pub(in crate::dialect) fn at_border(&self) -> bool {
        matches!(
            self.kind(),
            None | Some(TokenKind::Comma | TokenKind::CloseParenthesis)
        )
    }

    /// Whether the statement ends here.
    pub(in crate::dialect) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The text in parentheses.
    pub(in crate::dialect) fn enclosed(&mut self) -> Option<&'a str> {
        self.open()?;
        let text = self.text_until(&[])?;
        self.close()?;
        Some(text)
    }

    /// The text up to a border, or to one of the keywords, outside of parentheses.
    pub(in crate::dialect) fn text_until(&mut self, keywords: &[&str]) -> Option<&'a str> {
        let start = self.tokens.get(self.at)?.start;
        let mut end = start;
        let mut depth = 0usize;
        while let Some(token) = self.tokens.get(self.at) {
            match token.kind {
                TokenKind::OpenParenthesis => depth += 1,
                TokenKind::CloseParenthesis if depth > 0 => depth -= 1,
                TokenKind::CloseParenthesis => break,
                TokenKind::Comma if depth == 0 => break,
                TokenKind::Word if depth == 0 && keywords.iter().any(|word| self.is(word)) => break,
                _ => {}
            }
            end = token.end;
            self.at += 1;
        }
        (end > start).then(|| self.sql.get(start..end).unwrap_or_default())
    }
}

//! A walk over the tokens of one statement or of one action in it.

use std::ops::Range;

use super::AlterError;
use crate::dialect::sqlite::table_sql::{Token, TokenKind, unquote};

/// A place in a run of tokens.
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        let ends = tokens
            .last()
            .is_some_and(|last| last.kind == TokenKind::Symbol(';'));
        let length = tokens.len() - usize::from(ends);
        Cursor {
            text,
            tokens: tokens.get(..length).unwrap_or_default(),
            at: 0,
        }
    }

    fn written(&self, ahead: usize) -> &'a str {
        self.tokens
            .get(self.at + ahead)
            .and_then(|token| self.text.get(token.span.clone()))
            .unwrap_or_default()
    }

    /// Whether the token `ahead` of this one is that word.
    pub(super) fn is_at(&self, ahead: usize, word: &str) -> bool {
        self.written(ahead).eq_ignore_ascii_case(word)
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.is_at(0, word)
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    pub(super) fn take(&mut self, word: &str) -> bool {
        let found = self.is(word);
        self.at += usize::from(found);
        found
    }

    /// Takes all of the words or none.
    pub(super) fn take_all(&mut self, words: &[&str]) -> bool {
        let found = words
            .iter()
            .enumerate()
            .all(|(index, word)| self.is_at(index, word));
        if found {
            self.at += words.len();
        }
        found
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(super) fn error(&self, reason: &str) -> AlterError {
        let (offset, found) = match self.tokens.get(self.at) {
            Some(token) => (token.span.start, format!("'{}'", self.written(0))),
            None => (
                self.tokens
                    .last()
                    .map_or(self.text.len(), |last| last.span.end),
                "the end".to_owned(),
            ),
        };
        AlterError {
            offset,
            reason: format!("{reason}, found {found}"),
        }
    }

    pub(super) fn expect(&mut self, word: &str) -> Result<(), AlterError> {
        if self.take(word) {
            Ok(())
        } else {
            Err(self.error(&format!("expected {word}")))
        }
    }

    pub(super) fn name(&mut self) -> Result<String, AlterError> {
        match self.tokens.get(self.at).map(|token| token.kind) {
            Some(TokenKind::Word | TokenKind::Quoted) => {
                let name = unquote(self.written(0));
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.error("expected a name")),
        }
    }

    pub(super) fn qualified_name(&mut self) -> Result<(Option<String>, String), AlterError> {
        let first = self.name()?;
        if self.take(".") {
            Ok((Some(first), self.name()?))
        } else {
            Ok((None, first))
        }
    }

    /// The rest, cut at the commas that stand outside parentheses.
    pub(super) fn split(&self) -> Vec<Cursor<'a>> {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        let mut depth = 0usize;
        rest.split(|token| {
            match token.kind {
                TokenKind::Symbol('(') => depth += 1,
                TokenKind::Symbol(')') => depth = depth.saturating_sub(1),
                TokenKind::Symbol(',') if depth == 0 => return true,
                _ => {}
            }
            false
        })
        .map(|tokens| Cursor {
            text: self.text,
            tokens,
            at: 0,
        })
        .collect()
    }

    /// The text up to the first of `words` outside parentheses, or to the end; what was written, without its edges.
    pub(super) fn text_until(&mut self, words: &[&str]) -> Result<&'a str, AlterError> {
        let from = self.at;
        let mut depth = 0usize;
        while let Some(token) = self.tokens.get(self.at) {
            match token.kind {
                TokenKind::Symbol('(') => depth += 1,
                TokenKind::Symbol(')') => depth = depth.saturating_sub(1),
                TokenKind::Word if depth == 0 && self.is_any(words) => break,
                _ => {}
            }
            self.at += 1;
        }
        self.text_of(from..self.at)
            .ok_or_else(|| self.error("expected more"))
    }

    /// The rest, without `count` tokens at its end.
    pub(super) fn text_before_last(&mut self, count: usize) -> Result<&'a str, AlterError> {
        let end = self.tokens.len().saturating_sub(count);
        let range = self.at..end;
        let text = self
            .text_of(range)
            .ok_or_else(|| self.error("expected more"))?;
        self.at = end;
        Ok(text)
    }

    /// How many tokens are left.
    pub(super) fn left(&self) -> usize {
        self.tokens.len().saturating_sub(self.at)
    }

    fn text_of(&self, range: Range<usize>) -> Option<&'a str> {
        let covered = self.tokens.get(range)?;
        self.text
            .get(covered.first()?.span.start..covered.last()?.span.end)
    }
}

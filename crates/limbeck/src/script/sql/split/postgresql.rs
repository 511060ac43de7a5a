//! PostgreSQL, as psql splits: no end inside parentheses (CREATE RULE) and inside a `BEGIN ATOMIC … END` body.

use crate::script::sql::{Token, TokenKind};

use super::error::SplitProblem;

#[derive(Default)]
pub(super) struct PostgresqlBody {
    /// The statement's first words, as far as they decide anything.
    kind: Kind,
    previous: Previous,
    /// Offsets of the parentheses that are open.
    open: Vec<usize>,
    /// `BEGIN ATOMIC` and the `CASE`s inside it that are open.
    depth: usize,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Start,
    /// After CREATE [OR REPLACE].
    Create,
    /// A function or procedure: may have a body.
    Routine,
    Copy,
    Other,
}

/// The word just before, where the next one depends on it.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Previous {
    #[default]
    Other,
    Begin,
    From,
    To,
}

impl PostgresqlBody {
    pub(super) fn token(&mut self, token: Token, text: &str) -> Option<SplitProblem> {
        match token.kind {
            TokenKind::OpenParenthesis => self.open.push(token.start),
            TokenKind::CloseParenthesis => {
                self.open.pop();
            }
            TokenKind::Word => return self.word(token.text(text)),
            _ => {}
        }
        self.previous = Previous::Other;
        if self.kind != Kind::Routine && self.kind != Kind::Copy {
            self.kind = Kind::Other;
        }
        None
    }

    fn word(&mut self, word: &str) -> Option<SplitProblem> {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        let previous = std::mem::take(&mut self.previous);
        match self.kind {
            Kind::Start if is("create") => self.kind = Kind::Create,
            Kind::Start if is("copy") => self.kind = Kind::Copy,
            Kind::Create if is("or") || is("replace") => {}
            Kind::Create if is("function") || is("procedure") => self.kind = Kind::Routine,
            Kind::Start | Kind::Create => self.kind = Kind::Other,
            Kind::Routine if self.depth > 0 => {
                if is("case") {
                    self.depth += 1;
                } else if is("end") {
                    self.depth -= 1;
                }
            }
            Kind::Routine if previous == Previous::Begin && is("atomic") => self.depth = 1,
            Kind::Routine if is("begin") && self.open.is_empty() => self.previous = Previous::Begin,
            Kind::Copy if self.open.is_empty() => match previous {
                Previous::From if is("stdin") => {
                    return Some(SplitProblem::CopyThroughClient("FROM STDIN"));
                }
                Previous::To if is("stdout") => {
                    return Some(SplitProblem::CopyThroughClient("TO STDOUT"));
                }
                _ if is("from") => self.previous = Previous::From,
                _ if is("to") => self.previous = Previous::To,
                _ => {}
            },
            Kind::Routine | Kind::Copy | Kind::Other => {}
        }
        None
    }

    pub(super) fn semicolon(&mut self) -> bool {
        self.open.is_empty() && self.depth == 0
    }

    pub(super) fn unfinished(&self) -> Option<(Option<usize>, SplitProblem)> {
        if let Some(offset) = self.open.first() {
            return Some((Some(*offset), SplitProblem::UnterminatedParenthesis));
        }
        (self.depth > 0).then(|| {
            let expected = "'END' of BEGIN ATOMIC".to_owned();
            (None, SplitProblem::UnterminatedBody { expected })
        })
    }
}

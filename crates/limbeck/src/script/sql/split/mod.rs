//! One text to its statements, as the database's own client would send them.
//!
//! Must not know sections, headers or what a statement does beyond where it ends. Which client is followed, and where it is
//! not, is described in `docs/sql-format.md`.

mod body;
mod compound;
mod error;
mod postgresql;
mod sqlite;

use std::ops::Range;

use crate::{dialect::DialectName, script::Position};

use self::body::Body;
use super::token::{Token, TokenKind, Tokenizer};

pub use self::error::{SplitError, SplitProblem};

/// One statement of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementText<'a> {
    /// The statement, from its first to its last token: without the terminator and without the comments around it.
    /// Comments inside it are kept.
    pub sql: &'a str,
    /// Where it begins.
    pub position: Position,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
}

/// How to split a text.
#[derive(Clone, Debug)]
pub struct SplitOptions<'o> {
    /// Whose client is followed.
    pub dialect: DialectName,
    /// Where the text begins in its file.
    pub start: Position,
    /// What ends a statement; `;` together with the dialect's rules for bodies when `None`.
    pub delimiter: Option<&'o str>,
}

impl SplitOptions<'_> {
    /// The dialect's own rules for a text that is a file of its own.
    pub fn new(dialect: DialectName) -> Self {
        SplitOptions {
            dialect,
            start: Position::START,
            delimiter: None,
        }
    }
}

/// Splits a text that is a file of its own. Empty statements and comments alone are no statements.
///
/// # Errors
/// [`SplitError`] for what has a beginning and no end, and for commands that only the database's own client understands.
pub fn split(text: &str, dialect: DialectName) -> Result<Vec<StatementText<'_>>, SplitError> {
    split_with(text, &SplitOptions::new(dialect))
}

/// Splits a text that stands inside a file, or whose statements end with something else than `;`.
///
/// # Errors
/// As [`split`].
pub fn split_with<'a>(
    text: &'a str,
    options: &SplitOptions<'_>,
) -> Result<Vec<StatementText<'a>>, SplitError> {
    let mut splitter = Splitter {
        text,
        tokens: Tokenizer::new(text, options.dialect),
        dialect: options.dialect,
        delimiter: options
            .delimiter
            .filter(|mark| *mark != ";")
            .map(str::to_owned),
        origin: options.start,
        body: Body::new(options.dialect),
        current: None,
        measured: (0, options.start),
        statements: Vec::new(),
    };
    if let Some(offset) = text.find('\0') {
        return Err(splitter.error(offset, SplitProblem::NulByte));
    }
    while let Some(token) = splitter.tokens.next() {
        splitter.take(token)?;
    }
    splitter.finish()
}

struct Splitter<'a> {
    text: &'a str,
    tokens: Tokenizer<'a>,
    dialect: DialectName,
    /// `None` is `;` and the dialect's body rules.
    delimiter: Option<String>,
    origin: Position,
    body: Body,
    /// The span of the statement's tokens so far.
    current: Option<Range<usize>>,
    /// The last place whose line and column are known, so that counting goes on from there.
    measured: (usize, Position),
    statements: Vec<StatementText<'a>>,
}

impl<'a> Splitter<'a> {
    fn take(&mut self, token: Token) -> Result<(), SplitError> {
        if token.is_trivia() {
            return Ok(());
        }
        if let TokenKind::Unterminated(what) = token.kind {
            return Err(self.error(token.start, SplitProblem::Unterminated(what)));
        }
        if self.is_delimiter_command(token) {
            return self.delimiter_command(token);
        }
        if let Some(problem) = self.client_command(token) {
            return Err(self.error(token.start, problem));
        }
        if let Some(mark) = &self.delimiter {
            let length = mark.len();
            if let Some(at) = find_mark(self.text, token, mark) {
                if at > token.start {
                    self.extend(token.start..at);
                }
                self.end_statement();
                self.tokens.seek(at + length);
                return Ok(());
            }
        } else if token.kind == TokenKind::Semicolon {
            if self.current.is_none() || self.body.semicolon() {
                self.end_statement();
                return Ok(());
            }
            self.extend(token.range());
            return Ok(());
        }
        self.extend(token.range());
        match self.body.token(token, self.text) {
            Some(problem) => Err(self.error(self.statement_start(), problem)),
            None => Ok(()),
        }
    }

    fn finish(mut self) -> Result<Vec<StatementText<'a>>, SplitError> {
        if self.delimiter.is_none()
            && self.current.is_some()
            && let Some((offset, problem)) = self.body.unfinished()
        {
            let offset = offset.unwrap_or(self.statement_start());
            return Err(self.error(offset, problem));
        }
        self.end_statement();
        Ok(self.statements)
    }

    fn statement_start(&self) -> usize {
        self.current.as_ref().map_or(0, |span| span.start)
    }

    fn extend(&mut self, range: Range<usize>) {
        match &mut self.current {
            Some(span) => span.end = range.end,
            None => self.current = Some(range),
        }
    }

    fn end_statement(&mut self) {
        self.body.reset();
        let Some(range) = self.current.take() else {
            return;
        };
        let (offset, position) = self.measured;
        let between = self.text.get(offset..range.start).unwrap_or_default();
        let position = position.after(between, between.len());
        self.measured = (range.start, position);
        self.statements.push(StatementText {
            sql: self.text.get(range.clone()).unwrap_or_default(),
            position,
            range,
        });
    }

    fn error(&self, offset: usize, problem: SplitProblem) -> SplitError {
        SplitError {
            position: self.origin.after(self.text, offset),
            offset,
            problem,
        }
    }

    /// Commands that no server understands: psql's backslash and sqlite3's dot commands.
    fn client_command(&self, token: Token) -> Option<SplitProblem> {
        let word = || {
            let rest = self.text.get(token.start..).unwrap_or_default();
            rest.split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        match self.dialect {
            DialectName::Postgresql
                if token.kind == TokenKind::Operator && token.text(self.text) == "\\" =>
            {
                Some(SplitProblem::BackslashCommand(word()))
            }
            DialectName::Sqlite if token.kind == TokenKind::Dot && self.current.is_none() => {
                Some(SplitProblem::DotCommand(word()))
            }
            _ => None,
        }
    }

    /// `DELIMITER` is a command of the mysql client where a statement could begin, and, as long as another delimiter
    /// than `;` is set, at the start of any line.
    fn is_delimiter_command(&self, token: Token) -> bool {
        matches!(self.dialect, DialectName::Mysql | DialectName::Mariadb)
            && token.is_keyword(self.text, "delimiter")
            && (self.current.is_none() || (self.delimiter.is_some() && self.begins_line(token)))
    }

    fn begins_line(&self, token: Token) -> bool {
        let before = self.text.get(..token.start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.trim().is_empty()
    }

    fn delimiter_command(&mut self, token: Token) -> Result<(), SplitError> {
        if let Some(span) = &self.current {
            let mark = self.delimiter.clone().unwrap_or_default();
            return Err(self.error(span.start, SplitProblem::DelimiterInside { mark }));
        }
        let rest = self.text.get(token.end..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let argument = line.split_whitespace().next().unwrap_or_default();
        let mark = argument
            .strip_prefix(['\'', '"', '`'])
            .map_or(argument, |quoted| quoted.trim_end_matches(['\'', '"', '`']));
        if mark.is_empty() || mark.contains('\\') {
            return Err(self.error(token.start, SplitProblem::BadDelimiter));
        }
        self.delimiter = (mark != ";").then(|| mark.to_owned());
        self.tokens.seek(token.end + line.len());
        Ok(())
    }
}

/// Where `mark` first stands in or at `token`. Strings and quoted identifiers hide it; a word does not, because `END$$`
/// is one word of MySQL.
fn find_mark(text: &str, token: Token, mark: &str) -> Option<usize> {
    let whole = matches!(
        token.kind,
        TokenKind::String
            | TokenKind::QuotedIdentifier
            | TokenKind::DollarString
            | TokenKind::ExecutableComment
    );
    let last = if whole {
        token.start
    } else {
        token.end.saturating_sub(1)
    };
    (token.start..=last).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(mark)))
}

#[cfg(test)]
mod tests;

//! Why a text cannot be split.

use crate::script::{Position, sql::Unterminated};

/// A text that cannot be split into statements, with the place where the trouble began.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {problem}")]
pub struct SplitError {
    /// Where it began, in the file.
    pub position: Position,
    /// Where it began, in bytes of the text that was split.
    pub offset: usize,
    /// What is wrong.
    pub problem: SplitProblem,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitProblem {
    /// A literal, quoted identifier or comment without its end.
    #[error("{} begins here and never ends; add the closing {}", describe(*.0).0, describe(*.0).1)]
    Unterminated(Unterminated),
    /// A trigger, procedure or function body without its `END`.
    #[error("the statement that begins here has a body that never ends; {expected} is missing")]
    UnterminatedBody {
        /// The word that would end it.
        expected: String,
    },
    /// A parenthesis that is never closed (PostgreSQL does not end a statement inside parentheses).
    #[error("this parenthesis is never closed, so the statement never ends")]
    UnterminatedParenthesis,
    /// A byte that databases take for the end of the text.
    #[error("NUL byte: databases stop reading here; remove it")]
    NulByte,
    /// A command of psql.
    #[error(
        "'{0}' is a command of psql, not SQL; write the statement itself, or run the command outside the migration"
    )]
    BackslashCommand(String),
    /// A command of the sqlite3 shell.
    #[error(
        "'{0}' is a command of the sqlite3 shell, not SQL; write the statement itself, or run the command outside the migration"
    )]
    DotCommand(String),
    /// `COPY … FROM STDIN` and `COPY … TO STDOUT`.
    #[error(
        "COPY {0} moves rows through psql; write INSERT statements, or COPY to or from a file of the server"
    )]
    CopyThroughClient(&'static str),
    /// `DELIMITER` without a usable argument.
    #[error("DELIMITER needs the new delimiter on the same line, without a backslash")]
    BadDelimiter,
    /// `DELIMITER` before the statement has ended.
    #[error("the statement that begins here is not ended by '{mark}' before the next DELIMITER")]
    DelimiterInside {
        /// The delimiter in force.
        mark: String,
    },
}

/// How a user would call it, and what closes it.
fn describe(what: Unterminated) -> (&'static str, &'static str) {
    match what {
        Unterminated::String => ("a string", "quote"),
        Unterminated::QuotedIdentifier => ("a quoted identifier", "quote"),
        Unterminated::BlockComment => ("a comment", "'*/'"),
        Unterminated::DollarString => ("a dollar-quoted string", "dollar tag"),
    }
}

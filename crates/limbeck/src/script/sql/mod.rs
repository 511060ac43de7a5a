//! The `.sql` format: header comments, sections, statements. Described in `docs/sql-format.md`.

mod batched;
mod directive;
mod error;
mod header;
mod lexical;
mod script;
mod section;
mod split;
mod token;

pub(crate) use self::batched::{Batched, Stretch};
pub use self::{
    error::{SqlProblem, SqlScriptError},
    header::read_sql_header,
    script::SqlScript,
    split::{SplitError, SplitOptions, SplitProblem, StatementText, split, split_with},
    token::{Token, TokenKind, Tokenizer, Unterminated},
};

#[cfg(test)]
mod tests;

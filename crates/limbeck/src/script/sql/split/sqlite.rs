//! SQLite: the only statement with semicolons inside is CREATE TRIGGER, and it ends with `; END ;`.
//!
//! The same states as SQLite's own `sqlite3_complete()`, which the sqlite3 shell uses.

use crate::script::sql::{Token, TokenKind};

use super::error::SplitProblem;

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum SqliteTrigger {
    /// Nothing read yet.
    #[default]
    Start,
    /// After EXPLAIN, perhaps with QUERY PLAN.
    Explain,
    /// After CREATE, perhaps with TEMP.
    Create,
    /// Any other statement.
    Plain,
    /// Inside CREATE TRIGGER.
    Trigger,
    /// After a `;` inside CREATE TRIGGER.
    TriggerSemicolon,
    /// After `; END`.
    TriggerEnd,
}

impl SqliteTrigger {
    pub(super) fn token(&mut self, token: Token, text: &str) {
        use SqliteTrigger::{Create, Explain, Plain, Start, Trigger, TriggerEnd, TriggerSemicolon};
        let word = if token.kind == TokenKind::Word {
            token.text(text)
        } else {
            ""
        };
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        *self = match *self {
            Start if is("explain") => Explain,
            Start | Explain if is("create") => Create,
            Explain if is("query") || is("plan") => Explain,
            Create if is("temp") || is("temporary") => Create,
            Create if is("trigger") => Trigger,
            Start | Explain | Create | Plain => Plain,
            TriggerSemicolon if is("end") => TriggerEnd,
            Trigger | TriggerSemicolon | TriggerEnd => Trigger,
        };
    }

    pub(super) fn semicolon(&mut self) -> bool {
        match self {
            SqliteTrigger::Trigger | SqliteTrigger::TriggerSemicolon => {
                *self = SqliteTrigger::TriggerSemicolon;
                false
            }
            _ => true,
        }
    }

    pub(super) fn unfinished(&self) -> Option<SplitProblem> {
        matches!(
            self,
            SqliteTrigger::Trigger | SqliteTrigger::TriggerSemicolon
        )
        .then(|| SplitProblem::UnterminatedBody {
            expected: "'; END;'".to_owned(),
        })
    }
}

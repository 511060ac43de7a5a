//! Why a `.sql` script gives no statements.

use std::path::PathBuf;

use crate::{
    dialect::DialectName,
    script::{Direction, Position},
};

use super::SplitProblem;

/// A `.sql` script that cannot be turned into statements.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}: {problem}", path.display(), position.map(|at| format!(":{at}")).unwrap_or_default())]
pub struct SqlScriptError {
    /// The file.
    pub path: PathBuf,
    /// Where in the file, if it is one place.
    pub position: Option<Position>,
    /// What is wrong.
    pub problem: SqlProblem,
}

/// What is wrong with a `.sql` script.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SqlProblem {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The file is not UTF-8.
    #[error("the file is not UTF-8; save it as UTF-8")]
    NotUtf8,
    /// A directive nobody knows.
    #[error("unknown directive '{directive}'{}", did_you_mean(suggestion))]
    UnknownDirective {
        /// What was written.
        directive: String,
        /// The nearest known one.
        suggestion: Option<&'static str>,
    },
    /// A directive that cannot be understood.
    #[error("{0}")]
    BadDirective(String),
    /// A directive that may not stand here.
    #[error("'{directive}' {why}")]
    MisplacedDirective {
        /// The directive.
        directive: &'static str,
        /// Why not here.
        why: &'static str,
    },
    /// A statement that cannot be divided as its directive says.
    #[error("cannot run in batches: {0}")]
    NotInBatches(&'static str),
    /// A dialect nobody knows.
    #[error(
        "unknown dialect '{name}'{}; known are generic, sqlite, postgresql, mysql and mariadb",
        did_you_mean(suggestion)
    )]
    UnknownDialect {
        /// What was written.
        name: String,
        /// The nearest known one.
        suggestion: Option<&'static str>,
    },
    /// A statement outside the sections.
    #[error(
        "this statement stands in no section; put '-- limbeck: upgrade' or '-- limbeck: downgrade' on a line above it"
    )]
    OutsideSection,
    /// The statements cannot be told apart.
    #[error(transparent)]
    Split(SplitProblem),
    /// No section for the direction.
    #[error(
        "has no {direction} section; add '-- limbeck: {direction}' (it may be empty){}",
        irreversible_hint(*direction)
    )]
    NoSection {
        /// The direction.
        direction: Direction,
    },
    /// Sections for the direction, but none for the dialect.
    #[error(
        "has no {direction} section for {dialect}; add '-- limbeck: {direction} ({dialect})' (it may be empty)"
    )]
    NoSectionForDialect {
        /// The direction.
        direction: Direction,
        /// The dialect.
        dialect: DialectName,
    },
    /// The script says that it cannot be undone.
    #[error("cannot be downgraded: {reason}")]
    Irreversible {
        /// The reason its author gave.
        reason: String,
    },
    /// The script was written with something left to decide.
    #[error(
        "something is left to decide: {reason}; edit the script until it says what you mean, and delete this line"
    )]
    Undecided {
        /// What is to be decided.
        reason: String,
    },
}

fn did_you_mean(suggestion: &Option<&'static str>) -> String {
    suggestion
        .map(|name| format!("; did you mean '{name}'?"))
        .unwrap_or_default()
}

fn irreversible_hint(direction: Direction) -> &'static str {
    match direction {
        Direction::Upgrade => "",
        Direction::Downgrade => ", or '-- limbeck: irreversible because …' with the reason",
    }
}

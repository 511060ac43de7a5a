//! Why a run stopped, and what is in the database now.

use std::fmt;

use crate::{
    dialect::{DdlError, QueryError, Statement, sqlite::rebuild::RebuildError},
    migrate::{lock::LockError, observer::HookError, version_table::VersionTableError},
    operation::SourceLocation,
    revision::{Direction, PlanError, RevisionId},
    script::ScriptError,
};

/// A run that did not come to its end.
#[derive(Debug)]
pub struct RunError {
    /// Why.
    pub cause: RunFailure,
    /// What is in the database now.
    pub aftermath: Aftermath,
    /// The calls that led to what was refused, where a script is code, as its language prints them.
    pub traceback: Option<String>,
}

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunFailure {
    /// The lock.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The version table.
    #[error(transparent)]
    VersionTable(#[from] VersionTableError),
    /// The target cannot be reached from where the database is.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The database refused a statement of a script.
    #[error(transparent)]
    Statement(Box<StatementFailure>),
    /// A table could not be changed beyond what the database's own ALTER TABLE does.
    #[error(transparent)]
    TableChange(Box<TableChangeFailure>),
    /// A script cannot be run.
    #[error("revision {revision} could not be run: {error}")]
    Script {
        /// Its revision.
        revision: RevisionId,
        /// Why.
        error: ScriptError,
    },
    /// There is no script for a revision of the plan.
    #[error(
        "revision {revision} has no script that can be run here; add its file to the versions directory"
    )]
    NoScript {
        /// The revision.
        revision: RevisionId,
    },
    /// An operation that this database has no statements for.
    #[error("{}{error}", at(location.as_ref()))]
    Operation {
        /// Where the script asks for it.
        location: Option<SourceLocation>,
        /// Why.
        error: Box<DdlError>,
    },
    /// A statement of a script that the run cannot allow.
    #[error("{}{reason}", at(location.as_ref()))]
    Refused {
        /// Where.
        location: Option<SourceLocation>,
        /// Why, and what to do.
        reason: String,
    },
    /// An id that the version table has no room for.
    #[error(
        "revision id '{id}' has {length} characters, the version table '{table}' has room for {width}; \
         nothing was run. Shorten the id, or allow the column to be widened"
    )]
    IdTooLong {
        /// The id.
        id: RevisionId,
        /// How long it is.
        length: usize,
        /// How long it may be.
        width: usize,
        /// The table.
        table: String,
    },
    /// A hook of the caller's.
    #[error("the hook {when} revision {revision} failed: {error}")]
    Hook {
        /// `before` or `after`.
        when: &'static str,
        /// The step's revision.
        revision: RevisionId,
        /// The hook's error.
        error: HookError,
    },
    /// A transaction could not be begun, committed or rolled back.
    #[error("the database refused to {action}: {error}")]
    Transaction {
        /// What was tried.
        action: &'static str,
        /// The database's words.
        error: QueryError,
    },
}

/// A statement that the database refused.
#[derive(Debug)]
pub struct StatementFailure {
    /// The revision whose script it is from.
    pub revision: RevisionId,
    /// Which way the script ran.
    pub direction: Direction,
    /// The statement.
    pub statement: Statement,
    /// Whether it ran in a transaction, which the database rolls back when the connection is lost.
    pub in_transaction: bool,
    /// The database's words.
    pub error: QueryError,
}

/// A change of a table that was refused; the table is as it was.
#[derive(Debug, thiserror::Error)]
#[error("{}the {} of revision {revision} could not change a table: {error}", at(statement.location.as_ref()), way(*direction))]
pub struct TableChangeFailure {
    /// The revision whose script it is from.
    pub revision: RevisionId,
    /// Which way the script ran.
    pub direction: Direction,
    /// What the script asked for.
    pub statement: Statement,
    /// Why it was refused.
    #[source]
    pub error: RebuildError,
}

impl StatementFailure {
    /// Where the error is: the place the database points at, or the statement's first character.
    pub fn location(&self) -> Option<SourceLocation> {
        let position = self.error.position.or_else(|| self.position_of_mysql());
        let before = position.map_or(0, |position| position.saturating_sub(1));
        let bytes = self.statement.sql.chars().take(before).map(char::len_utf8);
        self.statement.location_at(bytes.sum())
    }
}

impl StatementFailure {
    /// MySQL and MariaDB tell a syntax error with the text it begins at and the line of that, as in
    /// `near 'o INTEGER)' at line 3`. The place is a character of the statement, counted from 1.
    fn position_of_mysql(&self) -> Option<usize> {
        /// ER_PARSE_ERROR.
        const SYNTAX: &str = "1064";
        if self.error.code.as_deref() != Some(SYNTAX) {
            return None;
        }
        let (_, told) = self.error.message.split_once(" near '")?;
        let (near, line) = told.rsplit_once("' at line ")?;
        let line: usize = line.trim().parse().ok()?;
        let sql = &self.statement.sql;
        let on_line = |offset: &usize| sql[..*offset].matches('\n').count() + 1 == line;
        let mut found = sql.match_indices(near).map(|(offset, _)| offset);
        // At the end of the statement the text is empty.
        let offset = match near {
            "" => sql.len(),
            _ => found.find(on_line)?,
        };
        Some(sql[..offset].chars().count() + 1)
    }
}

impl fmt::Display for StatementFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = way(self.direction);
        write!(
            formatter,
            "{}the database refused a statement of the {way} of revision {}: {}",
            at(self.location().as_ref()),
            self.revision,
            self.error
        )?;
        for line in self.statement.sql.trim().lines() {
            write!(formatter, "\n    {line}")?;
        }
        if self.error.connection_lost && !self.in_transaction {
            write!(
                formatter,
                "\nthe connection is gone, so nobody told whether the statement took effect; look before you run again"
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for StatementFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// What a run that stopped left in the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aftermath {
    /// Steps that are done and stay, in order.
    pub kept: Vec<RevisionId>,
    /// Steps that were done and are rolled back, in order.
    pub rolled_back: Vec<RevisionId>,
    /// The step that stopped half way and of which something stays.
    pub partial: Option<PartialStep>,
}

/// A step of which only a part is in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialStep {
    /// Its revision.
    pub revision: RevisionId,
    /// How many statements, from the first, are in the database for good.
    pub statements_kept: usize,
    /// How many statements the script has, where that is known without running it.
    pub statements_total: Option<usize>,
}

impl fmt::Display for Aftermath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kept.as_slice() {
            [] => formatter.write_str("Nothing of this run was kept.")?,
            kept => write!(formatter, "Kept: {}.", list(kept))?,
        }
        if !self.rolled_back.is_empty() {
            write!(formatter, " Rolled back: {}.", list(&self.rolled_back))?;
        }
        if let Some(partial) = &self.partial {
            let of = partial
                .statements_total
                .map(|total| format!(" of {total}"))
                .unwrap_or_default();
            let (stay, them) = match partial.statements_kept {
                1 => (format!("the first{of} statements stays"), "it"),
                kept => (format!("the first {kept}{of} statements stay"), "them"),
            };
            write!(
                formatter,
                " Of {} {stay} in the database, its version row does not: undo {them} by hand, or take {them} \
                 out of the script, before you run it again.",
                partial.revision
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.cause)?;
        match self.cause {
            // Nothing was begun.
            RunFailure::Plan(_) | RunFailure::NoScript { .. } | RunFailure::IdTooLong { .. } => {
                Ok(())
            }
            // Between two transactions of a run SQLite's lock has to be taken anew, and then something was.
            RunFailure::Lock(LockError::Held { .. }) if self.aftermath == Aftermath::default() => {
                Ok(())
            }
            // What stayed of a step has its own advice.
            RunFailure::Statement(_) | RunFailure::TableChange(_)
                if self.aftermath.partial.is_none() =>
            {
                write!(
                    formatter,
                    "\n{} Correct the script, then run the same command again.",
                    self.aftermath
                )
            }
            _ => write!(formatter, "\n{}", self.aftermath),
        }
    }
}

impl std::error::Error for RunError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

fn way(direction: Direction) -> &'static str {
    match direction.is_up() {
        true => "upgrade",
        false => "downgrade",
    }
}

fn at(location: Option<&SourceLocation>) -> String {
    location
        .map(|location| format!("{location}: "))
        .unwrap_or_default()
}

fn list(revisions: &[RevisionId]) -> String {
    match revisions {
        // A long history is not told again.
        [first, .., last] if revisions.len() > 6 => {
            format!("{} revisions, {first} to {last}", revisions.len())
        }
        few => few
            .iter()
            .map(RevisionId::as_str)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

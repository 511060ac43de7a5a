//! What happened, for who reads it: in one sentence, with the statement, the calls and what is left.

use super::MigratorError;
use crate::{
    migrate::{Aftermath, LockError, NormaliseError, OfflineError, RunFailure},
    script::ScriptError,
};

impl MigratorError {
    /// What happened in one sentence, without the place, the statement and what is in the database now.
    pub fn headline(&self) -> String {
        let text = match self {
            // The statement is shown in its file.
            MigratorError::Model(error) => match error.as_ref() {
                NormaliseError::Statement {
                    location: Some(_),
                    source,
                    ..
                } => return format!("the model cannot be built: {source}"),
                error => error.to_string(),
            },
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Statement(failure) => {
                    let way = if failure.direction.is_up() {
                        "upgrade"
                    } else {
                        "downgrade"
                    };
                    return format!(
                        "the database refused a statement of the {way} of revision {}: {}",
                        failure.revision, failure.error
                    );
                }
                cause => cause.to_string(),
            },
            other => other.to_string(),
        };
        match self.location() {
            Some(place) if place.column > 0 => text.replacen(&format!("{place}: "), "", 1),
            Some(place) => {
                let place = format!("{}:{}: ", place.path.display(), place.line);
                text.replacen(&place, "", 1)
            }
            None => text,
        }
    }

    /// The statement that the database refused.
    pub fn statement(&self) -> Option<&str> {
        match self {
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Statement(failure) => Some(&failure.statement.sql),
                _ => None,
            },
            _ => None,
        }
    }

    /// The calls that led to an error in the code of a script, as its language prints them.
    pub fn traceback(&self) -> Option<&str> {
        match self {
            MigratorError::Run(error) => match &error.cause {
                RunFailure::Script {
                    error: ScriptError::Code(code),
                    ..
                } => code.traceback.as_deref(),
                _ => error.traceback.as_deref(),
            },
            MigratorError::Script(ScriptError::Code(code))
            | MigratorError::Offline(OfflineError::Script {
                error: ScriptError::Code(code),
                ..
            }) => code.traceback.as_deref(),
            _ => None,
        }
    }

    /// What a run that stopped left in the database; `None` when nothing had begun.
    pub fn aftermath(&self) -> Option<&Aftermath> {
        match self {
            MigratorError::Run(error) => match error.cause {
                RunFailure::NoScript { .. }
                | RunFailure::IdTooLong { .. }
                | RunFailure::Lock(LockError::Held { .. }) => None,
                _ => Some(&error.aftermath),
            },
            _ => None,
        }
    }
}

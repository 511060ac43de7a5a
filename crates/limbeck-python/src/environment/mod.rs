//! env.py: which database a command works on, and how. It is a program, so it is run, by the embedded interpreter or by the
//! project's own Python; either is an [`Environment`].
//!
//! env.py stays alive around the work: when it calls `context.run_migrations()` the [`Action`] does what the command is for on
//! the session that env.py has opened, and then env.py goes on to its end. One for several databases gets there several times.
//!
//! Must not know any command.

mod applied_step;
mod configuration;
mod native;
mod settings;
mod stock;
mod version_applied;

use std::{error::Error, sync::Arc};

use limbeck::{
    dialect::BoxFuture,
    migrate::{Observer, Session},
    migrator::{MigratorError, Project},
    operation::SourceLocation,
    script::{Header, Script},
};
use serde_json::{Map, Value};

pub use crate::bridge::Naming;
use crate::project_python::ProjectPythonError;

pub(crate) use applied_step::Heads;
pub(crate) use configuration::configuration_without;
pub use native::NativeEnvironment;
pub use settings::{StageSettings, UnknownDialectName};
pub use stock::known_settings;

/// A way to run env.py.
pub trait Environment: Send {
    /// Runs env.py from its first line to its last. Each time it reaches `context.run_migrations()`, `action` does what the
    /// command is for.
    ///
    /// # Errors
    /// [`EnvironmentError`]; of an action that failed and that env.py let pass, nothing.
    fn run<'a>(
        &'a mut self,
        command: &'a EnvironmentCommand<'a>,
        action: &'a mut dyn Action,
    ) -> BoxFuture<'a, Result<(), EnvironmentError>>;

    /// Who tells the naming convention of a `target_metadata` that only the application has. Without anybody there is none.
    fn ask_naming_of(&mut self, naming: Naming) {
        let _ = naming;
    }
}

/// What env.py is told about the command that runs it.
#[derive(Clone, Debug)]
pub struct EnvironmentCommand<'p> {
    /// Settings and revisions.
    pub project: &'p Project,
    /// The command line as `config.cmd_opts` has it: `x`, `autogenerate`, `sql` …
    pub options: Map<String, Value>,
    /// What Alembic's commands pass to the environment: `as_sql`, `destination_rev`, `starting_rev`, `tag`, `purge` …
    pub context: Map<String, Value>,
    /// The address that the command line gives; it is stronger than whatever env.py works out.
    pub url: Option<String>,
}

/// What a command does when env.py says `context.run_migrations()`.
pub trait Action: Send {
    /// Does it. An error is raised in env.py as an exception, so that its own cleaning up happens. Gives the text of a script
    /// that env.py wants to write by itself ([`StageSettings::has_output`]), else nothing.
    ///
    /// # Errors
    /// [`ActionError`] with whatever the command wants to tell.
    fn perform<'a>(&'a mut self, stage: Stage<'a>) -> BoxFuture<'a, Result<String, ActionError>>;

    /// Takes text that env.py writes into the script of `--sql` by itself.
    fn write(&mut self, text: &str);

    /// env.py ended without committing the transaction of its own in which the work was done on the database at `address`: it is
    /// undone.
    fn undone(&mut self, address: &str) {
        let _ = address;
    }
}

/// One `context.run_migrations()`.
pub struct Stage<'a> {
    /// What reached `context.configure()`.
    pub settings: &'a StageSettings,
    /// The session that env.py has opened; `None` with `--sql`.
    pub session: Option<&'a mut Session<'static>>,
    /// The address of the database without its password; empty with `--sql`.
    pub address: String,
    /// Calls `on_version_apply`.
    pub observer: Option<Box<dyn Observer + 'a>>,
    /// The scripts in Python, made runnable.
    pub scripts: &'a dyn ScriptSource,
    /// The models of `target_metadata`, and the functions that are asked about them.
    pub models: Box<dyn Models + 'a>,
}

/// What env.py's Python knows of its models. [`crate::autogenerate`] asks.
pub trait Models: Send {
    /// Puts a question to the package `limbeck_autogenerate`, while env.py waits in `context.run_migrations()`.
    fn ask(&mut self, question: Value) -> BoxFuture<'_, Result<Value, EnvironmentError>>;
}

/// Makes scripts in Python runnable.
pub trait ScriptSource: Sync {
    /// The script behind a header.
    fn script(&self, header: &Header) -> Arc<dyn Script>;
}

/// A Python exception, as its own traceback tells it.
#[derive(Clone, Debug)]
pub struct Raised {
    /// The exception in one line, such as `KeyError: 'connection'`.
    pub message: String,
    /// Where the project's own code was left.
    pub location: Option<SourceLocation>,
    /// The calls that led there, as Python prints them.
    pub traceback: Option<String>,
}

/// The command's own error, passed through env.py untouched.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ActionError(Box<dyn Error + Send + Sync>);

impl ActionError {
    /// Wraps the command's own error.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        ActionError(error.into())
    }

    /// The command's own error.
    pub fn into_inner(self) -> Box<dyn Error + Send + Sync> {
        self.0
    }
}

/// Why env.py did not come to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnvironmentError {
    /// What the command does failed, and env.py passed it on.
    #[error(transparent)]
    Action(#[from] ActionError),
    /// The database that env.py chose could not be reached, and env.py let the error pass.
    #[error(transparent)]
    Unreachable(Box<MigratorError>),
    /// env.py has an error, or refuses.
    #[error("{}", .0.message)]
    Code(Box<Raised>),
    /// env.py needs the application.
    #[error("env.py needs {name}, which only the project's own Python has")]
    Needs {
        /// The name that it could not do without.
        name: String,
        /// Where and why, as Python tells it.
        error: Box<Raised>,
    },
    /// env.py needs the application, and no Python here has it.
    #[error("env.py {}, which only the application has; {}", .error.message, .absence.reason())]
    Absent {
        /// The name that it could not do without.
        name: String,
        /// Where and why, as Python tells it.
        error: Box<Raised>,
        /// Why no Python can be asked.
        absence: Box<ProjectPythonError>,
    },
    /// The models cannot be known without the application, and no Python here has it.
    #[error("target_metadata {}, which only the application has; {}", .error.message, .absence.reason())]
    Models {
        /// Where and why, as Python tells it.
        error: Box<Raised>,
        /// Why no Python can be asked.
        absence: Box<ProjectPythonError>,
    },
    /// There is no way to run it.
    #[error("{reason}")]
    Interpreter {
        /// Why.
        reason: String,
    },
}

impl EnvironmentError {
    fn raised(&self) -> Option<&Raised> {
        match self {
            EnvironmentError::Code(raised)
            | EnvironmentError::Needs { error: raised, .. }
            | EnvironmentError::Absent { error: raised, .. }
            | EnvironmentError::Models { error: raised, .. } => Some(raised),
            _ => None,
        }
    }

    /// Whether env.py refuses the command in Alembic's own way, so that nobody needs to see a traceback.
    pub fn is_refusal(&self) -> bool {
        matches!(self, EnvironmentError::Code(raised) if raised.refusal().is_some())
    }

    /// What happened, in one line.
    pub fn headline(&self) -> String {
        match self {
            EnvironmentError::Code(raised) => {
                raised.refusal().unwrap_or(&raised.message).to_owned()
            }
            error => error.to_string(),
        }
    }

    /// The calls that led to it, as Python prints them.
    pub fn traceback(&self) -> Option<&str> {
        match self.is_refusal() {
            true => None,
            false => self.raised()?.traceback.as_deref(),
        }
    }

    /// Where the project's own code was left.
    pub fn location(&self) -> Option<SourceLocation> {
        self.raised()?.location.clone()
    }

    /// What to do next.
    pub fn hint(&self) -> Option<String> {
        if let EnvironmentError::Absent { absence, .. } = self {
            return Some(format!(
                "with --url the command runs without env.py; otherwise {}",
                absence.choices()
            ));
        }
        if let EnvironmentError::Models { absence, .. } = self {
            return Some(absence.choices());
        }
        let missing = match self.raised()?.message.as_str() {
            "KeyError: 'connection'" => {
                return Some(
                    "env.py expects a connection that the application hands over, and reads no setting; give the database's \
                     address with --url, and a connection to it is handed over"
                        .to_owned(),
                );
            }
            "KeyError: 'url'" | "KeyError: 'sqlalchemy.url'" => {
                "the ini file does not say which database is meant"
            }
            "Exception: Connection, url, or dialect_name is required." => {
                "nothing says which database the script is for"
            }
            _ => return None,
        };
        Some(format!(
            "{missing}; give its address with --url, or set sqlalchemy.url"
        ))
    }
}

impl Raised {
    /// The words of Alembic's `CommandError`.
    fn refusal(&self) -> Option<&str> {
        let (class, words) = self.message.split_once(": ")?;
        class.ends_with("CommandError").then_some(words)
    }
}

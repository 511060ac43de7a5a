//! Why the project's Python could not do what was wanted.

use std::{fmt, path::PathBuf, sync::Arc};

use limbeck::operation::SourceLocation;

use super::{discovery::Discovery, message::Failure};

/// Why the project's Python could not do what was wanted.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectPythonError {
    /// No Python with Alembic was found.
    #[error("{}", no_python(.0))]
    NoPython(Box<Discovery>),
    /// The program could not be started.
    #[error("{} could not be started: {reason}", program.display())]
    Start {
        /// The program.
        program: PathBuf,
        /// Why.
        reason: String,
    },
    /// env.py took too long.
    #[error(
        "env.py, run by {}, did not get to context.run_migrations() within {seconds} seconds; it was stopped",
        program.display()
    )]
    TooLong {
        /// The program.
        program: PathBuf,
        /// How long it had.
        seconds: u64,
    },
    /// The process ended, or was ended.
    #[error("the project's Python ({}) {how}", program.display())]
    Died {
        /// The program.
        program: PathBuf,
        /// How.
        how: String,
    },
    /// The pipe to the process broke, or something else came through it.
    #[error("the project's Python ({}) could not be understood: {reason}", program.display())]
    Pipe {
        /// The program.
        program: PathBuf,
        /// What happened.
        reason: String,
    },
    /// env.py or a revision raised an exception.
    #[error("{0}")]
    Raised(Arc<PythonFailure>),
    /// env.py came to its end without calling `context.run_migrations()`, or not as often as natively.
    #[error(
        "env.py, run by {}, came to its end after {calls} calls of context.run_migrations(), and one more was needed",
        program.display()
    )]
    Ended {
        /// The program.
        program: PathBuf,
        /// How often it did.
        calls: usize,
    },
    /// The process was stopped in the middle of something before.
    #[error("the project's Python was stopped in the middle of a revision, and cannot go on")]
    Interrupted,
}

/// A Python exception in the project's Python.
#[derive(Clone, Debug)]
pub struct PythonFailure {
    /// The exception in one line.
    pub message: String,
    /// Where the project's own code was left.
    pub location: Option<SourceLocation>,
    /// Python's own traceback.
    pub traceback: String,
    /// The module that is missing in that Python, when that is why.
    pub missing: Option<String>,
}

impl fmt::Display for PythonFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(formatter, "{location}: ")?;
        }
        formatter.write_str(&self.message)
    }
}

impl ProjectPythonError {
    /// Whether it means that no Python here has the application, so that nothing can be run there whatever it is.
    pub fn is_absence(&self) -> bool {
        match self {
            ProjectPythonError::NoPython(_) | ProjectPythonError::Start { .. } => true,
            ProjectPythonError::Raised(failure) => failure.missing.is_some(),
            _ => false,
        }
    }

    /// What is the matter, as the end of a sentence.
    pub fn reason(&self) -> String {
        match self {
            ProjectPythonError::NoPython(_) => "no Python with Alembic was found".to_owned(),
            ProjectPythonError::Raised(failure) => failure.message.clone(),
            error => error.to_string(),
        }
    }

    /// What can be done so that the application is there.
    pub fn choices(&self) -> String {
        let text = "name the Python of the project with --python or LIMBECK_PYTHON, activate its virtual environment, make \
                    one as .venv beside the configuration, or install Alembic and the application into a Python that is there \
                    (pip install alembic …)";
        let ProjectPythonError::NoPython(discovery) = self else {
            return text.to_owned();
        };
        let tried = discovery.tried.iter().map(|tried| format!("\n{tried}"));
        format!("{text}. Tried:{}", tried.collect::<String>())
    }
}

impl PythonFailure {
    /// Reads a failure. `own` is the file whose line is told: the innermost call in it, or else the innermost call outside of
    /// the libraries.
    pub(super) fn new(
        failure: Failure,
        own: Option<&std::path::Path>,
        program: &std::path::Path,
    ) -> Self {
        let in_own =
            |frame: &&super::FailureFrame| own.is_some_and(|own| same_file(own, &frame.file));
        let in_project = |frame: &&super::FailureFrame| {
            !frame.file.components().any(|part| {
                let part = part.as_os_str();
                part == "site-packages" || part == "dist-packages"
            })
        };
        let frame = failure
            .frames
            .iter()
            .rfind(in_own)
            .or_else(|| failure.frames.iter().rfind(in_project));
        let location = frame.map(|frame| SourceLocation {
            path: match own {
                Some(own) if same_file(own, &frame.file) => own.to_owned(),
                _ => frame.file.clone(),
            },
            line: frame.line,
            column: 0,
        });
        let first = failure.message.lines().next().unwrap_or_default();
        let message = match &failure.missing {
            Some(missing) if !missing.installed => format!(
                "the module '{}' is not installed in {}; install it there, or name another Python with --python",
                missing.module,
                program.display()
            ),
            Some(missing) => format!("ImportError: {}", missing.message),
            None if first.is_empty() => failure.kind.clone(),
            None => format!("{}: {}", failure.kind, failure.message.trim()),
        };
        PythonFailure {
            message,
            location,
            traceback: failure.traceback,
            missing: failure.missing.map(|missing| missing.module),
        }
    }
}

/// The driver tells absolute paths, the user types relative ones.
fn same_file(one: &std::path::Path, other: &std::path::Path) -> bool {
    one == other
        || match (std::path::absolute(one), std::path::absolute(other)) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        }
}

fn no_python(discovery: &Discovery) -> String {
    let tried: Vec<_> = discovery
        .tried
        .iter()
        .map(|tried| format!("\n    {tried}"))
        .collect();
    format!(
        "no Python with Alembic was found. Name the one of the project with --python, activate its virtual environment, or \
         install Alembic in one of these:{}",
        tried.concat()
    )
}

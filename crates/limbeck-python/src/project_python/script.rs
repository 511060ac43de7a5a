//! A revision that is run by the project's own Python. To the engine it is a script like any other.

use std::sync::Arc;

use limbeck::{
    dialect::{BoxFuture, DialectName},
    operation::SourceLocation,
    script::{
        CodeError, ContextError, Direction, Header, RanBy, Script, ScriptContext, ScriptError,
    },
};
use serde_json::json;

use super::{
    error::{ProjectPythonError, PythonFailure},
    service::{self, OnContext, Outcome},
    stage::{ProjectPython, State},
};

/// A revision that is run by the project's own Python.
pub struct ProjectScript {
    header: Header,
    python: Arc<ProjectPython>,
    stage: usize,
    needs: Vec<String>,
}

impl ProjectScript {
    pub(super) fn new(
        header: Header,
        python: Arc<ProjectPython>,
        stage: usize,
        needs: Vec<String>,
    ) -> Self {
        ProjectScript {
            header,
            python,
            stage,
            needs,
        }
    }

    /// Has the driver carry out a command. The process is taken out of its place meanwhile: a future that is dropped half way
    /// leaves a conversation that nobody can take up again, so the process must go with it.
    async fn command(
        &self,
        command: serde_json::Value,
        context: Option<&mut dyn ScriptContext>,
    ) -> Result<(), Unable> {
        let mut state = self.python.reach(self.stage).await?;
        let broken = State::Broken(ProjectPythonError::Interrupted);
        let State::Waiting(mut waiting) = std::mem::replace(&mut *state, broken) else {
            return Err(ProjectPythonError::Interrupted.into());
        };
        let path = &self.header.path;
        let served = match context {
            Some(context) => {
                let mut target = OnContext(context);
                service::command(&mut waiting.process, &command, path, &mut target).await
            }
            None => {
                service::command(&mut waiting.process, &command, path, &mut service::Nothing).await
            }
        };
        match served {
            Ok(Outcome {
                failure, refused, ..
            }) => {
                let program = waiting.process.program();
                let failure = failure
                    .map(|failure| PythonFailure::new(*failure, Some(&self.header.path), program));
                *state = State::Waiting(waiting);
                match failure {
                    None => Ok(()),
                    Some(failure) => Err(Unable::Script { failure, refused }),
                }
            }
            Err(error) => {
                *state = State::Broken(error.clone());
                Err(error.into())
            }
        }
    }

    /// Loads the script there.
    pub(super) async fn load(&self, direction: Direction) -> Result<(), Unable> {
        let command = json!({
            "do": "load",
            "path": self.header.path,
            "direction": direction.to_string(),
        });
        self.command(command, None).await
    }

    /// The script's error.
    pub(super) fn told(&self, unable: Unable) -> ScriptError {
        match unable {
            Unable::Python(error) => self.unable(error),
            Unable::Script { failure, refused } => ScriptError::Code(Box::new(CodeError {
                message: failure.message,
                location: failure.location,
                traceback: Some(failure.traceback),
                needs: failure.missing,
                hint: None,
                refused,
            })),
        }
    }

    /// The project's Python cannot be used: says what the script wants it for, too.
    fn unable(&self, error: ProjectPythonError) -> ScriptError {
        let traceback = match &error {
            ProjectPythonError::Raised(failure) => Some(failure.traceback.clone()),
            _ => None,
        };
        let message = match self.needs.as_slice() {
            [] => error.to_string(),
            needs => format!(
                "this revision needs {}, which only the project's own Python has. {}",
                needs.join(", "),
                capitalized(&error.to_string())
            ),
        };
        ScriptError::Code(Box::new(CodeError {
            message,
            location: Some(SourceLocation {
                path: self.header.path.clone(),
                line: self.header.lines.revision.unwrap_or(1),
                column: 0,
            }),
            traceback,
            needs: self.needs.first().cloned(),
            hint: None,
            refused: None,
        }))
    }
}

/// Why the project's Python did not do what a script wants.
pub(super) enum Unable {
    /// It does not work.
    Python(ProjectPythonError),
    /// The script raised an exception.
    Script {
        failure: PythonFailure,
        refused: Option<ContextError>,
    },
}

impl From<ProjectPythonError> for Unable {
    fn from(error: ProjectPythonError) -> Self {
        Unable::Python(error)
    }
}

impl Unable {
    /// Why, when that is because the Python lacks the application.
    pub(super) fn absence(&self) -> Option<ProjectPythonError> {
        let error = match self {
            Unable::Python(error) => error.clone(),
            Unable::Script { failure, .. } => ProjectPythonError::Raised(failure.clone().into()),
        };
        error.is_absence().then_some(error)
    }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

impl Script for ProjectScript {
    fn header(&self) -> &Header {
        &self.header
    }

    /// Loads the script there, so that an import that fails is known before the first statement of the run.
    fn check(
        &self,
        direction: Direction,
        dialect: DialectName,
    ) -> BoxFuture<'_, Result<(), ScriptError>> {
        let _ = dialect;
        Box::pin(async move {
            let loaded = self.load(direction).await;
            loaded.map_err(|error| self.told(error))
        })
    }

    fn is_list(&self) -> bool {
        false
    }

    fn run<'a>(
        &'a self,
        direction: Direction,
        context: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), ScriptError>> {
        Box::pin(async move {
            let command = json!({
                "do": "run",
                "path": self.header.path,
                "direction": direction.to_string(),
                "offline": context.is_offline(),
                "dialect": context.dialect().as_str(),
            });
            tracing::info!(revision = %self.header.revision, needs = ?self.needs, "run by the project's own Python");
            let ran = self.command(command, Some(context)).await;
            ran.map_err(|error| self.told(error))
        })
    }

    fn ran_by(&self) -> Option<RanBy> {
        Some(RanBy {
            program: self.python.found()?.program.clone(),
            needs: self.needs.clone(),
        })
    }
}

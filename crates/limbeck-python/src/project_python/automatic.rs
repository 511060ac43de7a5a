//! env.py natively where it can be read so, else in the project's own Python; its revisions each where they can run.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use limbeck::{
    dialect::BoxFuture,
    script::{Header, Script},
};

use serde_json::Value;

use super::{
    discovery::PythonSearch,
    environment::{NativeScripts, ProjectEnvironment},
    error::ProjectPythonError,
    launch::Launch,
    stage::{Notices, ProjectPython},
};
use crate::environment::{
    Action, ActionError, Environment, EnvironmentCommand, EnvironmentError, Models, Naming,
    ScriptSource, Stage,
};

/// Runs env.py natively, and goes to the project's own Python for what needs it.
pub struct AutomaticEnvironment<E> {
    native: E,
    scripts: NativeScripts,
    search: PythonSearch,
    python: Option<Arc<ProjectPython>>,
    why: Option<String>,
    notices: Notices,
    prefers_python: bool,
}

impl<E: Environment> AutomaticEnvironment<E> {
    /// An environment that begins with `native`. `scripts` runs scripts natively when env.py runs in the project's Python.
    pub fn new(native: E, scripts: NativeScripts, search: PythonSearch) -> Self {
        AutomaticEnvironment {
            native,
            scripts,
            search,
            python: None,
            why: None,
            notices: Arc::new(|_| {}),
            prefers_python: false,
        }
    }

    /// The same for a command that needs the models: they are the application's, so its own Python comes first, and the
    /// native way is for where there is none.
    pub fn preferring_python(mut self, prefers: bool) -> Self {
        self.prefers_python = prefers;
        self
    }

    /// The same; what runs natively although it may need more is told to `notices`.
    pub fn telling(mut self, notices: Notices) -> Self {
        self.notices = notices;
        self
    }

    /// The project's Python of the last run, which knows what ran there.
    pub fn python(&self) -> Option<&Arc<ProjectPython>> {
        self.python.as_ref()
    }

    /// env.py in the project's own Python.
    fn there(&self, python: Arc<ProjectPython>) -> ProjectEnvironment {
        let native = Some(Arc::clone(&self.scripts));
        ProjectEnvironment::new(self.search.clone(), native).on(python)
    }

    /// What env.py itself needed of the application in the last run; `None` when it ran natively.
    pub fn env_py_needs(&self) -> Option<&str> {
        self.why.as_deref()
    }
}

impl<E: Environment> Environment for AutomaticEnvironment<E> {
    fn run<'a>(
        &'a mut self,
        command: &'a EnvironmentCommand<'a>,
        action: &'a mut dyn Action,
    ) -> BoxFuture<'a, Result<(), EnvironmentError>> {
        Box::pin(async move {
            self.why = None;
            let notices = Arc::clone(&self.notices);
            let python = ProjectPython::telling(self.search.clone(), Launch::of(command), notices);
            self.python = Some(Arc::clone(&python));
            let mut absence = None;
            if self.prefers_python {
                match python.usable(0).await {
                    Err(error) if error.is_absence() => absence = Some(error),
                    Err(error) => return Err(super::environment::failed(error)),
                    Ok(()) => {
                        self.why = Some("its models".to_owned());
                        let mut there = self.there(python);
                        return there.run(command, action).await;
                    }
                }
            }
            let stages = Arc::new(AtomicUsize::new(0));
            self.native.ask_naming_of(naming(&python, &stages));
            let mut watched = Watched {
                action,
                python: &python,
                stages: &stages,
                absence: absence.as_ref(),
            };
            let ended = self.native.run(command, &mut watched).await;
            let Watched { action, .. } = watched;
            let stages = stages.load(Ordering::Relaxed);
            match ended {
                Err(EnvironmentError::Needs { name, error }) if stages == 0 => {
                    if let Err(absence) = python.usable(0).await
                        && absence.is_absence()
                    {
                        return Err(EnvironmentError::Absent {
                            name,
                            error,
                            absence: Box::new(absence),
                        });
                    }
                    self.why = Some(name);
                    self.there(Arc::clone(&python)).run(command, action).await
                }
                Err(error) => {
                    python.stop(&error.to_string()).await;
                    Err(error)
                }
                Ok(()) => python.finish().await.map_err(super::environment::failed),
            }
        })
    }
}

/// Gives each script a way into the project's Python, and counts the stages.
struct Watched<'a> {
    action: &'a mut dyn Action,
    python: &'a Arc<ProjectPython>,
    stages: &'a AtomicUsize,
    /// Why no Python of the project's knows the models.
    absence: Option<&'a ProjectPythonError>,
}

/// Models that are known natively, because no Python of the project's is there to know them.
struct Here<'a> {
    models: Box<dyn Models + 'a>,
    absence: Option<&'a ProjectPythonError>,
}

impl Models for Here<'_> {
    fn ask(&mut self, question: Value) -> BoxFuture<'_, Result<Value, EnvironmentError>> {
        Box::pin(async move {
            let answer = self.models.ask(question).await;
            answer.map_err(|error| match (error, self.absence) {
                (EnvironmentError::Needs { error, .. }, Some(absence)) => {
                    EnvironmentError::Models {
                        error,
                        absence: Box::new(absence.clone()),
                    }
                }
                (error, _) => error,
            })
        })
    }
}

/// Asks the project's Python at the stage that env.py has come to.
fn naming(python: &Arc<ProjectPython>, stages: &Arc<AtomicUsize>) -> Naming {
    let (python, stages) = (Arc::clone(python), Arc::clone(stages));
    Arc::new(move || {
        let python = Arc::clone(&python);
        let stage = stages.load(Ordering::Relaxed).saturating_sub(1);
        Box::pin(async move { python.naming_convention(stage).await })
    })
}

impl Action for Watched<'_> {
    fn perform<'a>(&'a mut self, stage: Stage<'a>) -> BoxFuture<'a, Result<String, ActionError>> {
        let number = self.stages.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            let scripts = Behind {
                native: stage.scripts,
                python: self.python,
                stage: number,
            };
            let models = Here {
                models: stage.models,
                absence: self.absence,
            };
            let stage = Stage {
                scripts: &scripts,
                models: Box::new(models),
                ..stage
            };
            self.action.perform(stage).await
        })
    }

    fn write(&mut self, text: &str) {
        self.action.write(text);
    }

    fn undone(&mut self, address: &str) {
        self.action.undone(address);
    }
}

struct Behind<'a> {
    native: &'a dyn ScriptSource,
    python: &'a Arc<ProjectPython>,
    stage: usize,
}

impl ScriptSource for Behind<'_> {
    fn script(&self, header: &Header) -> Arc<dyn Script> {
        self.python.behind(self.native.script(header), self.stage)
    }
}

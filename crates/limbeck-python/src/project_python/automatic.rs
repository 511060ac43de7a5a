//! env.py natively where it can be read so, else in the project's own Python; its revisions each where they can run.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use limbeck::{
    dialect::BoxFuture,
    script::{Header, Script},
};

use super::{
    discovery::PythonSearch,
    environment::{NativeScripts, ProjectEnvironment},
    launch::Launch,
    stage::{Notices, ProjectPython},
};
use crate::environment::{
    Action, ActionError, Environment, EnvironmentCommand, EnvironmentError, Naming, ScriptSource,
    Stage,
};

/// Runs env.py natively, and goes to the project's own Python for what needs it.
pub struct AutomaticEnvironment<E> {
    native: E,
    scripts: NativeScripts,
    search: PythonSearch,
    python: Option<Arc<ProjectPython>>,
    why: Option<String>,
    notices: Notices,
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
        }
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
            let stages = Arc::new(AtomicUsize::new(0));
            self.native.ask_naming_of(naming(&python, &stages));
            let mut watched = Watched {
                action,
                python: &python,
                stages: &stages,
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
                    let native = Some(Arc::clone(&self.scripts));
                    let there = ProjectEnvironment::new(self.search.clone(), native);
                    there.on(Arc::clone(&python)).run(command, action).await
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
            let stage = Stage {
                scripts: &scripts,
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

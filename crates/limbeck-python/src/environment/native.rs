//! env.py run by the embedded interpreter.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use limbeck::{
    config::{DatabaseUrl, Location},
    dialect::BoxFuture,
    migrator::Project,
    script::{Header, Script},
};
use serde_json::Value;

use super::{
    Action, ActionError, Environment, EnvironmentCommand, EnvironmentError, Models, Naming, Raised,
    ScriptSource, Stage, StageSettings, configuration, version_applied::VersionApplied,
};
use crate::{
    FrontEnd,
    bridge::{EnvironmentHost, Services, data_from_python, data_to_python},
    failure::{Failure, function},
};

/// env.py as the embedded interpreter runs it.
pub struct NativeEnvironment {
    front_end: FrontEnd,
    file: PathBuf,
}

impl NativeEnvironment {
    /// The env.py in `file`, with its scripts run by `front_end`.
    pub fn new(front_end: FrontEnd, file: PathBuf) -> Self {
        NativeEnvironment { front_end, file }
    }
}

impl Environment for NativeEnvironment {
    fn ask_naming_of(&mut self, naming: Naming) {
        self.front_end.shared().ask_naming_of(naming);
    }

    fn run<'a>(
        &'a mut self,
        command: &'a EnvironmentCommand<'a>,
        action: &'a mut dyn Action,
    ) -> BoxFuture<'a, Result<(), EnvironmentError>> {
        Box::pin(async move {
            let mut side = Side {
                front_end: &self.front_end,
                file: &self.file,
                command,
                action,
                failed: None,
            };
            let path = self.file.to_string_lossy().into_owned();
            let mut services = Services::for_environment(self.front_end.shared(), &mut side);
            let ran = self.front_end.run(&mut services, move |vm| {
                function("limbeck_runtime.environment", "run_env", vm)
                    .and_then(|run_env| run_env.call((path,), vm))
                    .map_err(|error| Failure::read(&error, vm))
            });
            let ran = ran.await;
            drop(services);
            let undone = self.front_end.shared().close_all().await;
            match ran {
                Ok(Ok(_)) => {
                    for address in undone {
                        side.action.undone(&address);
                    }
                    Ok(())
                }
                Ok(Err(failure)) => {
                    let error = told(failure, side.failed);
                    let words = error.to_string();
                    match self.front_end.shared().unreachable(&words).await {
                        Some(unreachable) => {
                            Err(EnvironmentError::Unreachable(Box::new(unreachable)))
                        }
                        None => Err(error),
                    }
                }
                Err(error) => Err(EnvironmentError::Interpreter {
                    reason: error.to_string(),
                }),
            }
        })
    }
}

/// env.py's exception; that of the command, when it has passed it on.
fn told(failure: Failure, failed: Option<ActionError>) -> EnvironmentError {
    let error = failure.into_error();
    match failed {
        Some(action) if error.message.contains("EngineError: ") => action.into(),
        _ => {
            let raised = Box::new(Raised {
                message: error.message,
                location: error.location,
                traceback: error.traceback,
            });
            match error.needs {
                Some(name) => EnvironmentError::Needs {
                    name,
                    error: raised,
                },
                None => EnvironmentError::Code(raised),
            }
        }
    }
}

/// What env.py asks for while it runs.
struct Side<'s> {
    front_end: &'s FrontEnd,
    file: &'s Path,
    command: &'s EnvironmentCommand<'s>,
    action: &'s mut dyn Action,
    failed: Option<ActionError>,
}

impl EnvironmentHost for Side<'_> {
    fn run_migrations(
        &mut self,
        bind: Option<u64>,
        settings: Value,
    ) -> BoxFuture<'_, Result<String, String>> {
        Box::pin(async move {
            let mut settings: StageSettings =
                serde_json::from_value(settings).map_err(|error| error.to_string())?;
            let shared = self.front_end.shared();
            let mut lent = match bind {
                Some(bind) => Some(shared.lend(bind).await.map_err(|error| error.to_string())?),
                None => None,
            };
            settings.in_transaction = lent.as_ref().is_some_and(|lent| lent.in_transaction);
            let dialect = match &lent {
                Some(lent) => Some(lent.session.dialect()),
                None => settings.dialect().ok(),
            };
            let observer = dialect
                .filter(|_| settings.on_version_apply)
                .map(|dialect| VersionApplied::boxed(self.front_end.clone(), dialect));
            let stage = Stage {
                settings: &settings,
                address: lent
                    .as_ref()
                    .map_or_else(String::new, |lent| DatabaseUrl::redacted(&lent.url)),
                session: lent.as_mut().map(|lent| &mut lent.session),
                observer,
                scripts: self.front_end,
                models: Box::new(NativeModels {
                    front_end: self.front_end.clone(),
                }),
            };
            let performed = self.action.perform(stage).await;
            if let (Some(bind), Some(lent)) = (bind, lent) {
                shared.give_back(bind, lent).await;
            }
            performed.map_err(|error| {
                let words = error.to_string();
                self.failed = Some(error);
                words
            })
        })
    }

    fn configuration(&self) -> Value {
        configuration::configuration(self.command, self.file)
    }

    fn revisions(&self, locations: Vec<String>) -> Result<Value, String> {
        let project = self.command.project;
        if locations == configuration::version_locations(project) {
            return Ok(configuration::revisions(project));
        }
        let mut settings = project.settings().clone();
        let base = settings.working_directory.clone();
        settings.version_locations = locations
            .iter()
            .map(|location| Location::parse(location, &base))
            .collect();
        let project = Project::open(settings).map_err(|error| error.to_string())?;
        Ok(configuration::revisions(&project))
    }

    fn write(&mut self, text: &str) {
        self.action.write(text);
    }
}

/// Models in the embedded interpreter.
struct NativeModels {
    front_end: FrontEnd,
}

impl Models for NativeModels {
    fn ask(&mut self, question: Value) -> BoxFuture<'_, Result<Value, EnvironmentError>> {
        Box::pin(async move {
            let mut services = Services::new(self.front_end.shared(), None);
            let asked = self.front_end.run(&mut services, move |vm| {
                data_to_python(&question, vm)
                    .and_then(|question| {
                        let ask = function("limbeck_runtime.models", "ask", vm)?;
                        let answer = ask.call((question,), vm)?;
                        data_from_python(&answer, vm)
                    })
                    .map_err(|error| Failure::read(&error, vm))
            });
            match asked.await {
                Ok(Ok(answer)) => Ok(answer),
                Ok(Err(failure)) => Err(told(failure, None)),
                Err(error) => Err(EnvironmentError::Interpreter {
                    reason: error.to_string(),
                }),
            }
        })
    }
}

impl ScriptSource for FrontEnd {
    fn script(&self, header: &Header) -> Arc<dyn Script> {
        FrontEnd::script(self, header)
    }
}

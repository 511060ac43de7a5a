//! env.py, run by the project's own Python: what cannot be read natively.

use std::sync::Arc;

use limbeck::{
    config::{DatabaseUrl, Source},
    dialect::{BoxFuture, DialectName, Query, QueryError},
    migrate::{Observer, Session},
    migrator::{self, Project},
    script::{Header, Script},
};
use serde_json::{Map, Value};

use super::{
    discovery::PythonSearch, error::ProjectPythonError, launch::Launch, message::Report,
    observer::OnVersionApply, stage::ProjectPython,
};
use crate::environment::{
    Action, Environment, EnvironmentCommand, EnvironmentError, Heads, Models, Raised, ScriptSource,
    Stage,
};

/// What runs a script natively, where it can be.
pub type NativeScripts = Arc<dyn Fn(&Header) -> Arc<dyn Script> + Send + Sync>;

/// Runs env.py in the project's own Python. Its scripts run natively where they can.
pub struct ProjectEnvironment {
    search: PythonSearch,
    native: Option<NativeScripts>,
    python: Option<Arc<ProjectPython>>,
    fresh: Option<Arc<ProjectPython>>,
}

impl ProjectEnvironment {
    /// An environment; nothing is looked for or started yet. Without `native` all its scripts run in that Python, too.
    pub fn new(search: PythonSearch, native: Option<NativeScripts>) -> Self {
        ProjectEnvironment {
            search,
            native,
            python: None,
            fresh: None,
        }
    }

    /// The next run takes a Python that is looked for already, and not started.
    pub(super) fn on(mut self, python: Arc<ProjectPython>) -> Self {
        self.fresh = Some(python);
        self
    }

    /// The Python of the last run, which knows what ran there.
    pub fn python(&self) -> Option<&Arc<ProjectPython>> {
        self.python.as_ref()
    }

    async fn perform(
        &self,
        python: &Arc<ProjectPython>,
        report: &Report,
        command: &EnvironmentCommand<'_>,
        action: &mut dyn Action,
    ) -> Result<String, EnvironmentError> {
        let (mut session, address) = match report.settings.as_sql {
            true => (None, String::new()),
            false => {
                let (session, address) = session(report, command).await?;
                (Some(session), address)
            }
        };
        let scripts = Scripts {
            python,
            stage: report.call,
            native: self.native.as_ref(),
        };
        let dialect = match &session {
            Some(session) => session.dialect(),
            None => report.settings.dialect().unwrap_or(DialectName::Generic),
        };
        let observer = report.settings.on_version_apply.then(|| {
            Box::new(OnVersionApply {
                python: Arc::clone(python),
                stage: report.call,
                dialect,
                heads: Heads::default(),
            }) as Box<dyn Observer>
        });
        let stage = Stage {
            settings: &report.settings,
            session: session.as_mut(),
            address,
            observer,
            scripts: &scripts,
            models: Box::new(ProjectModels {
                python,
                stage: report.call,
            }),
        };
        Ok(action.perform(stage).await?)
    }
}

impl Environment for ProjectEnvironment {
    fn run<'a>(
        &'a mut self,
        command: &'a EnvironmentCommand<'a>,
        action: &'a mut dyn Action,
    ) -> BoxFuture<'a, Result<(), EnvironmentError>> {
        Box::pin(async move {
            let fresh = self.fresh.take();
            let python = fresh
                .unwrap_or_else(|| ProjectPython::new(self.search.clone(), Launch::of(command)));
            self.python = Some(Arc::clone(&python));
            let mut stage = 0;
            loop {
                let report = python.report(stage).await.map_err(failed)?;
                for text in python.take_written() {
                    action.write(&text);
                }
                let Some(report) = report else { return Ok(()) };
                match self.perform(&python, &report, command, action).await {
                    Ok(text) => python.write(&text).await.map_err(failed)?,
                    Err(error) => {
                        python.stop(&error.to_string()).await;
                        return Err(error);
                    }
                }
                stage = report.call + 1;
            }
        })
    }
}

impl Launch {
    /// How a project without env.py is started.
    pub fn without_environment(project: &Project) -> Launch {
        Launch {
            without_environment: Some(project.settings().import_paths()),
            ..Launch::default()
        }
    }

    /// How a command's env.py is started.
    pub fn of(command: &EnvironmentCommand<'_>) -> Launch {
        let settings = command.project.settings();
        let mut launch = Launch {
            command_options: command.options.clone(),
            options: command.context.clone(),
            ..Launch::default()
        };
        // Said by `offline`; the driver puts it in itself.
        launch.offline = launch.options.remove("as_sql") == Some(Value::Bool(true));
        if let Source::Alembic {
            ini,
            pyproject,
            section,
        } = &settings.source
        {
            launch.config_file = ini.clone();
            launch.toml_file = pyproject.clone();
            launch.section = section.clone();
        }
        if let Some(url) = &command.url {
            launch.overrides = Map::from_iter([("sqlalchemy.url".to_owned(), url.clone().into())]);
        }
        launch
    }
}

/// Models in the project's own Python.
pub(super) struct ProjectModels<'a> {
    pub(super) python: &'a ProjectPython,
    pub(super) stage: usize,
}

impl Models for ProjectModels<'_> {
    fn ask(&mut self, question: Value) -> BoxFuture<'_, Result<Value, EnvironmentError>> {
        Box::pin(async move {
            let answer = self.python.ask_models(self.stage, &question).await;
            answer.map_err(failed)
        })
    }
}

struct Scripts<'a> {
    python: &'a Arc<ProjectPython>,
    stage: usize,
    native: Option<&'a NativeScripts>,
}

impl ScriptSource for Scripts<'_> {
    fn script(&self, header: &Header) -> Arc<dyn Script> {
        match self.native {
            Some(native) => self.python.behind(native(header), self.stage),
            None => Arc::new(self.python.script(header, self.stage, Vec::new())),
        }
    }
}

/// Opens the database that env.py has opened, and sets the session as env.py has set its own.
async fn session(
    report: &Report,
    command: &EnvironmentCommand<'_>,
) -> Result<(Session<'static>, String), EnvironmentError> {
    let url = match (&command.url, &report.url) {
        (Some(url), _) => url,
        (None, Some(url)) => url,
        (None, None) => {
            return Err(interpreter(
                "env.py gave context.configure() no connection, so there is no database to work on"
                    .to_owned(),
            ));
        }
    };
    if report.in_memory && command.url.is_none() {
        return Err(interpreter(
            "env.py works on a SQLite database in the memory of the project's Python, which nobody else can see; \
             give the address of a file with --url"
                .to_owned(),
        ));
    }
    let failed = |reason: String| interpreter(reason);
    let url = DatabaseUrl::parse(url).map_err(|error| failed(error.to_string()))?;
    let opened = migrator::open(&url).await;
    let mut session = opened.map_err(|error| failed(error.to_string()))?;
    for statement in &report.session_statements {
        let done = session.execute(statement, &[]).await;
        done.map_err(|error: QueryError| {
            failed(format!(
                "env.py ran '{statement}' before context.run_migrations(); done again, the database refused it: {error}"
            ))
        })?;
    }
    Ok((session, url.redacted()))
}

fn interpreter(reason: String) -> EnvironmentError {
    EnvironmentError::Interpreter { reason }
}

pub(super) fn failed(error: ProjectPythonError) -> EnvironmentError {
    let ProjectPythonError::Raised(failure) = error else {
        return interpreter(error.to_string());
    };
    let raised = Box::new(Raised {
        message: failure.message.clone(),
        location: failure.location.clone(),
        traceback: Some(failure.traceback.clone()),
    });
    match &failure.missing {
        Some(name) => EnvironmentError::Needs {
            name: name.clone(),
            error: raised,
        },
        None => EnvironmentError::Code(raised),
    }
}

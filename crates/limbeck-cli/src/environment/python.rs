//! Runs env.py by the embedded interpreter, and what needs the application by the project's own Python.

use std::{convert::Infallible, sync::Arc};

use limbeck::migrator::Project;
use limbeck_python::{
    FrontEnd,
    environment::{Action, Environment, EnvironmentCommand, EnvironmentError, NativeEnvironment},
    project_python::{AutomaticEnvironment, Launch, Notices, ProjectPython},
};

use super::Invocation;
use crate::{
    answer::{PythonAnswer, TriedPython},
    command::Context,
    database::block_on,
    error::CommandError,
    output::{Level, Output},
    program,
    project::python_search,
};

/// Runs env.py for a command.
pub(super) fn run(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    url: Option<String>,
    action: &mut dyn Action,
) -> Result<(), CommandError> {
    run_for(context, project, invocation, url, action, false)
}

/// The same; `prefers_python` for a command that needs what only the application has, wherever that is.
pub(super) fn run_for(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    url: Option<String>,
    action: &mut dyn Action,
    prefers_python: bool,
) -> Result<(), CommandError> {
    let Some(file) = super::file(project) else {
        return Ok(());
    };
    let command = EnvironmentCommand {
        project,
        options: invocation.options.clone(),
        context: invocation.context.clone(),
        url,
    };
    let front_end = front_end(project);
    let native = NativeEnvironment::new(front_end.clone(), file);
    let search = python_search(&context.global, project);
    let scripts = Arc::new(move |header: &_| front_end.script(header));
    let mut environment = AutomaticEnvironment::new(native, scripts, search)
        .telling(notices(context.output))
        .preferring_python(prefers_python);
    let ran = block_on(environment.run(&command, action));
    let found = environment.python().and_then(|python| python.found());
    if let (Some(needs), Some(python)) = (environment.env_py_needs(), found) {
        let program = python.program.display();
        let line = format!("env.py was run by {program}: needs {needs}");
        context.output.log(Level::Info, "limbeck", &line);
    }
    ran
}

/// Lets scripts that need the application run in the project's own Python, also when no env.py runs around them.
pub(crate) fn reach_application(context: &Context, project: &mut Project) {
    let front_end = front_end(project);
    let search = python_search(&context.global, project);
    let launch = Launch::without_environment(project);
    let python = ProjectPython::telling(search, launch, notices(context.output));
    project.run_python_with(|header| python.behind(front_end.script(header), 0));
}

/// Which Python the project's own is, and why others are not.
pub(crate) fn tried(
    context: &Context,
    project: &Project,
) -> Result<Option<PythonAnswer>, CommandError> {
    let search = python_search(&context.global, project);
    let found = block_on(async { Ok::<_, Infallible>(search.find().await) })?;
    Ok(Some(PythonAnswer {
        chosen: found.chosen.map(|python| python.to_string()),
        tried: found
            .tried
            .into_iter()
            .map(|tried| TriedPython {
                named_by: tried.origin.to_string(),
                program: tried.program,
                reason: tried.reason,
            })
            .collect(),
    }))
}

fn front_end(project: &Project) -> FrontEnd {
    let arguments = std::env::args().skip(1);
    FrontEnd::of(
        project,
        std::iter::once(program::name()).chain(arguments).collect(),
    )
}

fn notices(output: Output) -> Notices {
    Arc::new(move |notice| output.log(Level::Warning, "limbeck", notice))
}

impl From<Infallible> for CommandError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<EnvironmentError> for CommandError {
    fn from(error: EnvironmentError) -> Self {
        match error {
            EnvironmentError::Action(_) => CommandError::EnvironmentStopped,
            EnvironmentError::Unreachable(error) => CommandError::from(*error),
            error => CommandError::Environment(Box::new(error)),
        }
    }
}

impl CommandError {
    /// Whether env.py could not be run because no Python has the application, and `--url` says all that is needed of it. Then
    /// a line says so.
    pub(super) fn goes_without_environment(&self, context: &Context) -> bool {
        let CommandError::Environment(error) = self else {
            return false;
        };
        let EnvironmentError::Absent { error, .. } = &**error else {
            return false;
        };
        if context.global.url.is_none() {
            return false;
        }
        let line = format!(
            "env.py was not run: it {}; the address of --url and the settings of the configuration are used",
            error.message
        );
        context.output.log(Level::Warning, "limbeck", &line);
        true
    }
}

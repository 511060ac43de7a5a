//! Runs env.py by the embedded interpreter.

use limbeck::migrator::Project;
use limbeck_python::{
    FrontEnd,
    environment::{Action, Environment, EnvironmentCommand, EnvironmentError, NativeEnvironment},
};

use super::Invocation;
use crate::{command::Context, database::block_on, error::CommandError, program};

/// Runs env.py for a command.
pub(super) fn run(
    _context: &Context,
    project: &Project,
    invocation: &Invocation,
    url: Option<String>,
    action: &mut dyn Action,
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
    let mut arguments = vec![program::name()];
    arguments.extend(std::env::args().skip(1));
    let front_end = FrontEnd::of(project, arguments);
    let mut environment = NativeEnvironment::new(front_end, file);
    block_on(environment.run(&command, action))
}

impl From<EnvironmentError> for CommandError {
    fn from(error: EnvironmentError) -> Self {
        match error {
            EnvironmentError::Action(_) => CommandError::EnvironmentStopped,
            error => CommandError::Environment(Box::new(error)),
        }
    }
}

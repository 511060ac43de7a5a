//! The way from a command to the project's databases: those that its env.py opens, else the configured one. The runtime is
//! only started by commands that need one.

use limbeck::migrator::{Migrator, MigratorError, Project};

use crate::{
    answer::Answer,
    command::Context,
    environment::{self, Invocation},
    error::CommandError,
    running,
    task::Task,
};

/// Runs what a command asks of the database.
pub(crate) fn block_on<T, E>(future: impl Future<Output = Result<T, E>>) -> Result<T, CommandError>
where
    CommandError: From<E>,
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(CommandError::Runtime)?;
    Ok(runtime.block_on(future)?)
}

/// Does `task` on each database and answers what `tell` makes of it: as text at once, as JSON when all is done. `tell` gets
/// the project as the database's environment has set it up, and the database's address without its password.
pub(crate) fn each<T, A>(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    task: &T,
    mut tell: impl FnMut(&Project, &str, T::Answer) -> Result<A, CommandError> + Send,
) -> Result<(), CommandError>
where
    T: Task,
    A: Answer + Send,
{
    let output = context.output;
    let mut answers = Vec::new();
    let mut done = |project: &Project, address: &str, found: T::Answer| {
        let answer = tell(project, address, found)?;
        if !output.is_json() {
            output.answer(&answer);
        }
        answers.push(answer);
        Ok(())
    };
    visit(context, project, invocation, task, &mut done)?;
    if output.is_json() {
        match answers.as_slice() {
            [single] => output.json(single),
            several => output.json(&several),
        }
    }
    Ok(())
}

/// Does `task` on each database and hands over what is found.
pub(crate) fn visit<T: Task>(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    task: &T,
    done: &mut Done<'_, T::Answer>,
) -> Result<(), CommandError> {
    if environment::has_one(project) {
        return environment::visit(context, project, invocation, task, done);
    }
    on_configured(context, project, task, done)
}

/// Does `task` on the configured database, whatever env.py says.
pub(crate) fn on_configured<T: Task>(
    context: &Context,
    project: &Project,
    task: &T,
    done: &mut Done<'_, T::Answer>,
) -> Result<(), CommandError> {
    let (address, found) = block_on(configured(context, project, task))?;
    done(project, &address, found)
}

/// Takes what is found on one database.
pub(crate) type Done<'d, T> = dyn FnMut(&Project, &str, T) -> Result<(), CommandError> + Send + 'd;

/// The configured database.
async fn configured<T: Task>(
    context: &Context,
    project: &Project,
    task: &T,
) -> Result<(String, T::Answer), MigratorError> {
    let url = project.settings().database_url()?;
    // A dry run leaves no trace, so it does not even make the file of a SQLite database.
    let migrator = match task.writes() {
        true => Migrator::connect(project, url).await?,
        false => Migrator::connect_to_read(project, url).await?,
    };
    let mut migrator = task.prepare(migrator, project);
    if T::IS_RUN {
        let server = migrator.server();
        let transactional = server.language().capabilities().transactional_ddl;
        running::tell_server(&context.output, server, transactional);
    }
    let found = task.perform(&mut migrator).await?;
    Ok((url.redacted(), found))
}

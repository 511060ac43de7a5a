//! A task on each database that env.py opens.

use limbeck::{
    config::Location,
    dialect::BoxFuture,
    migrator::{Migrator, Project},
};
use limbeck_python::environment::{Action, ActionError, Stage};

use super::{Invocation, at_rest, python};
use crate::{
    command::Context,
    database::{self, Done},
    error::CommandError,
    output::{Level, Output},
    running,
    task::Task,
};

/// Runs env.py, and `task` on each database that it opens.
pub(crate) fn visit<T: Task>(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    task: &T,
    done: &mut Done<'_, T::Answer>,
) -> Result<(), CommandError> {
    if let Some((project, address, found)) = at_rest::answer(context, project, task) {
        return done(&project, &address, found);
    }
    let mut on_database = OnDatabase {
        project,
        output: context.output,
        task,
        done,
        stages: 0,
        changed: false,
        failed: None,
    };
    let url = context.global.url.clone();
    let ran = python::run(context, project, invocation, url, &mut on_database);
    let OnDatabase { stages, failed, .. } = on_database;
    if let Err(error) = &ran
        && stages == 0
        && error.goes_without_environment(context)
    {
        return database::on_configured(context, project, task, done);
    }
    match (ran, failed) {
        (Err(CommandError::EnvironmentStopped), Some(error)) => Err(error),
        (Err(error), _) => Err(error),
        (Ok(()), Some(error)) => {
            let told = format!("env.py let an error pass: {error}");
            context.output.log(Level::Warning, "limbeck", &told);
            Ok(())
        }
        (Ok(()), None) => {
            if stages == 0 {
                let told = "env.py did not call context.run_migrations(): nothing was done";
                context.output.log(Level::Warning, "limbeck", told);
            }
            Ok(())
        }
    }
}

struct OnDatabase<'t, 'd, T: Task> {
    project: &'t Project,
    output: Output,
    task: &'t T,
    done: &'t mut Done<'d, T::Answer>,
    stages: usize,
    /// Whether anything was done that could be undone.
    changed: bool,
    failed: Option<CommandError>,
}

impl<T: Task> OnDatabase<'_, '_, T> {
    async fn stage(&mut self, stage: Stage<'_>) -> Result<(), CommandError> {
        let project = set_up(self.project, &stage)?;
        let Stage {
            settings,
            session,
            address,
            observer,
            ..
        } = stage;
        let Some(session) = session else {
            return Err(CommandError::EnvironmentOffline);
        };
        let migrator = Migrator::on_session(&project, session, settings.in_transaction).await?;
        let mut migrator = self.task.prepare(migrator, &project);
        if let Some(observer) = observer {
            migrator = migrator.observed_by(observer);
        }
        let transactional = settings.assumes_transactional_ddl();
        running::tell_server(&self.output, migrator.server(), transactional);
        let found = self.task.perform(&mut migrator).await?;
        drop(migrator);
        self.changed |= self.task.has_changed(&found);
        (self.done)(&project, &address, found)
    }
}

impl<T: Task> Action for OnDatabase<'_, '_, T> {
    fn perform<'a>(&'a mut self, stage: Stage<'a>) -> BoxFuture<'a, Result<String, ActionError>> {
        Box::pin(async move {
            self.stages += 1;
            match self.stage(stage).await {
                Ok(()) => Ok(String::new()),
                Err(error) => Err(ActionError::new(kept(&mut self.failed, error))),
            }
        })
    }

    fn write(&mut self, _text: &str) {}

    fn undone(&mut self, address: &str) {
        if self.changed {
            let told = format!(
                "env.py did not commit its transaction, so nothing of this run was kept in {address}; \
                 end it with connection.commit(), or do not begin one before context.configure()"
            );
            self.output.log(Level::Warning, "limbeck", &told);
        }
    }
}

/// The project as env.py has configured it, with scripts that can be run.
pub(crate) fn set_up(project: &Project, stage: &Stage<'_>) -> Result<Project, CommandError> {
    let mut project = match &stage.settings.version_locations {
        None => project.clone(),
        Some(locations) => {
            let mut settings = project.settings().clone();
            let base = settings.working_directory.clone();
            settings.version_locations = locations
                .iter()
                .map(|location| Location::parse(&location.to_string_lossy(), &base))
                .collect();
            Project::open(settings)?
        }
    };
    stage.settings.apply(project.settings_mut());
    project.run_python_with(|header| stage.scripts.script(header));
    Ok(project)
}

/// Keeps an error for when env.py has passed it on, and says it in words meanwhile.
pub(super) fn kept(failed: &mut Option<CommandError>, error: CommandError) -> String {
    let words = error.headline();
    *failed = Some(error);
    words
}

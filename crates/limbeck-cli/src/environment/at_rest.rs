//! What needs no env.py: a question that the version rows answer, or an upgrade of a database that is there already, where
//! env.py is one whose settings are known without running it. Python is not even started for it.
//!
//! Whatever is not plain is left to env.py, errors too: they are told as env.py would have them told.

use limbeck::migrator::{Migrator, MigratorError, Project};
use limbeck_python::environment::known_settings;

use crate::{command::Context, database::block_on, running, task::Task};

/// The answer, with the project as env.py would have set it up and the database's address; `None` when env.py is to run.
pub(super) fn answer<T: Task>(
    context: &Context,
    project: &Project,
    task: &T,
) -> Option<(Project, String, T::Answer)> {
    let settings = known_settings(project, &super::file(project)?)?;
    let mut project = project.clone();
    settings.apply(project.settings_mut());
    let transactional = settings.assumes_transactional_ddl();
    let url = project.settings().database_url().ok()?.clone();
    let answered = block_on(async {
        // Of a database that has no version rows nothing is known, not even that its file is there.
        let mut migrator = Migrator::connect_to_read(&project, &url).await?;
        let rows = migrator.rows().await?;
        if rows.is_empty() || !task.is_settled_by(&project, &rows) {
            return Ok(None);
        }
        if task.writes() {
            migrator = Migrator::connect(&project, &url).await?;
        }
        let mut migrator = task.prepare(migrator, &project);
        let found = task.perform(&mut migrator).await?;
        running::tell_server(&context.output, migrator.server(), transactional);
        Ok::<_, MigratorError>(Some(found))
    });
    let found = answered.ok()??;
    Some((project, url.redacted(), found))
}

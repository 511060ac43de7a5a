//! The way from a command to the database. The runtime is only started by commands that need one.

use limbeck::migrator::{Migrator, MigratorError, Project};

use crate::error::CommandError;

/// Runs what a command asks of the database.
pub(crate) fn block_on<T>(
    future: impl Future<Output = Result<T, MigratorError>>,
) -> Result<T, CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(CommandError::Runtime)?;
    Ok(runtime.block_on(future)?)
}

/// Asks the project's database something. A SQLite file that is missing counts as empty and is not made.
pub(crate) fn ask<T>(
    project: &Project,
    question: impl AsyncFnOnce(&mut Migrator<'_, 'static>) -> Result<T, MigratorError>,
) -> Result<T, CommandError> {
    block_on(async {
        let url = project.settings().database_url()?;
        let mut migrator = Migrator::connect_to_read(project, url).await?;
        question(&mut migrator).await
    })
}

/// The version rows of the project's database, each of which has a script.
pub(crate) fn rows(project: &Project) -> Result<Vec<String>, CommandError> {
    let rows = ask(project, async |migrator| migrator.rows().await)?;
    project.check_rows(&rows)?;
    Ok(rows)
}

/// The address of the project's database, without its password.
pub(crate) fn address(project: &Project) -> Result<String, CommandError> {
    Ok(project.settings().database_url()?.redacted())
}

//! The way from a synchronous command to the database.

use limbeck::migrator::Project;

use crate::error::CommandError;

/// The version rows of the project's database.
pub(crate) fn rows(project: &Project) -> Result<Vec<String>, CommandError> {
    Err(CommandError::NoDatabase {
        database: project.settings().database_url()?.redacted(),
    })
}

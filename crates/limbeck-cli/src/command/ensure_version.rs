//! `ensure_version`: creates the version table.

use limbeck::migrator::Migrator;

use crate::{
    answer::EnsureVersionAnswer, arguments::EnsureVersion, command::Context, database,
    error::CommandError, exit_code, offline,
};

pub(super) fn run(options: &EnsureVersion, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    if options.sql {
        return offline::ensure_version(context, &project, options.dialect);
    }
    let (created, table) = database::block_on(async {
        let url = project.settings().database_url()?;
        let mut migrator = Migrator::connect(&project, url).await?;
        let created = migrator.ensure_version().await?;
        Ok((created, migrator.options_mut().version_table.display_name()))
    })?;
    context.output.answer(&EnsureVersionAnswer {
        database: database::address(&project)?,
        table,
        created,
    });
    Ok(exit_code::OK)
}

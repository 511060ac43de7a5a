//! What the commands do with `--sql`: a script on standard output for the database's own client. Nothing is connected.

use limbeck::{
    config::Backend,
    dialect::DialectName,
    migrator::{MigratorError, OfflineScript, Project},
};

use crate::{
    answer::OfflineAnswer,
    command::Context,
    database,
    error::CommandError,
    exit_code,
    output::{Level, MIGRATION, step_line},
    running,
};

pub(crate) fn upgrade(
    context: &Context,
    project: &Project,
    dialect: Option<DialectName>,
    range: &str,
) -> Result<u8, CommandError> {
    let dialect = choose(project, dialect)?;
    write(
        context,
        project,
        dialect,
        project.upgrade_script(range, dialect),
    )
}

pub(crate) fn downgrade(
    context: &Context,
    project: &Project,
    dialect: Option<DialectName>,
    range: &str,
) -> Result<u8, CommandError> {
    if !range.contains(':') {
        return Err(CommandError::DowngradeWithoutStart);
    }
    let dialect = choose(project, dialect)?;
    write(
        context,
        project,
        dialect,
        project.downgrade_script(range, dialect),
    )
}

pub(crate) fn stamp(
    context: &Context,
    project: &Project,
    dialect: Option<DialectName>,
    targets: &[&str],
) -> Result<u8, CommandError> {
    let dialect = choose(project, dialect)?;
    write(
        context,
        project,
        dialect,
        project.stamp_script(targets, dialect),
    )
}

pub(crate) fn ensure_version(
    context: &Context,
    project: &Project,
    dialect: Option<DialectName>,
) -> Result<u8, CommandError> {
    let dialect = choose(project, dialect)?;
    tell(context, dialect);
    context.output.even_if_quiet().answer(&OfflineAnswer {
        dialect: dialect.to_string(),
        sql: project.version_table_script(dialect),
    });
    Ok(exit_code::OK)
}

/// The dialect that was asked for, else that of the configured database.
fn choose(project: &Project, dialect: Option<DialectName>) -> Result<DialectName, CommandError> {
    if let Some(dialect) = dialect {
        return Ok(dialect);
    }
    Ok(match project.settings().database_url()?.backend() {
        Backend::Sqlite => DialectName::Sqlite,
        Backend::Postgresql => DialectName::Postgresql,
        Backend::Mysql => DialectName::Mysql,
        Backend::Mariadb => DialectName::Mariadb,
    })
}

fn write(
    context: &Context,
    project: &Project,
    dialect: DialectName,
    script: impl Future<Output = Result<OfflineScript, MigratorError>>,
) -> Result<u8, CommandError> {
    tell(context, dialect);
    let script = database::block_on(script)?;
    for step in &script.plan.steps {
        let message = project.message(step.revision.as_str());
        let line = format!("Running {}", step_line(step, message));
        context.output.log(Level::Info, MIGRATION, &line);
    }
    context.output.even_if_quiet().answer(&OfflineAnswer {
        dialect: dialect.to_string(),
        sql: script.text,
    });
    Ok(exit_code::OK)
}

/// Alembic's lines at the beginning of such a script.
fn tell(context: &Context, dialect: DialectName) {
    let line = format!("Context impl {}.", running::implementation(dialect));
    context.output.log(Level::Info, MIGRATION, &line);
    context
        .output
        .log(Level::Info, MIGRATION, "Generating static SQL");
}

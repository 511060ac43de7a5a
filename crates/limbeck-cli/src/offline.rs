//! What the commands do with `--sql`: a script on standard output for the database's own client. Nothing is connected.

use limbeck::{
    config::Backend,
    dialect::DialectName,
    migrate::{Observer, Silent},
    migrator::{MigratorError, Project},
};

use crate::{
    answer::OfflineAnswer,
    command::Context,
    database,
    environment::{self, Invocation},
    error::CommandError,
    exit_code,
    output::{Level, MIGRATION, Output, step_line},
    running,
};

/// What is written down.
pub(crate) enum Script<'s> {
    /// An upgrade, to a target or along a range.
    Upgrade(&'s str),
    /// A downgrade along a range.
    Downgrade(&'s str),
    /// Version rows.
    Stamp(&'s [&'s str]),
    /// The version table.
    VersionTable,
}

impl Script<'_> {
    /// The text, and a line about each step. `start` is where a target without a range starts.
    pub(crate) async fn write(
        &self,
        project: &Project,
        dialect: DialectName,
        start: Option<&str>,
        observer: &mut dyn Observer,
    ) -> Result<(String, Vec<String>), MigratorError> {
        let from = |target: &str| match start {
            Some(start) if !target.contains(':') => format!("{start}:{target}"),
            _ => target.to_owned(),
        };
        let script = match self {
            Script::Upgrade(range) => {
                let range = from(range);
                project.upgrade_script(&range, dialect, observer).await?
            }
            Script::Downgrade(range) => {
                let range = from(range);
                project.downgrade_script(&range, dialect, observer).await?
            }
            Script::Stamp(targets) => {
                let targets: Vec<String> = targets.iter().map(|target| from(target)).collect();
                let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
                project.stamp_script(&targets, dialect, observer).await?
            }
            Script::VersionTable => {
                return Ok((project.version_table_script(dialect), Vec::new()));
            }
        };
        let lines = script.plan.steps.iter().map(|step| {
            let message = project.message(step.revision.as_str());
            format!("Running {}", step_line(step, message))
        });
        Ok((script.text, lines.collect()))
    }
}

/// Writes `script` in the dialect that was asked for, that env.py chooses, or of the configured database.
pub(crate) fn write(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    dialect: Option<DialectName>,
    script: Script<'_>,
) -> Result<u8, CommandError> {
    if let Script::Downgrade(range) = script
        && !range.contains(':')
    {
        return Err(CommandError::DowngradeWithoutStart);
    }
    if environment::has_one(project) {
        return environment::write(context, project, invocation, dialect, script);
    }
    write_configured(context, project, dialect, script)
}

/// The same, whatever env.py says.
pub(crate) fn write_configured(
    context: &Context,
    project: &Project,
    dialect: Option<DialectName>,
    script: Script<'_>,
) -> Result<u8, CommandError> {
    let dialect = choose(project, dialect)?;
    let language = limbeck::dialect::dialect(dialect, None);
    let transactional = language.capabilities().transactional_ddl;
    tell(&context.output, dialect, transactional);
    let (text, lines) = database::block_on(script.write(project, dialect, None, &mut Silent))?;
    for line in lines {
        context.output.log(Level::Info, MIGRATION, &line);
    }
    answer(&context.output, dialect, text);
    Ok(exit_code::OK)
}

/// Prints a script.
pub(crate) fn answer(output: &Output, dialect: DialectName, sql: String) {
    output.even_if_quiet().answer(&OfflineAnswer {
        dialect: dialect.to_string(),
        sql,
    });
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

/// Alembic's lines at the beginning of such a script.
pub(crate) fn tell(output: &Output, dialect: DialectName, transactional: bool) {
    let line = format!("Context impl {}.", running::implementation(dialect));
    output.log(Level::Info, MIGRATION, &line);
    output.log(Level::Info, MIGRATION, "Generating static SQL");
    output.log(Level::Info, MIGRATION, running::assumption(transactional));
}

//! A script of `--sql`, as env.py wants it: for one database or several, into standard output or files of its own.

use limbeck::{
    dialect::{BoxFuture, DialectName},
    migrate::Silent,
    migrator::Project,
};
use limbeck_python::environment::{Action, ActionError, Stage};

use super::{
    Invocation,
    on_database::{kept, set_up},
    python,
};
use crate::{
    command::Context,
    error::CommandError,
    exit_code,
    offline::{self, Script},
    output::{Level, MIGRATION, Output},
};

/// Runs env.py, and writes `script` where it says `context.run_migrations()`.
pub(crate) fn write(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    dialect: Option<DialectName>,
    script: Script<'_>,
) -> Result<u8, CommandError> {
    // An address without a database tells env.py which dialect is meant.
    let asked = dialect.map(|dialect| format!("{dialect}://"));
    let url = context.global.url.clone().or(asked);
    let mut written = Written {
        project,
        output: context.output,
        script,
        dialect,
        text: String::new(),
        failed: None,
    };
    let ran = python::run(context, project, invocation, url, &mut written);
    if let Err(error) = &ran
        && error.goes_without_environment(context)
    {
        return offline::write_configured(context, project, dialect, written.script);
    }
    if let (Some(dialect), true) = (written.dialect, context.output.is_json()) {
        offline::answer(&context.output, dialect, written.text);
    }
    match (ran, written.failed) {
        (Err(CommandError::EnvironmentStopped), Some(error)) => Err(error),
        (Err(error), _) => Err(error),
        (Ok(()), _) => Ok(exit_code::OK),
    }
}

struct Written<'t> {
    project: &'t Project,
    output: Output,
    script: Script<'t>,
    dialect: Option<DialectName>,
    /// The whole, for JSON.
    text: String,
    failed: Option<CommandError>,
}

impl Written<'_> {
    async fn stage(&mut self, stage: Stage<'_>) -> Result<String, CommandError> {
        let project = set_up(self.project, &stage)?;
        let settings = stage.settings;
        let dialect = settings
            .dialect()
            .map_err(CommandError::EnvironmentDialect)?;
        self.dialect = Some(dialect);
        offline::tell(&self.output, dialect, settings.assumes_transactional_ddl());
        let start = settings.starting_rev.as_deref();
        let mut observer = stage.observer.unwrap_or_else(|| Box::new(Silent));
        let written = self
            .script
            .write(&project, dialect, start, observer.as_mut());
        let (text, lines) = written.await?;
        for line in lines {
            self.output.log(Level::Info, MIGRATION, &line);
        }
        Ok(text)
    }
}

impl Action for Written<'_> {
    fn perform<'a>(&'a mut self, stage: Stage<'a>) -> BoxFuture<'a, Result<String, ActionError>> {
        Box::pin(async move {
            let own_output = stage.settings.has_output;
            match self.stage(stage).await {
                Ok(text) if own_output => Ok(text),
                Ok(text) => {
                    self.write(&text);
                    Ok(String::new())
                }
                Err(error) => Err(ActionError::new(kept(&mut self.failed, error))),
            }
        })
    }

    /// At once, so that what env.py prints stands before or after it as with Alembic.
    fn write(&mut self, text: &str) {
        match self.output.is_json() {
            true => self.text.push_str(text),
            false => self.output.even_if_quiet().raw(text),
        }
    }
}

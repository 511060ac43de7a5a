//! `inspect`: what a database holds.

use limbeck::{
    config::Exclude,
    dialect::Dialect,
    diff::Decisions,
    migrator::{Migrator, MigratorError, autogenerate::Difference},
    render::{DialectText, PythonRenderer},
    schema::Database,
};

use crate::{
    answer::InspectAnswer,
    arguments::{Code, Inspect},
    command::Context,
    comparing, database,
    environment::Invocation,
    error::CommandError,
    exit_code, project,
    task::Task,
};

/// The schema of a database and the difference of an empty one to it.
struct Read<'o> {
    options: &'o Inspect,
}

impl Task for Read<'_> {
    type Answer = (Database, Difference);

    async fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> Result<Self::Answer, MigratorError> {
        let every = self.options.schema.iter().any(|schema| schema == "*");
        let schemas = match every {
            true => migrator.other_schemas().await?,
            false => self.options.schema.clone(),
        };
        let database = migrator.inspect(&schemas).await?;
        let language = migrator.server().language();
        let empty = Database::default();
        let difference =
            Difference::between(language, empty, database.clone(), Decisions::default());
        Ok((database, difference))
    }
}

pub(super) fn run(options: &Inspect, context: &Context) -> Result<u8, CommandError> {
    if let Some(given) = &context.global.url {
        comparing::address_to_read(given)?;
    }
    let mut project = project::open_or_without(&context.global)?;
    if options.all {
        let settings = project.settings_mut();
        settings.exclude = Exclude::default();
        settings.version_table = String::new();
    }
    let invocation = Invocation::of("inspect", context);
    database::each(
        context,
        &project,
        &invocation,
        &Read { options },
        |_, _, (schema, difference)| {
            let text = match options.code {
                Some(Code::Sqlalchemy) => sqlalchemy(&schema, difference.language())?,
                None => {
                    let content = difference.sql_content(&[]);
                    content.upgrade.into_iter().map(|part| part.text).collect()
                }
            };
            Ok(InspectAnswer { schema, text })
        },
    )?;
    Ok(exit_code::OK)
}

/// A module that declares the tables with SQLAlchemy.
fn sqlalchemy(schema: &Database, language: &dyn Dialect) -> Result<String, CommandError> {
    let renderer = PythonRenderer {
        sql: Some(&DialectText(language)),
        ..PythonRenderer::default()
    };
    renderer
        .models(schema)
        .map_err(|error| CommandError::Render(Box::new(error)))
}

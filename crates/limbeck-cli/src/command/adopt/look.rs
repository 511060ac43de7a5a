//! What is looked at where env.py says `context.run_migrations()`: its settings, the scripts, the version rows.

use limbeck::{
    config::TransactionMode,
    dialect::BoxFuture,
    migrator::{Migrator, MigratorError, Project},
};
use limbeck_python::{
    FrontEnd,
    environment::{Action, ActionError, Stage, StageSettings},
};

use super::scripts;
use crate::{
    answer::{AdoptedDatabase, AdoptedScript},
    environment::set_up,
    error::CommandError,
};

/// What has been seen so far.
pub(super) struct Look<'p> {
    project: &'p Project,
    front_end: &'p FrontEnd,
    /// How often env.py said `context.run_migrations()`.
    pub(super) stages: usize,
    /// One for each time.
    pub(super) databases: Vec<AdoptedDatabase>,
    /// Assessed the first time, when env.py has set up what they import.
    pub(super) scripts: Option<Vec<AdoptedScript>>,
}

impl<'p> Look<'p> {
    pub(super) fn new(project: &'p Project, front_end: &'p FrontEnd) -> Self {
        Look {
            project,
            front_end,
            stages: 0,
            databases: Vec::new(),
            scripts: None,
        }
    }

    /// The database of a project without env.py.
    pub(super) async fn configured_database(&mut self) {
        let url = self.project.settings().database_url();
        let mut found = database(url.as_ref().ok().map(|url| url.redacted()));
        found.version_table = Some(table(self.project));
        found.transaction = Some(transaction(self.project.settings().transaction));
        let asked = async {
            let mut migrator = Migrator::connect_to_read(self.project, url?).await?;
            ask(self.project, &mut migrator, &mut found).await
        };
        if let Err(error) = asked.await {
            found.error = Some(error.headline());
        }
        self.databases.push(found);
    }

    async fn stage(&mut self, stage: Stage<'_>) -> Result<(), CommandError> {
        self.stages += 1;
        let project = set_up(self.project, &stage)?;
        if self.scripts.is_none() {
            self.scripts = Some(scripts::assess(&project, self.front_end).await);
        }
        let Stage {
            settings,
            session,
            address,
            ..
        } = stage;
        let Some(session) = session else {
            // The database could not be reached before; its settings are what is still to be known.
            if let Some(found) = self.databases.last_mut() {
                set(found, settings, &project);
            }
            return Ok(());
        };
        let mut found = database(Some(address));
        set(&mut found, settings, &project);
        let asked = async {
            let mut migrator =
                Migrator::on_session(&project, session, settings.in_transaction).await?;
            ask(&project, &mut migrator, &mut found).await
        };
        if let Err(error) = asked.await {
            found.error = Some(error.headline());
        }
        self.databases.push(found);
        Ok(())
    }
}

impl Action for Look<'_> {
    fn perform<'a>(&'a mut self, stage: Stage<'a>) -> BoxFuture<'a, Result<String, ActionError>> {
        Box::pin(async move {
            let looked = self.stage(stage).await;
            looked
                .map(|()| String::new())
                .map_err(|error| ActionError::new(error.headline()))
        })
    }

    fn write(&mut self, _text: &str) {}
}

/// A database of which only the address is known.
pub(super) fn database(address: Option<String>) -> AdoptedDatabase {
    AdoptedDatabase {
        database: address,
        error: None,
        version_table: None,
        transaction: None,
        batch: false,
        include_schemas: false,
        callbacks: Vec::new(),
        rows: Vec::new(),
        unknown_rows: Vec::new(),
        pending: None,
    }
}

fn set(found: &mut AdoptedDatabase, settings: &StageSettings, project: &Project) {
    found.version_table = Some(table(project));
    found.transaction = Some(transaction(project.settings().transaction));
    found.batch = settings.batch;
    found.include_schemas = settings.include_schemas;
    found.callbacks.clone_from(&settings.callbacks);
}

fn table(project: &Project) -> String {
    let settings = project.settings();
    match &settings.version_table_schema {
        Some(schema) => format!("{schema}.{}", settings.version_table),
        None => settings.version_table.clone(),
    }
}

fn transaction(mode: TransactionMode) -> String {
    match mode {
        TransactionMode::Run => "run",
        TransactionMode::Revision => "revision",
        TransactionMode::None => "none",
    }
    .to_owned()
}

async fn ask(
    project: &Project,
    migrator: &mut Migrator<'_, '_>,
    found: &mut AdoptedDatabase,
) -> Result<(), MigratorError> {
    found.rows = migrator.rows().await?;
    let unknown = found.rows.iter();
    let unknown = unknown.filter(|row| project.graph().get(row.as_str()).is_none());
    found.unknown_rows = unknown.cloned().collect();
    let whole = project.graph().problems().is_empty() && project.check_complete().is_ok();
    if found.unknown_rows.is_empty() && whole {
        found.pending = Some(migrator.status().await?.pending.len());
    }
    Ok(())
}

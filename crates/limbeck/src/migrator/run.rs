//! A project on one database.

use std::fmt;

use crate::{
    config::DatabaseUrl,
    dialect::{BoxFuture, Query, QueryError},
    migrate::{
        Event, HookError, LentConnection, Observer, PreviewedStep, Report, RunError, RunFailure,
        RunOptions, ScriptIndex, Server, Session, SessionPool, Unlocked, preview, run, unlock,
    },
    revision::{Plan, PlanError, Step, Target},
    script::LoadedScript,
};

use super::{
    MigratorError, PlannedStep, Project, Status,
    connect::{Purpose, connect},
    observers::{After, Before, Observers, OnEvent},
    run_options,
};

/// A project on one database: asks where it is and moves it.
///
/// It holds one connection for as long as it lives. A run takes the lock of this history first and reads the version
/// rows again behind it, so that many copies of a program may ask for the same upgrade at once.
///
/// A run whose future is dropped half way is rolled back as far as it was not committed: on SQLite at once, on a server
/// when the migrator is dropped or used again.
pub struct Migrator<'p, 'c> {
    pub(super) project: &'p Project,
    pub(super) session: Session<'c>,
    options: RunOptions,
    observers: Observers<'p>,
}

impl fmt::Debug for Migrator<'_, '_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Migrator")
            .field("server", self.session.server())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<'p> Migrator<'p, 'static> {
    /// Opens the database at an address, given as text (`sqlite:///app.db`, `postgresql://user@host/name`; the forms
    /// are those of [`DatabaseUrl`]) or as a [`DatabaseUrl`]. A SQLite file that is missing is made.
    ///
    /// # Errors
    /// [`MigratorError::Url`] for an address that cannot be used, [`MigratorError::Connect`] when nobody answers or we
    /// are not let in.
    pub async fn connect<U>(project: &'p Project, url: U) -> Result<Self, MigratorError>
    where
        U: TryInto<DatabaseUrl>,
        MigratorError: From<U::Error>,
    {
        let url = url.try_into()?;
        let session = connect(&url, Purpose::Write).await?;
        Ok(Migrator::on(project, session))
    }

    /// Opens the database at an address to look at it. A SQLite file that is missing counts as an empty database and is
    /// not made.
    ///
    /// # Errors
    /// As [`Migrator::connect`].
    pub async fn connect_to_read<U>(project: &'p Project, url: U) -> Result<Self, MigratorError>
    where
        U: TryInto<DatabaseUrl>,
        MigratorError: From<U::Error>,
    {
        let url = url.try_into()?;
        let session = connect(&url, Purpose::Read).await?;
        Ok(Migrator::on(project, session))
    }

    /// Takes a connection from a pool (`SqlitePool`, `PgPool` or `MySqlPool`, or a reference to one), and gives it
    /// back when the migrator is dropped.
    ///
    /// The lock of a PostgreSQL, MySQL or MariaDB database is held on a second connection, which is opened beside the
    /// pool: a pool of one connection is enough.
    ///
    /// # Errors
    /// [`MigratorError::Connect`] when the pool has none to give.
    pub async fn from_pool(
        project: &'p Project,
        pool: impl Into<SessionPool>,
    ) -> Result<Self, MigratorError> {
        let session = Session::from_pool(pool).await;
        Ok(Migrator::on(project, session.map_err(lent)?))
    }
}

impl<'p, 'c> Migrator<'p, 'c> {
    /// Works on a connection of the caller's: `&mut connection`, or `&mut *transaction`. Inside a transaction of the
    /// caller's nothing is begun or committed: what a run did becomes permanent when the caller commits.
    /// MySQL and MariaDB would commit it at the first DDL statement, so there such a statement is refused.
    ///
    /// # Errors
    /// [`MigratorError::Connect`] when the connection does not answer.
    pub async fn borrow(
        project: &'p Project,
        connection: impl Into<LentConnection<'c>>,
    ) -> Result<Self, MigratorError> {
        let session = Session::borrow(connection).await;
        Ok(Migrator::on(project, session.map_err(lent)?))
    }

    /// Works on a session that its owner goes on using afterwards, such as the one that an environment has opened and set up.
    /// Inside a transaction of the owner's (`in_transaction`) nothing is begun or committed, as with [`Migrator::borrow`].
    ///
    /// # Errors
    /// [`MigratorError::Connect`] when the connection does not answer.
    pub async fn on_session(
        project: &'p Project,
        session: &'c mut Session<'_>,
        in_transaction: bool,
    ) -> Result<Self, MigratorError> {
        let session = session.lend(in_transaction).await;
        Ok(Migrator::on(project, session.map_err(lent)?))
    }

    fn on(project: &'p Project, session: Session<'c>) -> Self {
        Migrator {
            project,
            session,
            options: run_options(project.settings()),
            observers: Observers::default(),
        }
    }

    /// The same, telling `observer` what happens during runs and letting it act before and after each step. Several
    /// observers are called in the order in which they were added, these and those of the next three methods.
    #[must_use]
    pub fn observed_by(mut self, observer: impl Observer + 'p) -> Self {
        self.observers.add(observer);
        self
    }

    /// The same, calling `tell` with everything that happens during runs. It should be quick.
    #[must_use]
    pub fn on_event(self, tell: impl FnMut(Event<'_>) + Send + 'p) -> Self {
        self.observed_by(OnEvent(tell))
    }

    /// The same, calling `hook` before the first statement of each step, in its transaction. An error stops the run and
    /// rolls that transaction back.
    #[must_use]
    pub fn before_each<F>(self, hook: F) -> Self
    where
        F: for<'a> FnMut(&'a Step, &'a mut dyn Query) -> BoxFuture<'a, Result<(), HookError>>
            + Send
            + 'p,
    {
        self.observed_by(Before(hook))
    }

    /// The same, calling `hook` after the version row of each step was written, in its transaction. An error stops the
    /// run and rolls that transaction back.
    #[must_use]
    pub fn after_each<F>(self, hook: F) -> Self
    where
        F: for<'a> FnMut(&'a Step, &'a mut dyn Query) -> BoxFuture<'a, Result<(), HookError>>
            + Send
            + 'p,
    {
        self.observed_by(After(hook))
    }

    /// The same, doing everything and then rolling it back. MySQL and MariaDB commit at every DDL statement, and a
    /// caller's transaction is not ours to roll back: there a dry run is refused.
    #[must_use]
    pub fn dry_run(mut self, dry_run: bool) -> Self {
        self.options.dry_run = dry_run;
        self
    }

    /// Lock, transactions and version table of the runs to come; at first what the project's settings say.
    pub fn options_mut(&mut self) -> &mut RunOptions {
        &mut self.options
    }

    /// The server behind the connection.
    pub fn server(&self) -> &Server {
        self.session.server()
    }

    /// The version rows: the ids of the applied heads, none for an unversioned database. Writes nothing.
    ///
    /// # Errors
    /// [`MigratorError::VersionTable`] when the table cannot be read.
    pub async fn rows(&mut self) -> Result<Vec<String>, MigratorError> {
        let language = self.session.server().language();
        let rows = self
            .options
            .version_table
            .rows(language.as_ref(), &mut self.session);
        Ok(rows.await?)
    }

    /// Where the database is and what is pending. Writes nothing.
    ///
    /// # Errors
    /// When a script cannot be read, as it may be pending; when a row stands for no revision of the project.
    pub async fn status(&mut self) -> Result<Status, MigratorError> {
        self.project.check_complete()?;
        let rows = self.known_rows().await?;
        let graph = self.project.graph();
        let current = graph.current(&rows)?;
        let plan = graph.upgrade(&Target::HEADS, &rows)?;
        Ok(Status {
            current: current.into_iter().map(|node| node.id().clone()).collect(),
            pending: plan.steps.into_iter().map(|step| step.revision).collect(),
            rows,
        })
    }

    /// The steps of an upgrade with the statements of their scripts. Nothing is run.
    ///
    /// # Errors
    /// As [`Migrator::upgrade`], as far as it can be known without running anything.
    pub async fn plan_upgrade(&mut self, target: &str) -> Result<Vec<PlannedStep>, MigratorError> {
        let target = self.target_above(target)?;
        let rows = self.known_rows().await?;
        self.preview(self.project.graph().upgrade(&target, &rows)?)
            .await
    }

    /// The steps of a downgrade with the statements of their scripts. Nothing is run.
    ///
    /// # Errors
    /// As [`Migrator::downgrade`], as far as it can be known without running anything.
    pub async fn plan_downgrade(
        &mut self,
        target: &str,
    ) -> Result<Vec<PlannedStep>, MigratorError> {
        let target = Target::parse(target)?;
        let rows = self.known_rows().await?;
        self.preview(self.project.graph().downgrade(&target, &rows)?)
            .await
    }

    async fn preview(&mut self, plan: Plan) -> Result<Vec<PlannedStep>, MigratorError> {
        if let Some(error) = self.project.not_runnable(&plan) {
            return Err(error);
        }
        let language = self.session.server().language();
        let previewed = preview(&plan, &scripts(self.project), language.as_ref()).await?;
        let table = &self.options.version_table;
        Ok(previewed
            .into_iter()
            .map(
                |PreviewedStep {
                     step,
                     mut statements,
                     question,
                 }| {
                    let question = question.map(|question| (statements.len(), question));
                    statements.extend(
                        step.writes
                            .iter()
                            .map(|write| table.write(language.as_ref(), write)),
                    );
                    PlannedStep {
                        step,
                        statements,
                        question,
                    }
                },
            )
            .collect())
    }

    /// Brings the database up to a target: `heads`, `head`, a revision, `+1`, `label@head`. Does nothing when it is
    /// there already.
    ///
    /// # Errors
    /// When the target stands for no revision, or the run failed: [`MigratorError::Run`] says where, and what is in the
    /// database now.
    pub async fn upgrade(&mut self, target: &str) -> Result<Report, MigratorError> {
        let target = self.target_above(target)?;
        let graph = self.project.graph();
        self.run(|rows| graph.upgrade(&target, rows)).await
    }

    /// Takes the database down to a target: `base`, a revision, `-1`, `label@base`.
    ///
    /// # Errors
    /// As [`Migrator::upgrade`].
    pub async fn downgrade(&mut self, target: &str) -> Result<Report, MigratorError> {
        let target = Target::parse(target)?;
        let graph = self.project.graph();
        self.run(|rows| graph.downgrade(&target, rows)).await
    }

    /// Writes version rows so that the targets count as applied, without running any script. With `purge` all rows are
    /// deleted first, also those of unknown revisions.
    ///
    /// # Errors
    /// When a target stands for no revision, or the database refuses.
    pub async fn stamp(&mut self, targets: &[&str], purge: bool) -> Result<Report, MigratorError> {
        let targets: Vec<Target> = targets
            .iter()
            .map(|target| self.target_above(target))
            .collect::<Result<_, _>>()?;
        let graph = self.project.graph();
        self.run(|rows| graph.stamp(&targets, rows, purge)).await
    }

    async fn known_rows(&mut self) -> Result<Vec<String>, MigratorError> {
        let rows = self.rows().await?;
        self.project.check_rows(&rows)?;
        Ok(rows)
    }

    fn target_above(&self, text: &str) -> Result<Target, MigratorError> {
        let target = Target::parse(text)?;
        self.project.check_target(&target)?;
        Ok(target)
    }

    async fn run(
        &mut self,
        mut planner: impl FnMut(&[String]) -> Result<Plan, PlanError> + Send,
    ) -> Result<Report, MigratorError> {
        let scripts = scripts(self.project);
        let project = self.project;
        let mut unknown_row = None;
        let planner = |rows: &[String]| {
            let plan = planner(rows);
            if plan.is_err() {
                unknown_row = project.check_rows(rows).err();
            }
            plan
        };
        let run = run(
            &mut self.session,
            planner,
            &scripts,
            &self.options,
            &mut self.observers,
        );
        let ran = run.await;
        ran.map_err(|error| unknown_row.unwrap_or_else(|| self.told_apart(error)))
    }

    /// A script that this library cannot run is there, unlike one that is missing.
    fn told_apart(&self, error: RunError) -> MigratorError {
        let named = match &error.cause {
            RunFailure::NoScript { revision } => self.project.not_runnable_revision(revision),
            _ => None,
        };
        named.unwrap_or_else(|| error.into())
    }

    /// Creates the version table when it is missing; tells whether it was.
    ///
    /// # Errors
    /// [`MigratorError::VersionTable`] when the database refuses.
    pub async fn ensure_version(&mut self) -> Result<bool, MigratorError> {
        let language = self.session.server().language();
        let table = &self.options.version_table;
        let missing = table
            .present(language.as_ref(), &mut self.session)
            .await?
            .is_none();
        if missing {
            table
                .ensure(language.as_ref(), &mut self.session, 0)
                .await?;
        }
        Ok(missing)
    }

    /// Takes away a lock that a dead run left behind. Nothing proves that the run is dead: that is for the caller to
    /// know.
    ///
    /// # Errors
    /// [`MigratorError::Lock`] when the database refuses.
    pub async fn unlock(&mut self) -> Result<Unlocked, MigratorError> {
        let table = self.options.version_table.clone();
        Ok(unlock(&mut self.session, &table).await?)
    }
}

/// The scripts that can be run here.
pub(super) fn scripts(project: &Project) -> ScriptIndex<'_> {
    project
        .scripts()
        .iter()
        .filter_map(LoadedScript::as_script)
        .collect()
}

/// A connection of the caller's that does not answer; its address is the caller's to know.
fn lent(source: QueryError) -> MigratorError {
    MigratorError::Connect {
        database: "the database".to_owned(),
        source,
    }
}

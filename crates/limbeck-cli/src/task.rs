//! What commands ask of a database. A project may have several, which its env.py opens one after the other; each is asked the
//! same. Must not know who opened it.

use limbeck::{
    migrate::{Report, Unlocked},
    migrator::{Migrator, MigratorError, PlannedStep, Project, Status},
};

use crate::{
    output::{Output, Progress},
    running,
};

/// Something to be done on each database of a project.
pub(crate) trait Task: Sync {
    /// What is known afterwards.
    type Answer: Send;
    /// Whether it is a run, about which more is told.
    const IS_RUN: bool = false;

    /// Whether the file of a SQLite database that is missing is made.
    fn writes(&self) -> bool {
        false
    }

    /// Whether an answer tells of changes to the database.
    fn has_changed(&self, answer: &Self::Answer) -> bool {
        let _ = answer;
        false
    }

    /// Whether version rows are all that the answer takes: then no script runs, and nothing is changed.
    fn is_settled_by(&self, project: &Project, rows: &[String]) -> bool {
        let _ = (project, rows);
        false
    }

    /// Sets the migrator up.
    fn prepare<'p, 'c>(
        &self,
        migrator: Migrator<'p, 'c>,
        project: &'p Project,
    ) -> Migrator<'p, 'c> {
        let _ = project;
        migrator
    }

    /// Does it.
    fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> impl Future<Output = Result<Self::Answer, MigratorError>> + Send;
}

/// The version rows, each of which has a script.
pub(crate) struct Rows;

impl Task for Rows {
    type Answer = Vec<String>;

    fn is_settled_by(&self, _project: &Project, _rows: &[String]) -> bool {
        true
    }

    async fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> Result<Self::Answer, MigratorError> {
        migrator.rows().await
    }
}

/// Where the database is.
pub(crate) struct FindStatus;

impl Task for FindStatus {
    type Answer = Status;

    async fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> Result<Self::Answer, MigratorError> {
        migrator.status().await
    }
}

/// What a run would do.
pub(crate) struct Plan<'t> {
    /// Where to.
    pub(crate) target: &'t str,
    /// Whether that is below.
    pub(crate) down: bool,
}

impl Task for Plan<'_> {
    type Answer = Vec<PlannedStep>;

    async fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> Result<Self::Answer, MigratorError> {
        match self.down {
            true => migrator.plan_downgrade(self.target).await,
            false => migrator.plan_upgrade(self.target).await,
        }
    }
}

/// The removal of a lock that was left behind.
pub(crate) struct Unlock;

impl Task for Unlock {
    type Answer = Unlocked;

    async fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> Result<Self::Answer, MigratorError> {
        migrator.unlock().await
    }
}

/// The making of the version table: whether it was made, and its name.
pub(crate) struct EnsureVersion;

impl Task for EnsureVersion {
    type Answer = (bool, String);

    fn writes(&self) -> bool {
        true
    }

    async fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> Result<Self::Answer, MigratorError> {
        let created = migrator.ensure_version().await?;
        Ok((created, migrator.options_mut().version_table.display_name()))
    }
}

/// A run that is told as it happens.
pub(crate) struct Run<'t> {
    /// What is to be done.
    pub(crate) motion: Motion<'t>,
    /// Whether it is rolled back.
    pub(crate) dry_run: bool,
    /// Where it is told.
    pub(crate) output: Output,
}

/// Where a run goes.
pub(crate) enum Motion<'t> {
    /// Up to a target.
    Upgrade(&'t str),
    /// Down to a target.
    Downgrade(&'t str),
    /// Version rows without scripts.
    Stamp {
        /// Where to.
        targets: &'t [&'t str],
        /// Whether all rows are deleted first.
        purge: bool,
    },
}

impl Task for Run<'_> {
    type Answer = Report;
    const IS_RUN: bool = true;

    fn is_settled_by(&self, project: &Project, rows: &[String]) -> bool {
        let Motion::Upgrade(target) = &self.motion else {
            return false;
        };
        let Ok(target) = target.parse() else {
            return false;
        };
        let plan = project.graph().upgrade(&target, rows);
        plan.is_ok_and(|plan| plan.steps.is_empty())
    }

    fn has_changed(&self, report: &Report) -> bool {
        !report.dry_run && !report.steps.is_empty()
    }

    fn writes(&self) -> bool {
        !self.dry_run
    }

    fn prepare<'p, 'c>(
        &self,
        migrator: Migrator<'p, 'c>,
        project: &'p Project,
    ) -> Migrator<'p, 'c> {
        let mut migrator = migrator
            .observed_by(Progress::new(self.output, project))
            .dry_run(self.dry_run);
        migrator.options_mut().lock.host = running::host();
        migrator
    }

    async fn perform(
        &self,
        migrator: &mut Migrator<'_, '_>,
    ) -> Result<Self::Answer, MigratorError> {
        match &self.motion {
            Motion::Upgrade(target) => migrator.upgrade(target).await,
            Motion::Downgrade(target) => migrator.downgrade(target).await,
            Motion::Stamp { targets, purge } => migrator.stamp(targets, *purge).await,
        }
    }
}

//! A project's plans as scripts for a database's own client. Nothing is connected.

use crate::{
    dialect::DialectName,
    migrate::{Observer, OfflineOptions, language, write_offline},
    revision::{Plan, Range, Target},
};

use super::{MigratorError, Project, run::scripts, run_options};

/// A plan written as SQL.
#[derive(Clone, Debug)]
pub struct OfflineScript {
    /// What it does.
    pub plan: Plan,
    /// The script.
    pub text: String,
}

impl Project {
    /// The upgrade to a target from an empty database, or along a range `from:to`. `observer` may add to each step.
    ///
    /// # Errors
    /// When an end stands for no revision, or a script cannot be written.
    pub async fn upgrade_script(
        &self,
        range: &str,
        dialect: DialectName,
        observer: &mut dyn Observer,
    ) -> Result<OfflineScript, MigratorError> {
        let range = read_range(range)?;
        let rows = self.graph().offline_rows(range.start.as_ref())?;
        let target = range.end.unwrap_or(Target::HEADS);
        self.check_target(&target)?;
        let plan = self.graph().upgrade(&target, &rows)?;
        self.offline(plan, dialect, observer).await
    }

    /// The downgrade along a range `from:to`.
    ///
    /// # Errors
    /// As [`Project::upgrade_script`].
    pub async fn downgrade_script(
        &self,
        range: &str,
        dialect: DialectName,
        observer: &mut dyn Observer,
    ) -> Result<OfflineScript, MigratorError> {
        let range = Range::parse(range)?;
        let rows = self.graph().offline_rows(range.start.as_ref())?;
        let target = range.end.unwrap_or(Target::BASE);
        let plan = self.graph().downgrade(&target, &rows)?;
        self.offline(plan, dialect, observer).await
    }

    /// The version rows that make the targets count as applied. A target may be a range `from:to`; those that are start
    /// from the same revision.
    ///
    /// # Errors
    /// [`MigratorError::SeveralStarts`] when the ranges start differently, else as [`Project::upgrade_script`].
    pub async fn stamp_script(
        &self,
        targets: &[&str],
        dialect: DialectName,
        observer: &mut dyn Observer,
    ) -> Result<OfflineScript, MigratorError> {
        let ranges = targets
            .iter()
            .map(|target| read_range(target))
            .collect::<Result<Vec<_>, _>>()?;
        let mut starts = ranges.iter().filter_map(|range| range.start.as_ref());
        let start = starts.next();
        if starts.any(|other| Some(other) != start) {
            return Err(MigratorError::SeveralStarts);
        }
        let rows = self.graph().offline_rows(start)?;
        let targets: Vec<Target> = ranges
            .into_iter()
            .map(|range| range.end.unwrap_or(Target::HEADS))
            .collect();
        for target in &targets {
            self.check_target(target)?;
        }
        let plan = self.graph().stamp(&targets, &rows, false)?;
        self.offline(plan, dialect, observer).await
    }

    /// The statement that creates the version table.
    pub fn version_table_script(&self, dialect: DialectName) -> String {
        let language = language(dialect, None);
        let table = run_options(self.settings()).version_table;
        let statement = table.create(language.as_ref(), 0);
        format!("{}{}\n\n", statement.sql, language.terminator())
    }

    async fn offline(
        &self,
        plan: Plan,
        dialect: DialectName,
        observer: &mut dyn Observer,
    ) -> Result<OfflineScript, MigratorError> {
        if let Some(error) = self.not_runnable(&plan) {
            return Err(error);
        }
        let options = run_options(self.settings());
        let options = OfflineOptions {
            transaction: options.transaction,
            version_table: options.version_table,
        };
        let language = language(dialect, None);
        let scripts = scripts(self);
        let text = write_offline(&plan, &scripts, language.as_ref(), &options, observer).await?;
        Ok(OfflineScript { plan, text })
    }
}

/// `from:to`, or a target alone, which starts from an empty database.
fn read_range(text: &str) -> Result<Range, MigratorError> {
    if text.contains(':') {
        return Ok(Range::parse(text)?);
    }
    Ok(Range {
        start: None,
        end: Some(Target::parse(text)?),
    })
}

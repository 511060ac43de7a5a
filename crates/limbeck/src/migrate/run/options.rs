//! What a caller can choose about a run.

use crate::{
    dialect::DialectName,
    migrate::{lock::LockOptions, version_table::VersionTable},
};

/// Which statements succeed or fail together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransactionMode {
    /// All steps of the run. MySQL and MariaDB commit at every DDL statement, so there it means
    /// [`TransactionMode::PerRevision`].
    #[default]
    WholeRun,
    /// The statements of each revision and its version row.
    PerRevision,
    /// Nothing: each statement commits by itself, the version row after the last one.
    None,
}

impl TransactionMode {
    /// What this database makes of the mode.
    pub(super) fn on(self, dialect: DialectName) -> TransactionMode {
        match (self, dialect) {
            (TransactionMode::WholeRun, DialectName::Mysql | DialectName::Mariadb) => {
                TransactionMode::PerRevision
            }
            (mode, _) => mode,
        }
    }
}

/// What to do with a revision id that does not fit into the version table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WideIds {
    /// Widen the column; Alembic goes on working with it.
    #[default]
    Widen,
    /// Stop before anything runs.
    Refuse,
}

/// How a run is done.
#[derive(Clone, Debug, Default)]
pub struct RunOptions {
    /// What succeeds or fails together.
    pub transaction: TransactionMode,
    /// How others are kept out.
    pub lock: LockOptions,
    /// Where the version rows are.
    pub version_table: VersionTable,
    /// What happens to ids that are too long for it.
    pub wide_ids: WideIds,
    /// Do everything, then roll it back.
    pub dry_run: bool,
}

//! What the settings say about a run.

use std::time::Duration;

use crate::{
    config::{self, Settings},
    migrate::{LockOptions, RunOptions, TransactionMode, VersionTable},
};

/// The options of a run that the settings ask for.
pub fn run_options(settings: &Settings) -> RunOptions {
    RunOptions {
        transaction: match settings.transaction {
            config::TransactionMode::Run => TransactionMode::WholeRun,
            config::TransactionMode::Revision => TransactionMode::PerRevision,
            config::TransactionMode::None => TransactionMode::None,
        },
        lock: LockOptions {
            enabled: settings.lock.enabled,
            wait: Duration::from_secs(settings.lock.timeout),
            ..LockOptions::default()
        },
        version_table: VersionTable {
            schema: settings.version_table_schema.clone(),
            primary_key: settings.version_table_primary_key,
            ..VersionTable::named(settings.version_table.as_str())
        },
        ..RunOptions::default()
    }
}

//! `stamp`: writes version rows without running any script.

use crate::{arguments::Stamp, command::Context, error::CommandError, offline, running};

pub(super) fn run(options: &Stamp, context: &Context) -> Result<u8, CommandError> {
    if options.sql && options.purge {
        return Err(CommandError::PurgeOffline);
    }
    let project = context.project()?;
    let targets: Vec<&str> = options.revisions.iter().map(String::as_str).collect();
    if options.sql {
        return offline::stamp(context, &project, options.dialect, &targets);
    }
    running::run(context, &project, false, async |migrator| {
        migrator.stamp(&targets, options.purge).await
    })
}

//! `upgrade`: moves a database up, or writes the SQL that would.

use crate::{arguments::Upgrade, command::Context, error::CommandError, offline, running};

pub(super) fn run(options: &Upgrade, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let target = options.revision.as_str();
    if options.sql {
        return offline::upgrade(context, &project, options.dialect, target);
    }
    if target.contains(':') {
        return Err(CommandError::RangeOnline);
    }
    running::run(context, &project, options.dry_run, async |migrator| {
        migrator.upgrade(target).await
    })
}

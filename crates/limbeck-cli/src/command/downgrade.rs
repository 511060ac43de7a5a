//! `downgrade`: moves a database down, or writes the SQL that would.

use crate::{arguments::Downgrade, command::Context, error::CommandError, offline, running};

pub(super) fn run(options: &Downgrade, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let target = options.revision.as_str();
    if options.sql {
        return offline::downgrade(context, &project, options.dialect, target);
    }
    if target.contains(':') {
        return Err(CommandError::RangeOnline);
    }
    running::run(context, &project, options.dry_run, async |migrator| {
        migrator.downgrade(target).await
    })
}

//! `upgrade`: moves a database up, or writes the SQL that would.

use crate::{
    arguments::Upgrade,
    command::Context,
    environment::Invocation,
    error::CommandError,
    offline::{self, Script},
    running,
    task::Motion,
};

pub(super) fn run(options: &Upgrade, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let target = options.revision.as_str();
    let invocation = Invocation::of("upgrade", context)
        .option("revision", target)
        .tagged(options.tag.as_deref())
        .range(target, options.sql);
    if options.sql {
        let script = Script::Upgrade(target);
        return offline::write(context, &project, &invocation, options.dialect, script);
    }
    if target.contains(':') {
        return Err(CommandError::RangeOnline);
    }
    let motion = Motion::Upgrade(target);
    running::run(context, &project, &invocation, options.dry_run, motion)
}

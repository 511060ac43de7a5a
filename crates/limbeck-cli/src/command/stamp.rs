//! `stamp`: writes version rows without running any script.

use crate::{
    arguments::Stamp,
    command::Context,
    environment::Invocation,
    error::CommandError,
    offline::{self, Script},
    running,
    task::Motion,
};

pub(super) fn run(options: &Stamp, context: &Context) -> Result<u8, CommandError> {
    if options.sql && options.purge {
        return Err(CommandError::PurgeOffline);
    }
    let project = context.project()?;
    let targets: Vec<&str> = options.revisions.iter().map(String::as_str).collect();
    let invocation = Invocation::of("stamp", context)
        .option("revisions", targets.as_slice())
        .option("purge", options.purge)
        .tagged(options.tag.as_deref())
        .stamp(&targets, options.sql);
    if options.sql {
        let script = Script::Stamp(&targets);
        return offline::write(context, &project, &invocation, options.dialect, script);
    }
    let motion = Motion::Stamp {
        targets: &targets,
        purge: options.purge,
    };
    running::run(context, &project, &invocation, false, motion)
}

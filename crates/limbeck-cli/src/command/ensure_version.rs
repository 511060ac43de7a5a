//! `ensure_version`: creates the version table.

use crate::{
    answer::EnsureVersionAnswer,
    arguments,
    command::Context,
    database,
    environment::Invocation,
    error::CommandError,
    exit_code,
    offline::{self, Script},
    task::EnsureVersion,
};

pub(super) fn run(
    options: &arguments::EnsureVersion,
    context: &Context,
) -> Result<u8, CommandError> {
    let project = context.project()?;
    let invocation = Invocation::of("ensure_version", context).written(options.sql);
    if options.sql {
        let script = Script::VersionTable;
        return offline::write(context, &project, &invocation, options.dialect, script);
    }
    database::each(
        context,
        &project,
        &invocation,
        &EnsureVersion,
        |_, address, (created, table)| {
            Ok(EnsureVersionAnswer {
                database: address.to_owned(),
                table,
                created,
            })
        },
    )?;
    Ok(exit_code::OK)
}

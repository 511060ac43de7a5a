//! `current`: the revisions a database is at.

use crate::{
    answer::CurrentAnswer, arguments::Current, command::Context, database, environment::Invocation,
    error::CommandError, exit_code, revisions::describe, task::Rows,
};

pub(super) fn run(options: &Current, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let invocation = Invocation::of("current", context)
        .option("check_heads", options.check_heads)
        .option("verbose", options.verbose);
    database::each(
        context,
        &project,
        &invocation,
        &Rows,
        |project, address, rows| {
            project.check_rows(&rows)?;
            let graph = project.graph();
            let current = graph.current(&rows)?;
            let at_heads = graph.is_at_heads(&rows);
            if options.check_heads {
                project.check_complete()?;
                if !at_heads {
                    return Err(CommandError::NotAtHeads);
                }
            }
            Ok(CurrentAnswer {
                database: address.to_owned(),
                revisions: describe(project, current),
                rows,
                at_heads,
                verbose: options.verbose,
            })
        },
    )?;
    Ok(exit_code::OK)
}

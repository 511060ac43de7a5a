//! `current`: the revisions a database is at.

use crate::{
    answer::CurrentAnswer, arguments::Current, command::Context, database, error::CommandError,
    exit_code, revisions::describe,
};

pub(super) fn run(options: &Current, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let rows = database::rows(&project)?;
    let graph = project.graph();
    let current = graph.current(&rows)?;
    let at_heads = graph.is_at_heads(&rows);
    if options.check_heads {
        project.check_complete()?;
        if !at_heads {
            return Err(CommandError::NotAtHeads);
        }
    }
    context.output.answer(&CurrentAnswer {
        database: database::address(&project)?,
        revisions: describe(&project, current),
        rows,
        at_heads,
        verbose: options.verbose,
    });
    Ok(exit_code::OK)
}

//! `heads`: the revisions that nothing is built on yet.

use crate::{
    answer::HeadsAnswer, arguments::Heads, command::Context, error::CommandError, exit_code,
    revisions::describe,
};

pub(super) fn run(options: &Heads, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    project.check_complete()?;
    let graph = project.graph();
    let nodes: Vec<_> = if options.resolve_dependencies {
        graph.real_heads().collect()
    } else {
        graph.heads().collect()
    };
    context.output.answer(&HeadsAnswer {
        heads: describe(&project, nodes),
        verbose: options.verbose,
    });
    Ok(exit_code::OK)
}

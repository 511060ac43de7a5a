//! `show`: the revisions that a target denotes, in full.

use limbeck::revision::{Anchor, Target};

use crate::{
    answer::ShowAnswer, arguments::Show, command::Context, database, error::CommandError,
    exit_code, revisions::describe,
};

pub(super) fn run(options: &Show, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let target = Target::parse(&options.rev)?;
    let rows = if target.anchor == Anchor::Current {
        database::rows(&project)?
    } else {
        Vec::new()
    };
    let revisions = project.graph().resolve(&target, &rows)?;
    context.output.answer(&ShowAnswer {
        revisions: describe(&project, revisions),
    });
    Ok(exit_code::OK)
}

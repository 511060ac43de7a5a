//! `show`: the revisions that a target denotes, in full.

use limbeck::{
    migrator::Project,
    revision::{Anchor, Target},
};

use crate::{
    answer::ShowAnswer, arguments::Show, command::Context, database, environment::Invocation,
    error::CommandError, exit_code, revisions::describe, task::Rows,
};

pub(super) fn run(options: &Show, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let target = Target::parse(&options.rev)?;
    if target.anchor != Anchor::Current {
        context.output.answer(&answer(&project, &target, &[])?);
        return Ok(exit_code::OK);
    }
    let invocation = Invocation::of("show", context).option("rev", options.rev.as_str());
    database::each(context, &project, &invocation, &Rows, |project, _, rows| {
        project.check_rows(&rows)?;
        answer(project, &target, &rows)
    })?;
    Ok(exit_code::OK)
}

fn answer(project: &Project, target: &Target, rows: &[String]) -> Result<ShowAnswer, CommandError> {
    let revisions = project.graph().resolve(target, rows)?;
    Ok(ShowAnswer {
        revisions: describe(project, revisions),
    })
}

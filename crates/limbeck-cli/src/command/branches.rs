//! `branches`: where the history divides.

use limbeck::revision::Range;

use crate::{
    answer::{BranchPoint, BranchesAnswer},
    arguments::Branches,
    command::Context,
    error::CommandError,
    exit_code,
    revisions::{describe, describe_one},
};

pub(super) fn run(options: &Branches, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    project.check_complete()?;
    let everything = project.graph().history::<&str>(&Range::default(), &[])?;
    let branch_points = everything
        .into_iter()
        .filter(|node| node.is_branch_point())
        .map(|node| BranchPoint {
            revision: describe_one(&project, node),
            children: describe(&project, node.children()),
        })
        .collect();
    context.output.answer(&BranchesAnswer {
        branch_points,
        verbose: options.verbose,
    });
    Ok(exit_code::OK)
}

//! `history`: the revisions of a range, newest first.

use limbeck::revision::{Anchor, Range, Target};

use crate::{
    answer::HistoryAnswer,
    arguments::History,
    command::Context,
    database,
    error::CommandError,
    exit_code,
    revisions::{describe, describe_marked},
};

pub(super) fn run(options: &History, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let range = match &options.rev_range {
        Some(text) => Range::parse(text)?,
        None => Range::default(),
    };
    if range.end.is_none() {
        project.check_complete()?;
    }
    let asks_database =
        options.indicate_current || is_current(&range.start) || is_current(&range.end);
    let rows = if asks_database {
        database::rows(&project)?
    } else {
        Vec::new()
    };
    let nodes = project.graph().history(&range, &rows)?;
    let revisions = if options.indicate_current {
        describe_marked(&project, nodes, &rows)
    } else {
        describe(&project, nodes)
    };
    context.output.answer(&HistoryAnswer {
        revisions,
        verbose: options.verbose,
    });
    Ok(exit_code::OK)
}

fn is_current(side: &Option<Target>) -> bool {
    side.as_ref()
        .is_some_and(|target| target.anchor == Anchor::Current)
}

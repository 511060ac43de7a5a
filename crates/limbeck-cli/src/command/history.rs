//! `history`: the revisions of a range, newest first.

use limbeck::{
    migrator::Project,
    revision::{Anchor, Range, Target},
};

use crate::{
    answer::HistoryAnswer,
    arguments::History,
    command::Context,
    database,
    environment::{self, Invocation},
    error::CommandError,
    exit_code,
    revisions::{describe, describe_marked},
    task::Rows,
};

pub(super) fn run(options: &History, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let range = match &options.rev_range {
        Some(text) => Range::parse(text)?,
        None => Range::default(),
    };
    let asks_database =
        options.indicate_current || is_current(&range.start) || is_current(&range.end);
    if !asks_database && !environment::is_wanted(&project) {
        context
            .output
            .answer(&answer(options, &range, &project, &[])?);
        return Ok(exit_code::OK);
    }
    let invocation = Invocation::of("history", context)
        .option("rev_range", options.rev_range.as_deref())
        .option("indicate_current", options.indicate_current)
        .option("verbose", options.verbose);
    database::each(context, &project, &invocation, &Rows, |project, _, rows| {
        if asks_database {
            project.check_rows(&rows)?;
        }
        answer(options, &range, project, &rows)
    })?;
    Ok(exit_code::OK)
}

fn answer(
    options: &History,
    range: &Range,
    project: &Project,
    rows: &[String],
) -> Result<HistoryAnswer, CommandError> {
    if range.end.is_none() {
        project.check_complete()?;
    }
    let nodes = project.graph().history(range, rows)?;
    let revisions = if options.indicate_current {
        describe_marked(project, nodes, rows)
    } else {
        describe(project, nodes)
    };
    Ok(HistoryAnswer {
        revisions,
        verbose: options.verbose,
    })
}

fn is_current(side: &Option<Target>) -> bool {
    side.as_ref()
        .is_some_and(|target| target.anchor == Anchor::Current)
}

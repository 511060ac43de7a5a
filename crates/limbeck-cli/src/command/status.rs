//! `status`: where a database is and what is pending.

use limbeck::{migrator::Project, revision::RevisionId};

use crate::{
    answer::{RevisionAnswer, State, StatusAnswer},
    arguments::Status,
    command::Context,
    database,
    environment::{self, Invocation},
    error::CommandError,
    exit_code,
    revisions::{describe, describe_one},
    task::FindStatus,
};

pub(super) fn run(options: &Status, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let invocation = Invocation::of("status", context).destination("heads");
    let python = match options.verbose {
        true => environment::tried(context, &project)?,
        false => None,
    };
    let mut code = exit_code::OK;
    database::each(
        context,
        &project,
        &invocation,
        &FindStatus,
        |project, address, status| {
            let state = match status.is_up_to_date() {
                true => State::UpToDate,
                false => State::Pending,
            };
            if state == State::Pending {
                code = exit_code::PENDING;
            }
            Ok(StatusAnswer {
                database: address.to_owned(),
                state,
                current: by_id(project, &status.current),
                heads: describe(project, project.graph().heads()),
                pending: by_id(project, &status.pending),
                python: python.clone(),
            })
        },
    )?;
    Ok(code)
}

fn by_id(project: &Project, ids: &[RevisionId]) -> Vec<RevisionAnswer> {
    ids.iter()
        .filter_map(|id| project.graph().get(id.as_str()))
        .map(|node| describe_one(project, node))
        .collect()
}

//! `status`: where a database is and what is pending.

use limbeck::{migrator::Project, revision::RevisionId};

use crate::{
    answer::{RevisionAnswer, State, StatusAnswer},
    arguments::Status,
    command::Context,
    database,
    error::CommandError,
    exit_code,
    revisions::{describe, describe_one},
};

pub(super) fn run(_options: &Status, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let status = database::ask(&project, async |migrator| migrator.status().await)?;
    let (state, code) = if status.is_up_to_date() {
        (State::UpToDate, exit_code::OK)
    } else {
        (State::Pending, exit_code::PENDING)
    };
    context.output.answer(&StatusAnswer {
        database: database::address(&project)?,
        state,
        current: by_id(&project, &status.current),
        heads: describe(&project, project.graph().heads()),
        pending: by_id(&project, &status.pending),
    });
    Ok(code)
}

fn by_id(project: &Project, ids: &[RevisionId]) -> Vec<RevisionAnswer> {
    ids.iter()
        .filter_map(|id| project.graph().get(id.as_str()))
        .map(|node| describe_one(project, node))
        .collect()
}

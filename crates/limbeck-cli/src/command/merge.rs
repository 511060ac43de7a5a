//! `merge`: writes a script that joins several heads.

use limbeck::migrator::NewRevision;

use crate::{arguments::Merge, command::Context, error::CommandError, writing};

pub(super) fn run(options: &Merge, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    writing::write(
        context,
        &project,
        &NewRevision {
            message: options.message.clone(),
            id: options.rev_id.clone(),
            parents: options.revisions.clone(),
            splice: options.splice,
            branch_labels: options.branch_label.iter().cloned().collect(),
            ..NewRevision::default()
        },
    )
}

//! `merge`: writes a script that joins several heads.

use limbeck::migrator::NewRevision;

use crate::{arguments::Merge, command::Context, environment, error::CommandError, writing};

pub(super) fn run(options: &Merge, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let new = NewRevision {
        message: options.message.clone(),
        id: options.rev_id.clone(),
        parents: options.revisions.clone(),
        splice: options.splice,
        branch_labels: options.branch_label.iter().cloned().collect(),
        ..NewRevision::default()
    };
    match environment::is_wanted(&project) {
        true => environment::generating::for_template(context, &project, new),
        false => writing::write(context, &project, &new),
    }
}

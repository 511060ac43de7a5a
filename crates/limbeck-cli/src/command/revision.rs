//! `revision`: writes a new script.

use limbeck::migrator::NewRevision;

use crate::{arguments::Revision, command::Context, error::CommandError, writing};

pub(super) fn run(options: &Revision, context: &Context) -> Result<u8, CommandError> {
    match (options.sql, options.autogenerate) {
        (true, true) => return Err(CommandError::SqlWithAutogenerate),
        (false, true) => return Err(CommandError::NoAutogenerate),
        _ => {}
    }
    let project = context.project()?;
    // The environment is `env.py`, which this version does not run.
    if options.sql && !project.settings().revision_environment {
        return Err(CommandError::SqlWithoutEnvironment);
    }
    writing::write(
        context,
        &project,
        &NewRevision {
            message: options.message.clone(),
            id: options.rev_id.clone(),
            parents: options.head.iter().cloned().collect(),
            splice: options.splice,
            branch_labels: options.branch_label.iter().cloned().collect(),
            depends_on: options.depends_on.clone(),
            version_path: options.version_path.clone(),
            ..NewRevision::default()
        },
    )
}

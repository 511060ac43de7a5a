//! What `revision` and `merge` have in common: a new script, told as it is written, and the programs that run on it.

use jiff::Zoned;
use limbeck::migrator::{NewRevision, Project, autogenerate::Difference, run_hooks};

use crate::{
    answer::{WrittenAnswer, WrittenScript},
    command::Context,
    comparing::worth_telling,
    error::CommandError,
    exit_code,
};

/// Writes a new script into the project.
pub(crate) fn write(
    context: &Context,
    project: &Project,
    new: &NewRevision,
) -> Result<u8, CommandError> {
    written(context, project, new, None)
}

/// Writes a script with what leads to the model.
pub(crate) fn write_generated(
    context: &Context,
    project: &Project,
    new: &NewRevision,
    difference: &Difference,
) -> Result<u8, CommandError> {
    written(context, project, new, Some(difference))
}

/// Says that no script was written.
pub(crate) fn nothing_to_write(context: &Context) {
    let output = context.output;
    output.status(
        "No changes detected: the database is what the model wants, and no file was written.",
    );
    if output.is_json() {
        output.answer(&WrittenAnswer::default());
    }
}

fn written(
    context: &Context,
    project: &Project,
    new: &NewRevision,
    difference: Option<&Difference>,
) -> Result<u8, CommandError> {
    let script = one(context, project, new)?;
    if context.output.is_json() {
        context.output.answer(&WrittenAnswer {
            written: vec![script],
            detected: lines(difference.map(Difference::detected)),
            undecided: lines(difference.map(Difference::undecided)),
            hazards: lines(difference.map(worth_telling)),
        });
    }
    Ok(exit_code::OK)
}

/// Writes one script, and runs what is to run on it.
pub(crate) fn one(
    context: &Context,
    project: &Project,
    new: &NewRevision,
) -> Result<WrittenScript, CommandError> {
    let output = context.output;
    let revision = project.write_revision(new, &Zoned::now())?;
    let written = &revision.written;
    for directory in &written.directories {
        output.status(&format!(
            "Creating directory {} ...  done",
            directory.display()
        ));
    }
    output.status(&format!("Generating {} ...  done", written.path.display()));
    run_hooks(&revision, |hook, finished| match finished {
        None => output.status(&format!("Running post write hook '{}' ...", hook.name)),
        Some(text) => {
            for text in [&text.stdout, &text.stderr] {
                if !text.is_empty() {
                    output.status(text.trim_end());
                }
            }
            output.status("  done");
        }
    })?;
    Ok(WrittenScript {
        revision: written.header.revision.clone(),
        down_revisions: written.header.down_revision.clone(),
        path: written.path.clone(),
    })
}

fn lines<T: ToString>(found: Option<Vec<T>>) -> Vec<String> {
    let found = found.unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}

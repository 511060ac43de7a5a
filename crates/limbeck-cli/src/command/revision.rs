//! `revision`: writes a new script, empty or with what leads from the database to the model.

use limbeck::{
    migrator::{NewRevision, Project, autogenerate::Difference},
    models::Model,
    script::ScriptFormat,
};

use crate::{
    arguments::Revision,
    command::Context,
    comparing::{self, Compare},
    database,
    environment::{self, Invocation},
    error::CommandError,
    exit_code, questions, writing,
};

pub(super) fn run(options: &Revision, context: &Context) -> Result<u8, CommandError> {
    if options.sql && options.autogenerate {
        return Err(CommandError::SqlWithAutogenerate);
    }
    let project = context.project()?;
    // The environment is `env.py`, which is not run for this.
    if options.sql && !project.settings().revision_environment {
        return Err(CommandError::SqlWithoutEnvironment);
    }
    let new = new_revision(options);
    if !options.autogenerate {
        return match environment::is_wanted(&project) {
            true => {
                environment::generating::without_comparison(context, &project, &new, options.sql)
            }
            false => writing::write(context, &project, &new),
        };
    }
    match comparing::model(&project)? {
        Some(model) => from_model(options, context, &project, model, new),
        None if environment::has_one(&project) => {
            environment::generating::from_environment(options, context, &project, &new)
        }
        None => Err(CommandError::no_model(&project)),
    }
}

fn new_revision(options: &Revision) -> NewRevision {
    NewRevision {
        message: options.message.clone(),
        id: options.rev_id.clone(),
        parents: options.head.iter().cloned().collect(),
        splice: options.splice,
        branch_labels: options.branch_label.iter().cloned().collect(),
        depends_on: options.depends_on.clone(),
        version_path: options.version_path.clone(),
        ..NewRevision::default()
    }
}

/// Compares with the model that the configuration names.
fn from_model(
    options: &Revision,
    context: &Context,
    project: &Project,
    model: Model,
    new: NewRevision,
) -> Result<u8, CommandError> {
    let mut compare = comparing::options(&options.reading, &options.decisions, &options.fill)?;
    compare.look_at_rows = true;
    let task = Compare {
        model,
        options: compare,
        ask: questions::place(&context.output),
    };
    let invocation = Invocation::of("revision", context).option("autogenerate", true);
    let mut found: Vec<Difference> = Vec::new();
    database::visit(
        context,
        project,
        &invocation,
        &task,
        &mut |_, _, difference| {
            found.push(difference);
            Ok(())
        },
    )?;
    // Several databases of one env.py have one script, and one model says what all of them should be.
    let Some(difference) = found.into_iter().find(|one| !one.is_empty()) else {
        return nothing(options, context, project, &new);
    };
    comparing::tell_detected(&context.output, &difference.detected());
    let mut new = new;
    match project.new_format() {
        ScriptFormat::Python => new.python = difference.python_content()?,
        _ => new.sql = difference.sql_content(&options.dialect),
    }
    let code = writing::write_generated(context, project, &new, &difference)?;
    comparing::tell_cautions(&context.output, &difference);
    Ok(code)
}

/// The database is what the model wants.
fn nothing(
    options: &Revision,
    context: &Context,
    project: &Project,
    new: &NewRevision,
) -> Result<u8, CommandError> {
    if options.allow_empty {
        return writing::write(context, project, new);
    }
    writing::nothing_to_write(context);
    Ok(exit_code::NOTHING)
}

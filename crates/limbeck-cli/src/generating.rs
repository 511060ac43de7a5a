//! `revision` and `check` of a project whose env.py knows the models.

use std::{fs, path::PathBuf};

use limbeck::{
    config::Location,
    diff::Detected,
    migrator::{NewRevision, Project, autogenerate::CompareOptions},
    script::write::{PythonContent, new_revision_id},
};
use limbeck_python::autogenerate::{Draft, ProposedScript};
use serde_json::Value;

use crate::{
    answer::{Answer, DiffAnswer, WrittenAnswer, WrittenScript},
    arguments::Revision,
    command::{self, Context},
    comparing::{self, worth_telling},
    environment::{self, Asked, Found, Invocation},
    error::CommandError,
    exit_code, questions, surviving, writing,
};

/// Writes the scripts that lead each database of env.py to its models.
pub(crate) fn from_environment(
    options: &Revision,
    context: &Context,
    project: &Project,
    new: &NewRevision,
) -> Result<u8, CommandError> {
    let mut compare = comparing::options(&options.reading, &options.decisions, &options.fill)?;
    compare.look_at_rows = true;
    let asked = Asked {
        compare: Some(&compare),
        at_heads: true,
        script: Some(proposed(new)?),
        ask: questions::place(&context.output),
    };
    let invocation = invocation(context, new, true, false);
    let found = environment::on_models(context, project, &invocation, asked)?;
    comparing::tell_detected(&context.output, &detected(&found));
    let scripts = &found.drafts.scripts;
    // A script that env.py's functions have thrown away is not written whatever is allowed.
    let is_wanted = options.allow_empty && !scripts.is_empty();
    if scripts.iter().all(Draft::is_empty) && !is_wanted {
        writing::nothing_to_write(context);
        return Ok(exit_code::NOTHING);
    }
    let code = write(context, project, new, &found)?;
    for (_, difference) in &found.databases {
        comparing::tell_cautions(&context.output, difference);
    }
    Ok(code)
}

/// Writes an empty script after env.py has run: its functions may change it, and its template may want what env.py gives.
pub(crate) fn without_comparison(
    context: &Context,
    project: &Project,
    new: &NewRevision,
    sql: bool,
) -> Result<u8, CommandError> {
    let asked = Asked {
        compare: None,
        at_heads: false,
        script: Some(proposed(new)?),
        ask: None,
    };
    let invocation = invocation(context, new, false, sql);
    let found = environment::on_models(context, project, &invocation, asked)?;
    write(context, project, new, &found)
}

/// Writes a script after env.py has run for its template's sake, as a merge is written.
pub(crate) fn for_template(
    context: &Context,
    project: &Project,
    new: NewRevision,
) -> Result<u8, CommandError> {
    let asked = Asked {
        compare: None,
        at_heads: false,
        script: None,
        ask: None,
    };
    let invocation = Invocation::of("merge", context);
    let found = environment::on_models(context, project, &invocation, asked)?;
    let python = PythonContent {
        variables: found.drafts.variables,
        ..PythonContent::default()
    };
    writing::write(context, project, &NewRevision { python, ..new })
}

/// Whether each database of env.py is what its models want.
pub(crate) fn check(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    compare: &CompareOptions,
) -> Result<u8, CommandError> {
    let asked = Asked {
        compare: Some(compare),
        at_heads: true,
        script: Some(proposed(&NewRevision::default())?),
        ask: None,
    };
    let found = environment::on_models(context, project, invocation, asked)?;
    let changes = detected(&found);
    comparing::tell_detected(&context.output, &changes);
    let mut answers = Vec::new();
    for (address, difference) in &found.databases {
        // What env.py's functions have thrown away is nothing to do.
        let detected = surviving::detected(difference, &found.drafts.scripts);
        answers.push(command::check_answer(address, &detected)?);
    }
    tell(context, &answers);
    Ok(exit_code::OK)
}

/// What leads from each database of env.py to its models, whatever revision it is at. env.py's functions that change
/// scripts are not asked: there is none.
pub(crate) fn diff(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    compare: &CompareOptions,
) -> Result<u8, CommandError> {
    let asked = Asked {
        compare: Some(compare),
        at_heads: false,
        script: None,
        ask: None,
    };
    let found = environment::on_models(context, project, invocation, asked)?;
    let databases = found.databases.iter();
    let answers: Vec<DiffAnswer> = databases
        .map(|(address, difference)| {
            command::diff_answer(context, address.clone(), "model".to_owned(), difference)
        })
        .collect();
    tell(context, &answers);
    let codes = answers.iter().map(command::diff_exit_code);
    Ok(codes.max().unwrap_or(exit_code::OK))
}

/// One answer stands for itself; several are a list for a program.
fn tell<A: Answer>(context: &Context, answers: &[A]) {
    let output = context.output;
    match (answers, output.is_json()) {
        ([single], true) => output.json(single),
        (several, true) => output.json(&several),
        (several, false) => several.iter().for_each(|answer| output.answer(answer)),
    }
}

fn detected(found: &Found) -> Vec<Detected> {
    let databases = found.databases.iter();
    databases
        .flat_map(|(_, difference)| difference.detected())
        .collect()
}

/// The command as env.py sees it.
fn invocation(context: &Context, new: &NewRevision, autogenerate: bool, sql: bool) -> Invocation {
    Invocation::of("revision", context)
        .option("autogenerate", autogenerate)
        .option("message", new.message.clone())
        .option("rev_id", new.id.clone())
        .option(
            "head",
            new.parents
                .first()
                .cloned()
                .unwrap_or_else(|| "head".to_owned()),
        )
        .option("splice", new.splice)
        .option("branch_label", new.branch_labels.first().cloned())
        .option(
            "version_path",
            new.version_path
                .as_ref()
                .map(|path| path.display().to_string()),
        )
        .option(
            "depends_on",
            depends_on(new).map_or(Value::Null, Value::from),
        )
        .written(sql)
}

fn depends_on(new: &NewRevision) -> Option<Vec<String>> {
    Some(new.depends_on.clone()).filter(|given| !given.is_empty())
}

/// The script as env.py's functions get it.
fn proposed(new: &NewRevision) -> Result<ProposedScript, CommandError> {
    let rev_id = match &new.id {
        Some(id) => id.clone(),
        None => {
            let id = new_revision_id().map_err(limbeck::migrator::MigratorError::from)?;
            id.as_str().to_owned()
        }
    };
    Ok(ProposedScript {
        rev_id,
        message: new.message.clone(),
        head: Some(
            new.parents
                .first()
                .cloned()
                .unwrap_or_else(|| "head".to_owned()),
        ),
        splice: new.splice,
        branch_label: new.branch_labels.first().cloned(),
        version_path: new
            .version_path
            .as_ref()
            .map(|path| path.display().to_string()),
        depends_on: depends_on(new),
    })
}

/// Writes each script that env.py's functions have left.
fn write(
    context: &Context,
    project: &Project,
    new: &NewRevision,
    found: &Found,
) -> Result<u8, CommandError> {
    let place = found.project.as_ref().unwrap_or(project);
    let template = fs::read_to_string(place.script_location().join("script.py.mako"));
    let template = template.unwrap_or_default();
    let locations: Vec<Location> = place.settings().version_locations.clone();
    let mut written: Vec<WrittenScript> = Vec::new();
    for draft in &found.drafts.scripts {
        let content = draft
            .content(
                &found.settings,
                &found.languages,
                &found.notes,
                &template,
                &found.drafts.variables,
            )
            .map_err(|error| CommandError::Render(Box::new(error)))?;
        // Read anew: a script may stand on the one before it.
        let mut project = context.project()?;
        project
            .settings_mut()
            .version_locations
            .clone_from(&locations);
        written.push(writing::one(
            context,
            &project,
            &revision(new, draft, content),
        )?);
    }
    if context.output.is_json() {
        let differences = found.databases.iter().map(|(_, difference)| difference);
        context.output.answer(&WrittenAnswer {
            written,
            detected: detected(found).iter().map(ToString::to_string).collect(),
            undecided: differences
                .clone()
                .flat_map(|one| one.undecided())
                .map(|one| one.to_string())
                .collect(),
            hazards: differences
                .flat_map(worth_telling)
                .map(|one| one.to_string())
                .collect(),
        });
    }
    Ok(exit_code::OK)
}

fn revision(new: &NewRevision, draft: &Draft, python: PythonContent) -> NewRevision {
    let parents = match draft.head.as_deref() {
        None | Some("head") => new.parents.clone(),
        // As it was proposed.
        Some(head) if new.parents.first().is_some_and(|first| first == head) => new.parents.clone(),
        Some(head) => vec![head.to_owned()],
    };
    NewRevision {
        message: draft.message.clone(),
        id: Some(draft.rev_id.clone()),
        parents,
        splice: draft.splice,
        branch_labels: draft.branch_label.clone(),
        depends_on: draft.depends_on.clone(),
        version_path: draft.version_path.as_ref().map(PathBuf::from),
        python,
        ..NewRevision::default()
    }
}

//! `diff`: what leads from one schema to another.

use std::path::Path;

use limbeck::{
    config::{DatabaseUrl, ModelLocation},
    migrator::{
        MigratorError, Project,
        autogenerate::{Difference, compare_places},
    },
};

use crate::{
    answer::DiffAnswer,
    arguments::Diff,
    command::Context,
    comparing::{self, worth_telling},
    database::block_on,
    environment::{self, Invocation},
    error::CommandError,
    exit_code, project,
};

pub(super) fn run(options: &Diff, context: &Context) -> Result<u8, CommandError> {
    let project = project::open_or_without(&context.global)?;
    let asked = comparing::options(&options.reading, &options.decisions, &options.fill)?;
    let words = (options.from.as_str(), options.to.as_str());
    let has_models = project.settings().model.is_none() && environment::has_one(&project);
    if words == ("database", "model") && has_models {
        // Alembic has no such command; env.py sees the one that asks the same of it.
        let invocation = Invocation::of("check", context);
        return environment::generating::diff(context, &project, &invocation, &asked);
    }
    let from = place(&project, &options.from)?;
    let to = place(&project, &options.to)?;
    // Two files say nothing about the database they are for; the project's does.
    let beside = project.settings().database_url().ok();
    let settings = project.settings();
    let compared = compare_places(&from, &to, beside, settings, &asked);
    let difference = block_on(compared)?;
    comparing::refuse_unused(&difference)?;
    let (from, to) = (name(&options.from, &from), name(&options.to, &to));
    let answer = answer(context, from, to, &difference);
    context.output.answer(&answer);
    Ok(exit_code_of(&answer))
}

/// The answer about two schemas, by what they are called.
pub(crate) fn answer(
    context: &Context,
    from: String,
    to: String,
    difference: &Difference,
) -> DiffAnswer {
    let content = difference.sql_content(&[]);
    DiffAnswer {
        from,
        to,
        detected: told(&difference.detected()),
        undecided: told(&difference.undecided()),
        hazards: told(&worth_telling(difference)),
        sql: content.upgrade.into_iter().map(|part| part.text).collect(),
        in_sql: context.output.is_sql(),
    }
}

/// Whether anything differs, for a script.
pub(crate) fn exit_code_of(answer: &DiffAnswer) -> u8 {
    match answer.detected.is_empty() {
        true => exit_code::OK,
        false => exit_code::PENDING,
    }
}

fn told(lines: &[impl ToString]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

/// What a word of the command line means.
fn place(project: &Project, text: &str) -> Result<ModelLocation, CommandError> {
    let of_url = |url: &DatabaseUrl| ModelLocation::Database(Box::new(Ok(url.clone())));
    match text {
        "model" => match &project.settings().model {
            Some(place) => Ok(place.clone()),
            None => Err(CommandError::no_model(project)),
        },
        "database" => Ok(of_url(
            project
                .settings()
                .database_url()
                .map_err(MigratorError::from)?,
        )),
        _ if text.contains("://") => Ok(of_url(&comparing::address_to_read(text)?)),
        _ => {
            let path = Path::new(text);
            match path.exists() {
                true => Ok(ModelLocation::Path(path.to_owned())),
                false => Err(CommandError::NoSuchSchema {
                    text: text.to_owned(),
                }),
            }
        }
    }
}

/// As it was given, without a password.
fn name(text: &str, place: &ModelLocation) -> String {
    match place {
        ModelLocation::Database(url) if text.contains("://") => url
            .as_ref()
            .as_ref()
            .map_or_else(|_| String::new(), DatabaseUrl::redacted),
        _ => text.to_owned(),
    }
}

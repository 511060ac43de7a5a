//! `check`: whether the database is what the model wants.

use limbeck::diff::Detected;

use crate::{
    answer::CheckAnswer,
    arguments::Check,
    command::Context,
    comparing::{self, Compare},
    database,
    environment::{self, Invocation},
    error::CommandError,
    exit_code,
};

pub(super) fn run(options: &Check, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let invocation = Invocation::of("check", context);
    let compare = comparing::options(&options.reading, &options.decisions, &[])?;
    let model = match comparing::model(&project)? {
        Some(model) => model,
        None if environment::has_one(&project) => {
            return environment::generating::check(context, &project, &invocation, &compare);
        }
        None => return Err(CommandError::no_model(&project)),
    };
    let task = Compare {
        model,
        options: compare,
        ask: None,
    };
    let output = context.output;
    database::each(
        context,
        &project,
        &invocation,
        &task,
        |_, address, difference| {
            let detected = difference.detected();
            comparing::tell_detected(&output, &detected);
            answer(address, &detected)
        },
    )?;
    Ok(exit_code::OK)
}

/// The answer about one database.
///
/// # Errors
/// [`CommandError::NewOperations`] when it is not what the model wants.
pub(crate) fn answer(address: &str, detected: &[Detected]) -> Result<CheckAnswer, CommandError> {
    match detected {
        [] => Ok(CheckAnswer {
            database: address.to_owned(),
            up_to_date: true,
        }),
        found => Err(CommandError::NewOperations {
            found: found.iter().map(in_short).collect(),
        }),
    }
}

/// `added table 'book'`.
fn in_short(detected: &Detected) -> String {
    let text = detected.to_string();
    text.strip_prefix("Detected ").unwrap_or(&text).to_owned()
}

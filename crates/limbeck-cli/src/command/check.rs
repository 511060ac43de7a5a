//! `check`: whether the database is what the model wants.

use limbeck::diff::Detected;

use crate::{
    answer::CheckAnswer,
    arguments::Check,
    command::Context,
    comparing::{self, Compare},
    database,
    environment::Invocation,
    error::CommandError,
    exit_code,
};

pub(super) fn run(options: &Check, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let task = Compare {
        model: comparing::model(&project)?.ok_or_else(|| CommandError::no_model(&project))?,
        options: comparing::options(context, &options.reading, &options.decisions, &[])?,
        ask: None,
    };
    let invocation = Invocation::of("check", context);
    let output = context.output;
    database::each(
        context,
        &project,
        &invocation,
        &task,
        |_, address, difference| {
            comparing::tell_detected(&output, &difference);
            let found: Vec<String> = difference.detected().iter().map(in_short).collect();
            if !found.is_empty() {
                return Err(CommandError::NewOperations { found });
            }
            Ok(CheckAnswer {
                database: address.to_owned(),
                up_to_date: true,
            })
        },
    )?;
    Ok(exit_code::OK)
}

/// `added table 'book'`.
fn in_short(detected: &Detected) -> String {
    let text = detected.to_string();
    text.strip_prefix("Detected ").unwrap_or(&text).to_owned()
}

//! One file per command: from its options to its answer. Must not lay out text or decide exit codes.

#[cfg(feature = "python")]
mod adopt;
mod branches;
mod check;
mod completions;
mod current;
mod diff;
mod downgrade;
mod edit;
mod ensure_version;
mod heads;
mod history;
mod init;
mod inspect;
mod list_templates;
mod merge;
mod plan;
mod revision;
mod show;
mod stamp;
mod status;
mod unlock;
mod upgrade;

use std::{cell::RefCell, process::ExitCode};

use limbeck::{
    config::ConfigWarning,
    migrator::Project,
    script::{Note, ScriptFormat},
};

#[cfg(feature = "python")]
pub(crate) use check::answer as check_answer;
#[cfg(feature = "python")]
pub(crate) use diff::{answer as diff_answer, exit_code_of as diff_exit_code};

use crate::{
    arguments::{Arguments, Command, Global},
    environment,
    error::CommandError,
    exit_code,
    output::{self, Level, Output},
    project, report,
};

/// What every command is given.
pub(crate) struct Context {
    /// Global options.
    pub(crate) global: Global,
    /// Where to write.
    pub(crate) output: Output,
    /// What is odd about the project without being in the way.
    oddities: RefCell<Vec<(&'static str, String)>>,
}

impl Context {
    /// The project that the options lead to.
    pub(crate) fn project(&self) -> Result<Project, CommandError> {
        let mut project = project::open(&self.global)?;
        environment::reach_application(self, &mut project);
        let settings = project.settings().warnings.iter();
        let settings = settings.filter(|warning| is_worth_telling(warning));
        // Beside scripts in Python, a `.sql` file is mostly one that such a script reads.
        let mixed = project
            .scripts()
            .iter()
            .any(|script| script.header().format == ScriptFormat::Python);
        let notes = project.notes().iter();
        let notes = notes.filter(|note| !(mixed && matches!(note, Note::NoScript(_))));
        let notes = notes.map(ToString::to_string);
        let problems = project.problems().iter().map(ToString::to_string);
        let graph = project.graph().problems().iter().map(ToString::to_string);
        let mut oddities = self.oddities.borrow_mut();
        oddities.extend(settings.map(|warning| ("limbeck.config", warning.to_string())));
        oddities.extend(
            notes
                .chain(problems)
                .chain(graph)
                .map(|oddity| ("limbeck.script", oddity)),
        );
        drop(oddities);
        Ok(project)
    }

    /// Tells what is odd about the project, except what the error that follows says.
    fn warn(&self, outcome: &Result<u8, CommandError>) {
        let error = outcome.as_ref().err().map(ToString::to_string);
        let error = error.unwrap_or_default();
        for (logger, oddity) in self.oddities.borrow().iter() {
            if !error.contains(oddity) {
                self.output.log(Level::Warning, logger, oddity);
            }
        }
    }
}

/// Alembic's files hold keys for `env.py`, and are silent about what is deprecated; only what is most likely a mistake is
/// worth a line with every command.
fn is_worth_telling(warning: &ConfigWarning) -> bool {
    matches!(
        warning,
        ConfigWarning::UnknownKey {
            nearest: Some(_),
            ..
        } | ConfigWarning::NotTrue { .. }
    )
}

/// Runs the command that was asked for, and tells what came of it.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let Arguments { global, command } = arguments;
    let has_sql = matches!(command, Command::Inspect(_) | Command::Diff(_));
    let (after, run) = choose(command);
    let global = global.merge(after);
    let context = Context {
        output: Output::new(
            global.format.unwrap_or_default(),
            global.quiet,
            global.color.unwrap_or_default(),
        ),
        global,
        oddities: RefCell::default(),
    };
    let outcome = match context.output.is_sql() && !has_sql {
        true => Err(CommandError::NoSql),
        false => run(&context),
    };
    let outcome = outcome.and_then(|code| match output::lost() {
        None => Ok(code),
        Some(error) => Err(CommandError::Output(error)),
    });
    context.warn(&outcome);
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            report::print(&error, context.global.raiseerr, &context.output);
            exit_code::of(&error)
        }
    }
}

/// Without the front end nothing can be said about scripts in Python.
#[cfg(not(feature = "python"))]
mod adopt {
    use super::{CommandError, Context};

    pub(super) fn run(_: &crate::arguments::Adopt, _: &Context) -> Result<u8, CommandError> {
        Err(CommandError::WithoutPython)
    }
}

type Run = Box<dyn FnOnce(&Context) -> Result<u8, CommandError>>;

/// The global options behind the command's name, and the command itself.
fn choose(command: Command) -> (Global, Run) {
    macro_rules! choose {
        ($($variant:ident => $module:ident,)*) => {
            match command {
                $(Command::$variant(tail) => {
                    let own = tail.own;
                    (tail.global, Box::new(move |context: &Context| $module::run(&own, context)) as Run)
                })*
            }
        };
    }
    choose! {
        Adopt => adopt,
        Branches => branches,
        Check => check,
        Completions => completions,
        Current => current,
        Diff => diff,
        Downgrade => downgrade,
        Edit => edit,
        EnsureVersion => ensure_version,
        Heads => heads,
        History => history,
        Init => init,
        Inspect => inspect,
        ListTemplates => list_templates,
        Merge => merge,
        Plan => plan,
        Revision => revision,
        Show => show,
        Stamp => stamp,
        Status => status,
        Unlock => unlock,
        Upgrade => upgrade,
    }
}

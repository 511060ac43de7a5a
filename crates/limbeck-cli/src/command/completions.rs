//! `completions`: prints the script that hooks a shell's completion up to this program.

use clap_complete::env::Shells;

use crate::{
    arguments::{Completions, Shell},
    command::Context,
    completion,
    error::CommandError,
    exit_code, program,
};

/// Prints the registration script; the shell then asks this program for every completion, so that revision ids are
/// those of the project at hand.
pub(super) fn run(options: &Completions, context: &Context) -> Result<u8, CommandError> {
    let shell = match options.shell {
        Shell::Bash => "bash",
        Shell::Elvish => "elvish",
        Shell::Fish => "fish",
        Shell::Powershell => "powershell",
        Shell::Zsh => "zsh",
    };
    let name = program::name();
    let mut script = Vec::new();
    if let Some(completer) = Shells::builtins().completer(shell) {
        completer
            .write_registration(completion::VARIABLE, &name, &name, &name, &mut script)
            .map_err(CommandError::Output)?;
    }
    context
        .output
        .even_if_quiet()
        .raw(&String::from_utf8_lossy(&script));
    Ok(exit_code::OK)
}

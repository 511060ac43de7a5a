//! Completion scripts. They ask the command itself, so that revision ids of the project at hand are completed, too.

use std::path::PathBuf;

use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};
use limbeck_cli::COMPLETION_VARIABLE;

use super::Files;

/// Adds `completions/*`.
pub(crate) fn add(files: &mut Files) {
    let shells: [(&str, &dyn EnvCompleter); 5] = [
        ("limbeck.bash", &Bash),
        ("limbeck.elv", &Elvish),
        ("limbeck.fish", &Fish),
        ("limbeck.ps1", &Powershell),
        ("_limbeck", &Zsh),
    ];
    for (name, shell) in shells {
        let mut script = Vec::new();
        // Writing to memory cannot fail.
        let written = shell.write_registration(
            COMPLETION_VARIABLE,
            "limbeck",
            "limbeck",
            "limbeck",
            &mut script,
        );
        debug_assert!(written.is_ok());
        files.insert(PathBuf::from("completions").join(name), script);
    }
}

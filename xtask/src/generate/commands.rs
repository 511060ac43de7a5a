//! The help of every command as one Markdown page.

use std::{fmt::Write, path::PathBuf};

use clap::{Command, CommandFactory};
use limbeck_cli::arguments::Arguments;

use super::Files;

/// Adds `docs/reference/commands.md`.
pub(crate) fn add(files: &mut Files) {
    let mut page = String::from(
        "# Commands\n\nWritten by `cargo xtask generate` from the command's own definitions.\n",
    );
    let mut command = built();
    section(&mut page, &mut command);
    for subcommand in command
        .get_subcommands_mut()
        .filter(|command| !command.is_hide_set())
    {
        section(&mut page, subcommand);
    }
    files.insert(
        PathBuf::from("docs/reference/commands.md"),
        page.into_bytes(),
    );
}

/// The command with names and help of its subcommands filled in, wrapped for a page of fixed width.
pub(crate) fn built() -> Command {
    let mut command = Arguments::command().term_width(100);
    command.build();
    command
}

fn section(page: &mut String, command: &mut Command) {
    let name = command
        .get_bin_name()
        .unwrap_or(command.get_name())
        .to_owned();
    let help = command.render_long_help().to_string();
    let _ = write!(page, "\n## {name}\n\n```text\n");
    for line in help.lines() {
        let _ = writeln!(page, "{}", line.trim_end());
    }
    page.push_str("```\n");
}

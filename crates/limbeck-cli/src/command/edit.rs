//! `edit`: opens the scripts that a target denotes.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use limbeck::revision::{Anchor, Target};

use crate::{
    arguments::Edit, command::Context, database, environment::Invocation, error::CommandError,
    exit_code, revisions::describe, task::Rows,
};

/// What is tried when the environment names no editor.
const EDITORS: [&str; 5] = ["sensible-editor", "editor", "nano", "vim", "code"];

pub(super) fn run(options: &Edit, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let target = Target::parse(&options.rev)?;
    let rows = if target.anchor == Anchor::Current {
        let mut rows = Vec::new();
        let invocation = Invocation::of("edit", context).option("rev", options.rev.as_str());
        database::visit(
            context,
            &project,
            &invocation,
            &Rows,
            &mut |project, _, found| {
                project.check_rows(&found)?;
                rows.extend(found);
                Ok(())
            },
        )?;
        if rows.is_empty() {
            return Err(CommandError::NoCurrent);
        }
        rows
    } else {
        Vec::new()
    };
    let revisions = project.graph().resolve(&target, &rows)?;
    let paths: Vec<PathBuf> = describe(&project, revisions)
        .into_iter()
        .filter_map(|revision| revision.path)
        .collect();
    if paths.is_empty() {
        return Err(CommandError::NoFiles {
            symbol: options.rev.clone(),
        });
    }
    let editor = editor().ok_or(CommandError::NoEditor)?;
    for path in paths {
        open(&editor, &path)?;
    }
    Ok(exit_code::OK)
}

/// The editor's program and its arguments.
fn editor() -> Option<Vec<String>> {
    ["EDITOR", "VISUAL"]
        .into_iter()
        .filter_map(|variable| env::var(variable).ok())
        .find(|value| !value.trim().is_empty())
        .map(|value| words(&value))
        .or_else(|| {
            EDITORS
                .into_iter()
                .find(|name| is_on_path(name))
                .map(|name| vec![name.to_owned()])
        })
}

/// `code --wait` is a program with an argument; a program whose path has blanks is one word.
fn words(value: &str) -> Vec<String> {
    if Path::new(value).is_file() {
        return vec![value.to_owned()];
    }
    value.split_whitespace().map(str::to_owned).collect()
}

fn is_on_path(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|directory| directory.join(name).is_file())
}

fn open(editor: &[String], path: &Path) -> Result<(), CommandError> {
    let Some((program, arguments)) = editor.split_first() else {
        return Err(CommandError::NoEditor);
    };
    let failed = |reason: String| CommandError::Editor {
        reason: format!("{program}: {reason}"),
    };
    let status = Command::new(program)
        .args(arguments)
        .arg(path)
        .status()
        .map_err(|error| failed(error.to_string()))?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(status.to_string()))
    }
}

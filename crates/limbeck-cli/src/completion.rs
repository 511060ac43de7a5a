//! Completion of revision ids, labels and targets while the user types.
//!
//! A shell calls this program for every key: nothing here may print, fail or touch a database.

use std::{ffi::OsStr, path::PathBuf};

use clap_complete::CompletionCandidate;

use crate::{arguments::Global, project};

/// The environment variable through which a shell asks for completions.
pub const VARIABLE: &str = "COMPLETE";

/// Everything that can stand for a revision and begins with what was typed.
pub(crate) fn targets(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else {
        return Vec::new();
    };
    let Ok(project) = project::open(&global_options()) else {
        return Vec::new();
    };
    let (branch, start) = match typed.rsplit_once('@') {
        Some((branch, start)) => (format!("{branch}@"), start),
        None => (String::new(), typed),
    };
    let graph = project.graph();
    let symbols = [
        ("head", "the single head"),
        ("heads", "all heads"),
        ("base", "before the first revision"),
    ];
    let mut found: Vec<(String, String)> = symbols
        .map(|(name, help)| (name.to_owned(), help.to_owned()))
        .into();
    for node in graph.iter() {
        let id = node.id().as_str();
        let message = project.message(id).unwrap_or_default();
        for label in &node.revision().branch_labels {
            found.push((label.clone(), format!("branch of {id}")));
        }
        found.push((id.to_owned(), message.to_owned()));
    }
    found
        .into_iter()
        .filter(|(name, _)| name.starts_with(start))
        .map(|(name, help)| {
            let help = (!help.is_empty()).then(|| help.into());
            CompletionCandidate::new(format!("{branch}{name}")).help(help)
        })
        .collect()
}

/// The options that say which project is meant, from the words of the command line that is being typed. It is not
/// complete, so the parser proper would refuse it.
fn global_options() -> Global {
    let mut global = Global::default();
    // A shell calls `limbeck -- WORDS…`.
    let mut words = std::env::args().skip_while(|word| word != "--").skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "-c" | "--config" => global.config.extend(words.next().map(PathBuf::from)),
            "-n" | "--name" => global.name = words.next(),
            "-x" => global.x.extend(words.next()),
            _ => {}
        }
    }
    global
}

//! `cargo xtask generate`: everything that is written from the code, so that it cannot disagree with it.
//!
//! Each generated set says which files it consists of; writing them, and comparing them with what is checked in, is
//! done here once for all.

mod commands;
mod completions;
mod manual;
mod schemas;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Whether to write or to compare.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// Write nothing; fail when what is checked in differs
    #[arg(long)]
    check: bool,
}

/// Directories that hold nothing but generated files: what is found there and not generated is stale.
const DIRECTORIES: [&str; 4] = [
    "docs/reference",
    "docs/reference/man",
    "docs/reference/schemas",
    "completions",
];

/// Why references could not be generated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GenerateError {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
    /// A text could not be rendered.
    #[error("rendering {what}: {source}")]
    Render { what: String, source: io::Error },
    /// A schema could not be written as JSON.
    #[error("schema: {0}")]
    Json(#[from] serde_json::Error),
}

/// Generated files by their path below the root of the repository.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Writes or compares everything that is generated.
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer command answers on standard output and reports on standard error"
)]
pub(crate) fn run(options: &Options) -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match generate(&root, options.check) {
        Ok(changed) if changed.is_empty() => ExitCode::SUCCESS,
        Ok(changed) => {
            for path in &changed {
                println!(
                    "{} {}",
                    if options.check { "differs:" } else { "wrote" },
                    path.display()
                );
            }
            if options.check {
                eprintln!("error: run `cargo xtask generate` and commit what it writes");
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The paths that differed from what is generated now; they have been written unless `check` is set.
fn generate(root: &Path, check: bool) -> Result<Vec<PathBuf>, GenerateError> {
    let mut files = Files::new();
    commands::add(&mut files);
    manual::add(&mut files)?;
    completions::add(&mut files);
    schemas::add(&mut files)?;

    let mut changed = stale(root, &files)?;
    if !check {
        for path in &changed {
            fs::remove_file(root.join(path)).map_err(|source| GenerateError::File {
                path: path.clone(),
                source,
            })?;
        }
    }
    for (path, content) in &files {
        let target = root.join(path);
        if fs::read(&target).is_ok_and(|present| present == *content) {
            continue;
        }
        changed.push(path.clone());
        if !check {
            let file_error = |source| GenerateError::File {
                path: path.clone(),
                source,
            };
            if let Some(directory) = target.parent() {
                fs::create_dir_all(directory).map_err(file_error)?;
            }
            fs::write(&target, content).map_err(file_error)?;
        }
    }
    Ok(changed)
}

/// Files in the generated directories that are not generated any more.
fn stale(root: &Path, files: &Files) -> Result<Vec<PathBuf>, GenerateError> {
    let mut found = Vec::new();
    for directory in DIRECTORIES {
        let entries = match fs::read_dir(root.join(directory)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(source) => {
                return Err(GenerateError::File {
                    path: directory.into(),
                    source,
                });
            }
        };
        for entry in entries {
            let entry = entry.map_err(|source| GenerateError::File {
                path: directory.into(),
                source,
            })?;
            let path = Path::new(directory).join(entry.file_name());
            if entry.path().is_file() && !files.contains_key(&path) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

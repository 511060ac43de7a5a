//! Programs that run on a script that was just written.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

/// A program to run.
#[derive(Clone, Debug)]
pub struct Hook {
    /// What a user calls it.
    pub name: String,
    /// How it is started.
    pub kind: HookKind,
    /// Its arguments, split as a shell splits them; `REVISION_SCRIPT_FILENAME` stands for the file, which comes first
    /// when it is not named.
    pub options: String,
    /// The directory it runs in.
    pub directory: PathBuf,
}

/// How a hook is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookKind {
    /// A program, found as the operating system finds it.
    Exec {
        /// The program.
        executable: String,
    },
    /// A program that a Python package installs under this name.
    ConsoleScript {
        /// Its name.
        entrypoint: String,
    },
    /// A Python module, run with `-m`.
    Module {
        /// The module.
        module: String,
        /// The Python to run it with.
        python: PathBuf,
    },
}

/// What a hook wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookOutput {
    /// On its standard output.
    pub stdout: String,
    /// On its standard error.
    pub stderr: String,
}

/// A hook that failed. The script stays where it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HookError {
    /// Options without a closing quote, or ending with a backslash.
    #[error("post write hook '{name}': options '{options}' {problem}")]
    BadOptions {
        /// The hook.
        name: String,
        /// Its options.
        options: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// The program is not there, or cannot be started.
    #[error("post write hook '{name}': cannot run {program}: {source}; {} was written", path.display())]
    NotStarted {
        /// The hook.
        name: String,
        /// The program.
        program: String,
        /// What the operating system says.
        source: io::Error,
        /// The script.
        path: PathBuf,
    },
    /// The program says that it failed.
    #[error("post write hook '{name}' failed with {status}; {} was written{}", path.display(), shown(output))]
    Failed {
        /// The hook.
        name: String,
        /// How it ended.
        status: ExitStatus,
        /// What it wrote.
        output: HookOutput,
        /// The script.
        path: PathBuf,
    },
}

fn shown(output: &HookOutput) -> String {
    let text = if output.stderr.trim().is_empty() {
        &output.stdout
    } else {
        &output.stderr
    };
    let text = text.trim_end();
    if text.is_empty() {
        String::new()
    } else {
        format!(":\n{text}")
    }
}

/// What stands for the file in a hook's options.
const FILE_NAME: &str = "REVISION_SCRIPT_FILENAME";

/// Runs `hook` on the script at `path` and waits for its end. It gets no input.
///
/// # Errors
/// [`HookError`] when it cannot be started, or ends with anything but success.
pub fn run_hook(hook: &Hook, path: &Path) -> Result<HookOutput, HookError> {
    let (program, first): (PathBuf, Vec<&str>) = match &hook.kind {
        HookKind::Exec { executable } => (executable.into(), Vec::new()),
        HookKind::ConsoleScript { entrypoint } => (entrypoint.into(), Vec::new()),
        HookKind::Module { module, python } => (python.clone(), vec!["-m", module]),
    };
    let result = Command::new(&program)
        .args(first)
        .args(arguments(hook, path)?)
        .current_dir(&hook.directory)
        .stdin(Stdio::null())
        .output()
        .map_err(|source| HookError::NotStarted {
            name: hook.name.clone(),
            program: program.display().to_string(),
            source,
            path: path.to_owned(),
        })?;
    let output = HookOutput {
        stdout: String::from_utf8_lossy(&result.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&result.stderr).into_owned(),
    };
    if result.status.success() {
        return Ok(output);
    }
    Err(HookError::Failed {
        name: hook.name.clone(),
        status: result.status,
        output,
        path: path.to_owned(),
    })
}

fn arguments(hook: &Hook, path: &Path) -> Result<Vec<String>, HookError> {
    let bad = |problem| HookError::BadOptions {
        name: hook.name.clone(),
        options: hook.options.clone(),
        problem,
    };
    let mut words = split_words(&hook.options).map_err(bad)?;
    if !hook.options.contains(FILE_NAME) {
        words.insert(0, FILE_NAME.to_owned());
    }
    let path = path.display().to_string();
    Ok(words
        .into_iter()
        .map(|word| word.replace(FILE_NAME, &path))
        .collect())
}

/// Words as a POSIX shell splits them: blanks, both quotes, backslashes; nothing is expanded.
fn split_words(text: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, blank) if blank.is_ascii_whitespace() => words.extend(word.take()),
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (Some(open), _) if open == character => quote = None,
            (None, '\\') => {
                let escaped = characters.next().ok_or("end with a backslash")?;
                word.get_or_insert_default().push(escaped);
            }
            (Some('"'), '\\') => {
                let escaped = characters.next().ok_or("end with a backslash")?;
                let word = word.get_or_insert_default();
                // Inside double quotes only these two lose their backslash.
                if escaped != '"' && escaped != '\\' {
                    word.push('\\');
                }
                word.push(escaped);
            }
            _ => word.get_or_insert_default().push(character),
        }
    }
    if quote.is_some() {
        return Err("have no closing quotation mark");
    }
    words.extend(word);
    Ok(words)
}

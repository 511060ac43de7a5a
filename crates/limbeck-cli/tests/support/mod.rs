//! A project in a directory of its own, and the real binary run in it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// Which language the fixture's scripts are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code)]
pub(crate) enum Language {
    Python,
    Sql,
}

/// A temporary project.
pub(crate) struct Sandbox {
    directory: TempDir,
}

/// What a run of the binary left.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl std::fmt::Display for Ran {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(formatter, "[stderr]\n{}", self.stderr)?;
        }
        write!(formatter, "[exit {}]", self.code)
    }
}

#[allow(dead_code)]
impl Sandbox {
    /// An empty directory.
    pub(crate) fn empty() -> Self {
        Sandbox {
            directory: tempfile::tempdir().unwrap(),
        }
    }

    /// A project with an `alembic.ini`, a SQLite file that does not exist yet, and those scripts of the branching
    /// fixture whose file names begin with one of `revisions`; all of them when it is empty.
    pub(crate) fn branching(language: Language, revisions: &[&str]) -> Self {
        let sandbox = Sandbox::empty();
        sandbox.write(
            "alembic.ini",
            "[alembic]\nscript_location = %(here)s/alembic\npath_separator = os\n\
             sqlalchemy.url = sqlite:///app.db\n",
        );
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/branching")
            .join(match language {
                Language::Python => "py",
                Language::Sql => "sql",
            });
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if revisions.is_empty() || revisions.iter().any(|revision| name.starts_with(revision)) {
                let text = fs::read_to_string(entry.path()).unwrap();
                sandbox.write(&format!("alembic/versions/{name}"), &text);
            }
        }
        sandbox
    }

    pub(crate) fn path(&self) -> PathBuf {
        // macOS hands out a path through a link, which the binary would resolve.
        self.directory.path().canonicalize().unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    /// The binary, to be run here in a clean environment.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limbeck"));
        command
            .current_dir(self.path())
            .env_clear()
            .env("EDITOR", "true");
        for kept in ["PATH", "TMPDIR", "SystemRoot", "TZ"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        command
    }

    /// Runs a command line, split at blanks.
    pub(crate) fn run(&self, line: &str) -> Ran {
        self.run_arguments(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub(crate) fn run_arguments(&self, arguments: &[&str]) -> Ran {
        self.masked(self.command().args(arguments).output().unwrap())
    }

    /// The output with this directory's path, and durations, masked.
    pub(crate) fn masked(&self, output: Output) -> Ran {
        let root = self.path();
        let mask = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            without_durations(&text.replace(root.to_str().unwrap(), "[ROOT]"))
        };
        Ran {
            stdout: mask(output.stdout),
            stderr: mask(output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// `12 ms` and `1.3 s` with `[TIME]` for the number, `"duration_ms": 12` with 0.
fn without_durations(text: &str) -> String {
    let mut masked = String::new();
    for line in text.split_inclusive('\n') {
        if let Some((before, after)) = line.split_once("\"duration_ms\": ") {
            let rest = after.trim_start_matches(|character: char| character.is_ascii_digit());
            masked.push_str(&format!("{before}\"duration_ms\": 0{rest}"));
            continue;
        }
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for index in 1..words.len() {
            let unit = words[index]
                .trim_end_matches([')', '.', ',', ';', '\n'])
                .to_owned();
            let number = words[index - 1].trim_start_matches('(').to_owned();
            if ["ms", "s", "min"].contains(&unit.as_str()) && number.parse::<f64>().is_ok() {
                words[index - 1] = words[index - 1].replace(&number, "[TIME]");
                words[index] = words[index].replacen(&unit, "ms", 1);
            }
        }
        masked.push_str(&words.join(" "));
    }
    masked
}

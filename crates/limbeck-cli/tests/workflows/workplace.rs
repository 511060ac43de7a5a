//! A copy of one of the projects, and commands typed in it.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

/// A project in a directory of its own, with a program named `alembic` that is Limbeck.
pub(crate) struct Workplace {
    pub(crate) directory: tempfile::TempDir,
    /// The directory below `tests` that has the project.
    pub(crate) group: &'static str,
    pub(crate) name: &'static str,
    /// Where the commands are typed, below the project's directory.
    pub(crate) below: &'static str,
    /// The address of a PostgreSQL database.
    pub(crate) database: String,
}

impl Workplace {
    /// A fresh copy; `database` is the address of a PostgreSQL database for those that want one.
    pub(crate) fn new(
        group: &'static str,
        name: &'static str,
        below: &'static str,
        database: String,
    ) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let from = tests().join(group);
        copy(&from.join(name), &directory.path().join(name));
        // Scripts that several projects share.
        if from.join("revisions").is_dir() {
            copy(&from.join("revisions"), &directory.path().join("revisions"));
        }
        let bin = directory.path().join("bin");
        fs::create_dir(&bin).unwrap();
        symlink(env!("CARGO_BIN_EXE_limbeck"), bin.join("alembic")).unwrap();
        // With Alembic a program of the library lends a connection; the command lends one when it is told the address.
        let lend = bin.join("lend");
        fs::write(
            &lend,
            "#!/bin/sh\nexec alembic --url sqlite:///lab.db \"$@\"\n",
        )
        .unwrap();
        fs::set_permissions(&lend, fs::Permissions::from_mode(0o755)).unwrap();
        let workplace = Workplace {
            directory,
            group,
            name,
            below,
            database,
        };
        let ini = workplace.root().join(name).join("alembic.ini");
        if let Ok(text) = fs::read_to_string(&ini) {
            fs::write(&ini, text.replace("DATABASE_URL", &workplace.driver_url())).unwrap();
        }
        workplace
    }

    pub(crate) fn root(&self) -> PathBuf {
        fs::canonicalize(self.directory.path()).unwrap()
    }

    pub(crate) fn driver_url(&self) -> String {
        self.database
            .replacen("postgresql:", "postgresql+psycopg2:", 1)
    }

    /// Types a line into a shell, where `alembic` is Limbeck.
    pub(crate) fn run(&self, line: &str) -> Said {
        self.run_with(line, &self.root().join("bin"))
    }

    /// Types a line where `alembic` is the one in `bin`.
    pub(crate) fn run_with(&self, line: &str, bin: &Path) -> Said {
        let root = self.root();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let output = Command::new("sh")
            .args(["-c", line])
            .current_dir(root.join(self.name).join(self.below))
            .env("PATH", path)
            .env("DATABASE", &self.database)
            .env("DESTINATION_DB_URL", self.driver_url())
            .output()
            .unwrap();
        let told = |stream: &[u8]| {
            let mut text =
                String::from_utf8_lossy(stream).replace(&root.display().to_string(), "[ROOT]");
            if !self.database.is_empty() {
                text = text.replace(&self.database, "[DATABASE]");
            }
            text.lines().map(|line| masked(line) + "\n").collect()
        };
        Said {
            stdout: told(&output.stdout),
            stderr: told(&output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

/// The directory of these tests.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// Dates are not the same twice.
pub(crate) fn masked(line: &str) -> String {
    if let Some((indent, _)) = line.split_once("Create Date: ")
        && indent.trim().is_empty()
    {
        return format!("{indent}Create Date: [DATE]");
    }
    match line.find("_273a9fae6206_") {
        Some(at) if at >= 10 && line.is_char_boundary(at - 10) => {
            format!("{}[DAY]{}", &line[..at - 10], &line[at..])
        }
        _ => line.to_owned(),
    }
}

/// What a command said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Said {
    /// Whether log lines are to be seen at all: some projects set up none.
    pub(crate) fn has_log(&self) -> bool {
        self.stderr.contains("Context impl ")
    }

    /// The log lines that tell what was done.
    pub(crate) fn told(&self) -> Vec<&str> {
        let lines = self.stderr.lines();
        lines.filter(|line| line.contains("] Running ")).collect()
    }

    /// The last word of a failure: the exception, without the statement and the links that may follow it.
    pub(crate) fn exception(&self) -> Option<&str> {
        let lines = self.stderr.lines();
        lines
            .rev()
            .find(|line| {
                !line.is_empty() && !line.starts_with(['[', '(']) && !line.contains("[SQL:")
            })
            .filter(|_| self.code == 1)
    }

    /// What Alembic's own wording has and ours does not need.
    pub(crate) fn stdout_without_returning(&self) -> String {
        let cut = |line: &str| match line.find(" RETURNING ") {
            Some(at) if line.starts_with("INSERT INTO ") && line.contains("alembic_version") => {
                format!("{};\n", &line[..at])
            }
            // Tabs and spaces at the ends of lines are an accident of SQLAlchemy's.
            _ => format!("{}\n", line.replace('\t', "    ").trim_end()),
        };
        self.stdout.lines().map(cut).collect()
    }
}

//! Five projects of ours that have the shape of five real teams' projects: their `env.py`, their scripts, their commands as their
//! documents have them. Every command gives what real Alembic gave (`workflows/record.py`), and leaves the same in the database.
#![cfg(feature = "python")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

/// A project in a directory of its own, with a program named `alembic` that is Limbeck.
struct Workplace {
    directory: tempfile::TempDir,
    name: &'static str,
    /// Where the commands are typed, below the project's directory.
    below: &'static str,
    /// The address of a PostgreSQL database.
    database: String,
}

impl Workplace {
    fn new(name: &'static str, below: &'static str, database: String) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workflows").join(name);
        copy(&from, &directory.path().join(name));
        let bin = directory.path().join("bin");
        fs::create_dir(&bin).unwrap();
        symlink(env!("CARGO_BIN_EXE_limbeck"), bin.join("alembic")).unwrap();
        // With Alembic a program of the library lends a connection; the command lends one when it is told the address.
        let lend = bin.join("lend");
        fs::write(&lend, "#!/bin/sh\nexec alembic --url sqlite:///lab.db \"$@\"\n").unwrap();
        fs::set_permissions(&lend, fs::Permissions::from_mode(0o755)).unwrap();
        let workplace = Workplace {
            directory,
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

    fn root(&self) -> PathBuf {
        fs::canonicalize(self.directory.path()).unwrap()
    }

    fn driver_url(&self) -> String {
        self.database.replacen("postgresql:", "postgresql+psycopg2:", 1)
    }

    fn run(&self, line: &str) -> Said {
        let root = self.root();
        let path = format!("{}:{}", root.join("bin").display(), std::env::var("PATH").unwrap());
        let output = Command::new("sh")
            .args(["-c", line])
            .current_dir(root.join(self.name).join(self.below))
            .env("PATH", path)
            .env("DATABASE", &self.database)
            .env("DESTINATION_DB_URL", self.driver_url())
            .output()
            .unwrap();
        let told = |stream: &[u8]| {
            let text = String::from_utf8_lossy(stream)
                .replace(&root.display().to_string(), "[ROOT]")
                .replace(&self.database, "[DATABASE]");
            text.lines().map(|line| masked(line) + "\n").collect()
        };
        Said {
            stdout: told(&output.stdout),
            stderr: told(&output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

fn copy(from: &Path, to: &Path) {
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
fn masked(line: &str) -> String {
    if line.starts_with("Create Date: ") {
        return "Create Date: [DATE]".to_owned();
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
struct Said {
    stdout: String,
    stderr: String,
    code: i32,
}

impl Said {
    /// The log lines that tell what was done; a failure's last word.
    fn told(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = self.stderr.lines().filter(|line| line.contains("] Running ")).collect();
        if self.code == 1 {
            lines.extend(self.stderr.lines().rfind(|line| !line.is_empty()));
        }
        lines
    }

    /// What Alembic's own wording has and ours does not need.
    fn stdout_without_returning(&self) -> String {
        let cut = |line: &str| match line.find(" RETURNING ") {
            Some(at) if line.starts_with("INSERT INTO alembic_version") => format!("{};\n", &line[..at]),
            _ => format!("{line}\n"),
        };
        self.stdout.lines().map(cut).collect()
    }
}

fn recorded(name: &str) -> Vec<(String, Said)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workflows").join(name).join("recorded.txt");
    let text = fs::read_to_string(path).unwrap();
    let mut commands = Vec::new();
    for block in format!("\n{text}").split("\n$ ").skip(1) {
        let (line, rest) = block.split_once('\n').unwrap();
        let (body, code) = rest.trim_end().rsplit_once("[exit ").unwrap();
        let (stdout, stderr) = body.split_once("[stderr]\n").unwrap();
        let said = Said {
            stdout: stdout.to_owned(),
            stderr: stderr.to_owned(),
            code: code.trim_end_matches(']').parse().unwrap(),
        };
        commands.push((line.to_owned(), said));
    }
    commands
}

/// Types every command of a session; what differs from the record comes back as text.
fn replay(workplace: &Workplace) -> String {
    let mut differences = String::new();
    for (line, alembic) in recorded(workplace.name) {
        let ours = workplace.run(&line);
        let same_text = match alembic.stdout.strip_prefix("FAILED: ") {
            Some(message) => ours.stdout.starts_with("FAILED: ") && says_the_same(message, &ours.stdout),
            // Python prints what comes out of a set in an order of its own.
            None if line.ends_with(" current") || line.ends_with(" branches") => {
                sorted(&alembic.stdout) == sorted(&ours.stdout)
            }
            None => alembic.stdout_without_returning() == ours.stdout_without_returning(),
        };
        let same_log = sorted(&alembic.told().join("\n")) == sorted(&ours.told().join("\n"));
        if !(same_text && same_log && alembic.code == ours.code) {
            differences.push_str(&format!(
                "$ {line}\nAlembic:\n{}{}\n[exit {}]\nours:\n{}[stderr]\n{}[exit {}]\n",
                alembic.stdout,
                alembic.told().join("\n"),
                alembic.code,
                ours.stdout,
                ours.stderr,
                ours.code,
            ));
        }
    }
    differences
}

/// Whether our sentence has all words of Alembic's in their order.
fn says_the_same(theirs: &str, ours: &str) -> bool {
    let word = |text: &str| text.trim_matches([',', '.', ';', ':']).to_lowercase();
    let mut ours = ours.split_whitespace().map(word);
    theirs.split_whitespace().map(word).all(|wanted| ours.any(|found| found == wanted))
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// A fresh PostgreSQL database, where there is a server.
async fn postgresql() -> Option<String> {
    let database = limbeck_testing::postgres().await?;
    Some(database.url.replacen("postgres://", "postgresql://", 1))
}

#[test]
fn a_service_whose_url_is_in_the_environment() {
    let workplace = Workplace::new("evaluation_service", "backend", String::new());
    insta::assert_snapshot!(replay(&workplace), @"");
}

#[tokio::test]
async fn a_pipeline_whose_url_is_the_argument() {
    let Some(database) = postgresql().await else { return };
    let workplace = Workplace::new("data_pipeline", ".", database);
    insta::assert_snapshot!(replay(&workplace), @"");
}

#[tokio::test]
async fn stations_in_a_schema_that_is_named_at_run_time_with_operations_of_their_own() {
    let Some(database) = postgresql().await else { return };
    let workplace = Workplace::new("climate_stations", ".", database);
    insta::assert_snapshot!(replay(&workplace), @"");
}

#[test]
fn a_library_that_lends_its_connection_to_two_histories() {
    let workplace = Workplace::new("lab_notebook", "notebook/results", String::new());
    insta::assert_snapshot!(replay(&workplace), @"");
}

#[test]
fn a_store_whose_engine_is_an_object_of_the_application() {
    let workplace = Workplace::new("stack_store", ".", String::new());
    insta::assert_snapshot!(replay(&workplace), @"");
}

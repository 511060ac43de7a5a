//! The two programs that run a history, by the same commands: Limbeck and real Alembic.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde::{Deserialize, Serialize};

use super::{
    error::CorpusError,
    process::{Finished, run},
};

/// A program that runs a history.
#[derive(Clone, Debug)]
pub(crate) enum Tool {
    Limbeck {
        program: PathBuf,
        /// The environment with the application, for revisions that need it.
        python: Option<PathBuf>,
    },
    /// The project's own Alembic: a Python that can import it, or its command.
    Alembic(PathBuf),
}

/// One revision that ran, and what of the application it needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ran {
    pub(crate) revision: String,
    /// Absent when it ran natively.
    pub(crate) needs: Option<Vec<String>>,
}

impl Tool {
    /// Runs one command on the project of an `alembic.ini`.
    pub(crate) fn run(
        &self,
        ini: &Path,
        url: &str,
        arguments: &[&str],
    ) -> Result<Finished, CorpusError> {
        let mut command = match self {
            Tool::Limbeck { program, python } => {
                let mut command = Command::new(program);
                command.args(["--format", "json"]);
                match python {
                    Some(python) => command.arg("--python").arg(python),
                    // Whatever Python this machine has must not lend a hand.
                    None => command.env("PATH", "/nonexistent"),
                };
                command
            }
            Tool::Alembic(program) => {
                let mut command = Command::new(program);
                let name = program.file_name().unwrap_or_default().to_string_lossy();
                if name.starts_with("python") {
                    command.args(["-m", "alembic"]);
                }
                command
            }
        };
        // Applications write settings and databases of their own into the home directory.
        let home = ini.parent().unwrap_or(ini);
        command
            .env_remove("VIRTUAL_ENV")
            .env("HOME", home)
            .env("AIRFLOW_HOME", home)
            .env("DAGSTER_HOME", home)
            .arg("-c")
            .arg(ini)
            .args(arguments);
        if url.starts_with("mysql") {
            // What Airflow takes for its identifiers where it is configured for such a database.
            command.env(
                "AIRFLOW__DATABASE__SQL_ENGINE_COLLATION_FOR_IDS",
                "utf8mb3_bin",
            );
        }
        run(&mut command)
    }
}

#[derive(Deserialize)]
struct Answer {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    revision: String,
    direction: String,
    ran_by: Option<RanBy>,
}

#[derive(Deserialize)]
struct RanBy {
    needs: Vec<String>,
}

/// The scripts that ran, from Limbeck's answer; none when the command failed.
pub(crate) fn ran(finished: &Finished) -> Vec<Ran> {
    // What scripts print comes before it.
    let said = &finished.stdout;
    let start = said.find("\n{\n").map_or(0, |at| at + 1);
    let answer: Option<Answer> = serde_json::from_str(said.get(start..).unwrap_or(said)).ok();
    let steps = answer.into_iter().flat_map(|answer| answer.steps);
    steps
        .filter(|step| step.direction != "stamp")
        .map(|step| Ran {
            revision: step.revision,
            needs: step.ran_by.map(|by| by.needs),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_of_a_run_tells_which_revisions_needed_the_application() {
        let finished = Finished {
            success: true,
            stdout: r#"printed {
{
"database": "sqlite:///x.db", "steps": [
                {"revision": "a", "direction": "upgrade", "message": ""},
                {"revision": "b", "direction": "upgrade", "message": "",
                 "ran_by": {"program": "/venv/bin/python", "needs": ["shop.models"]}}]}"#
                .to_owned(),
            stderr: String::new(),
            cost: Default::default(),
        };
        let expected = [("a", None), ("b", Some(vec!["shop.models".to_owned()]))];
        let expected = expected.map(|(revision, needs)| Ran {
            revision: revision.to_owned(),
            needs,
        });
        assert_eq!(ran(&finished), expected);
    }
}

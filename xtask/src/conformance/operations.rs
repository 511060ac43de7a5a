//! Scripts in Python: run by the embedded interpreter, their operations written as the engine writes them.

mod recorder;
mod statement;

use std::{collections::BTreeMap, path::Path};

use limbeck::{
    dialect::DialectName,
    script::{Direction, Header, HeaderLines, ScriptError, ScriptFormat},
};
use limbeck_python::{FrontEnd, FrontEndOptions};
use serde::Deserialize;

use super::{Outcome, difference};
use recorder::Recorder;
use statement::fold;

/// One case.
#[derive(Debug, Deserialize)]
pub(super) struct Case {
    id: String,
    dialect: DialectName,
    offline: bool,
    naming_convention: Option<serde_json::Value>,
    script: Lines,
    #[serde(default)]
    sql: Vec<String>,
    error: Option<String>,
}

/// A text, or its lines.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Lines {
    Text(String),
    Lines(Vec<String>),
}

/// What every case's script stands in. The names are those that the cases use.
const SURROUNDINGS: &str = r#"
import sqlalchemy as sa
from alembic import op
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.dialects.mysql import mariadb

DIALECTS = {
    "sqlite": sqlite.dialect,
    "postgresql": postgresql.dialect,
    "mysql": mysql.dialect,
    "mariadb": mariadb.MariaDBDialect,
}


class Nothing:

    def fetchall(self):
        return []


class Connection:
    """Of an empty database."""

    _bind = 0
    engine = None

    def __init__(self, dialect):
        self.dialect = dialect

    def in_transaction(self):
        return False

    def execute(self, statement, parameters=None):
        return Nothing()


def upgrade():
    dialect = DIALECTS[NAME]()
    options = {"as_sql": OFFLINE, "target_metadata": sa.MetaData(naming_convention=CONVENTION)}
    with Operations.context(MigrationContext(dialect, Connection(dialect), options)):
        exec(SCRIPT, globals())
"#;

/// Runs cases, one after another, on one interpreter.
pub(super) struct Runner {
    runtime: tokio::runtime::Runtime,
    front_end: FrontEnd,
    directory: tempfile::TempDir,
    deviations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Deviations {
    #[serde(default)]
    operations: Vec<Deviation>,
}

#[derive(Deserialize)]
struct Deviation {
    id: String,
    reason: String,
}

/// What is better left different from Alembic, by case.
fn deviations() -> std::io::Result<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deviations.toml");
    let read: Deviations =
        toml::from_str(&std::fs::read_to_string(path)?).map_err(std::io::Error::other)?;
    let pairs = read.operations.into_iter();
    Ok(pairs.map(|one| (one.id, one.reason)).collect())
}

impl Runner {
    /// A runner; its interpreter starts with the first case.
    pub(super) fn new() -> std::io::Result<Self> {
        Ok(Runner {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            front_end: FrontEnd::new(FrontEndOptions::default()),
            directory: tempfile::tempdir()?,
            deviations: deviations()?,
        })
    }

    /// Whether the script's statements are Alembic's, or both refuse it.
    pub(super) fn check(&self, case: &Case) -> Outcome {
        let path = self.directory.path().join(format!("{}.py", case.id));
        std::fs::write(&path, text(case)).map_err(|error| error.to_string())?;
        let header = Header {
            revision: case.id.clone(),
            down_revision: Vec::new(),
            branch_labels: Vec::new(),
            depends_on: Vec::new(),
            message: String::new(),
            long_message: String::new(),
            create_date: None,
            path,
            format: ScriptFormat::Python,
            lines: HeaderLines::default(),
        };
        let script = self.front_end.script(&header);
        let mut recorder = Recorder::new(case.dialect, case.offline);
        let ran = self
            .runtime
            .block_on(script.run(Direction::Upgrade, &mut recorder));
        let outcome = compare(case, ran, recorder);
        match self.deviations.get(&case.id) {
            None => outcome,
            Some(_) if outcome.is_err() => Ok(()),
            Some(reason) => Err(format!("is no deviation any more: {reason}")),
        }
    }
}

/// The script as a revision file.
fn text(case: &Case) -> String {
    let script = match &case.script {
        Lines::Text(text) => text.clone(),
        Lines::Lines(lines) => lines.join("\n"),
    };
    // A JSON string is a Python string, too.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let convention = case.naming_convention.clone().unwrap_or_default();
    format!(
        "import json\n\nNAME = {}\nOFFLINE = {}\nCONVENTION = json.loads({})\nSCRIPT = {}\n{SURROUNDINGS}",
        quoted(case.dialect.as_str()),
        if case.offline { "True" } else { "False" },
        quoted(&convention.to_string()),
        quoted(&script),
    )
}

fn compare(case: &Case, ran: Result<(), ScriptError>, recorder: Recorder) -> Outcome {
    match (ran, &case.error) {
        (Err(_), Some(_)) => Ok(()),
        (Err(error), None) => Err(format!("refused: {error}")),
        (Ok(()), Some(error)) => Err(format!("Alembic refused it with {error}")),
        (Ok(()), None) => {
            let bound = recorder.bound;
            let wanted: Vec<String> = case.sql.iter().map(|sql| fold(sql, bound)).collect();
            let found: Vec<String> = recorder
                .texts
                .iter()
                .map(|sql| fold(sql, bound))
                // SQLAlchemy creates enum types behind Alembic's back: the measurement saw it offline only.
                .filter(|sql| case.offline || !sql.starts_with("CREATE TYPE "))
                .collect();
            if wanted == found {
                Ok(())
            } else {
                Err(difference(
                    &(wanted.join("\n") + "\n"),
                    &(found.join("\n") + "\n"),
                ))
            }
        }
    }
}

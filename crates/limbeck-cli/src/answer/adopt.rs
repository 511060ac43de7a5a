//! Answer of `adopt`: how an Alembic project would be run here.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

/// What was found in a project. Nothing was changed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AdoptAnswer {
    /// What is read.
    pub configuration: AdoptedConfiguration,
    /// The project's env.py; absent for a project without one.
    pub environment: Option<AdoptedEnvironment>,
    /// Every script, in file order.
    pub scripts: Vec<AdoptedScript>,
    /// The project's own Python.
    pub python: AdoptedPython,
    /// The databases that env.py opens, or the configured one.
    pub databases: Vec<AdoptedDatabase>,
    /// How the answers of the installed Alembic compare with ours; empty where no Alembic is installed.
    pub alembic: Vec<Agreement>,
    /// What would not work; empty when all is well.
    pub problems: Vec<String>,
    /// Whether the text form lists every script.
    #[serde(skip)]
    pub verbose: bool,
}

/// The files that say what the project is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AdoptedConfiguration {
    /// The configuration files that are read.
    pub files: Vec<PathBuf>,
    /// The main section of the ini file.
    pub section: Option<String>,
    /// The directory of env.py.
    pub script_location: PathBuf,
    /// The directories of the scripts.
    pub version_locations: Vec<PathBuf>,
}

/// Who runs a piece of Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Runs {
    /// This program.
    Natively,
    /// The project's own Python, because it needs the application.
    ProjectPython,
    /// Nobody: it cannot be loaded, or needs a Python that is not there.
    Nowhere,
}

/// The project's env.py.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AdoptedEnvironment {
    /// The file.
    pub path: PathBuf,
    /// Who runs it.
    pub runs: Runs,
    /// The names of the application that decide something in it.
    pub needs: Vec<MissingName>,
    /// Why it cannot be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A name that only the application has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MissingName {
    /// Its full name.
    pub name: String,
    /// `path:line` of the import that should bring it.
    pub imported_at: String,
    /// Why its module could not be loaded here, when there is a file of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One script.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AdoptedScript {
    /// Its revision; absent when even that cannot be read.
    pub revision: Option<String>,
    /// The file.
    pub path: PathBuf,
    /// Who runs it.
    pub runs: Runs,
    /// The names of the application that its functions reach.
    pub needs: Vec<MissingName>,
    /// Why it cannot be loaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The calls that led to that error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traceback: Option<String>,
}

/// The project's own Python.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AdoptedPython {
    /// The program that would be started; absent when none has Alembic.
    pub program: Option<PathBuf>,
    /// Its versions and who named it, in words.
    pub description: Option<String>,
    /// Those that were looked at before, and why they are not used.
    pub tried: Vec<String>,
}

/// A database, and what env.py sets for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AdoptedDatabase {
    /// Its URL with the password masked; absent when it is not known.
    pub database: Option<String>,
    /// Why it cannot be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The version table; absent when env.py did not get that far.
    pub version_table: Option<String>,
    /// What succeeds or fails together: `run`, `revision` or `none`.
    pub transaction: Option<String>,
    /// Whether new scripts change tables in batches.
    pub batch: bool,
    /// Whether models are compared in every schema.
    pub include_schemas: bool,
    /// Options for which env.py has functions, such as `include_object`.
    pub callbacks: Vec<String>,
    /// The version rows.
    pub rows: Vec<String>,
    /// Version rows that stand for no script.
    pub unknown_rows: Vec<String>,
    /// How many revisions are not applied; absent when that cannot be known.
    pub pending: Option<usize>,
}

/// What both tools were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// `heads`.
    Heads,
    /// `history`.
    History,
    /// `current`.
    Current,
}

/// How the answers of both tools to a question compare.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Agreement {
    /// What was asked.
    pub question: Question,
    /// How many entries both gave.
    pub same: usize,
    /// What only Alembic answers.
    pub only_alembic: Vec<String>,
    /// What only this program answers.
    pub only_limbeck: Vec<String>,
    /// Why Alembic could not be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_asked: Option<String>,
}

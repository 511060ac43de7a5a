//! What the driver is told before it runs env.py.

use std::{path::PathBuf, time::Duration};

use serde::Serialize;
use serde_json::{Map, Value};

/// How env.py is started in the project's Python.
#[derive(Clone, Debug, Serialize)]
pub struct Launch {
    /// The ini file.
    pub config_file: Option<PathBuf>,
    /// `pyproject.toml` with `[tool.alembic]`; an Alembic that is too old for it does not get it.
    pub toml_file: Option<PathBuf>,
    /// The main section of the ini file.
    pub section: String,
    /// The command line, as `sys.argv` has it after the program's name.
    pub arguments: Vec<String>,
    /// The command line as `config.cmd_opts` has it.
    pub command_options: Map<String, Value>,
    /// Main options of the configuration that the command line overrides, such as `sqlalchemy.url`.
    pub overrides: Map<String, Value>,
    /// What Alembic's commands pass to the environment: `destination_rev`, `starting_rev`, `tag` …
    pub options: Map<String, Value>,
    /// Whether SQL is written instead of run.
    pub offline: bool,
    /// Where modules of the project are, when it has no env.py; then revisions run with Alembic's own settings.
    pub without_environment: Option<Vec<PathBuf>>,
    /// The directory that the process works in; ours when there is none.
    #[serde(skip)]
    pub working_directory: Option<PathBuf>,
    /// How long env.py may take to get to `context.run_migrations()` the first time.
    #[serde(skip)]
    pub patience: Duration,
}

impl Default for Launch {
    fn default() -> Self {
        Launch {
            config_file: None,
            toml_file: None,
            section: "alembic".to_owned(),
            arguments: Vec::new(),
            command_options: Map::new(),
            overrides: Map::new(),
            options: Map::new(),
            offline: false,
            without_environment: None,
            working_directory: None,
            patience: Duration::from_secs(300),
        }
    }
}

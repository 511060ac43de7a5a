//! The one settings value into which every configuration file is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ini::Ini;
use super::{
    ConfigError, ConfigWarning, DatabaseUrl, Exclude, Location, ModelLocation, Origin,
    PostWriteHook, XArguments,
};

/// How a run is divided into transactions, where the database can undo schema changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TransactionMode {
    /// One transaction around the whole run.
    #[default]
    Run,
    /// One transaction around each revision.
    Revision,
    /// No transaction.
    None,
}

/// The format of new scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ScriptFormat {
    /// SQL.
    #[default]
    Sql,
}

/// How two runs at the same time are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum LockMode {
    /// A session lock where it holds, otherwise a lease.
    #[default]
    Auto,
    /// A lock of the database session.
    Session,
    /// A row with an owner and an expiry, which also holds behind poolers and in clusters.
    Lease,
}

/// The lock around a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockSettings {
    /// Whether there is one.
    pub enabled: bool,
    /// How many seconds to wait for it. 0 means to try once.
    pub timeout: u64,
    /// Which kind.
    pub mode: LockMode,
}

impl Default for LockSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            timeout: 60,
            mode: LockMode::Auto,
        }
    }
}

/// Which files the settings come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Source {
    /// None: built by a program.
    #[default]
    Program,
    /// `limbeck.toml`.
    Limbeck {
        /// The file.
        file: PathBuf,
        /// The chosen `[environments.NAME]`.
        environment: Option<String>,
    },
    /// Alembic's files; at least one of the two.
    Alembic {
        /// The ini file.
        ini: Option<PathBuf>,
        /// `pyproject.toml`, when it has `[tool.alembic]`.
        pyproject: Option<PathBuf>,
        /// The main section of the ini file.
        section: String,
    },
}

impl Source {
    /// The file in which a missing key would be written; `None` for settings built by a program.
    pub fn main_file(&self) -> Option<&Path> {
        match self {
            Self::Program => None,
            Self::Limbeck { file, .. } => Some(file),
            Self::Alembic { ini, pyproject, .. } => ini.as_deref().or(pyproject.as_deref()),
        }
    }
}

/// Everything a configuration says.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which files were read.
    pub source: Source,
    /// The directory against which relative paths on the command line are resolved.
    pub working_directory: PathBuf,
    /// The directory of the script environment.
    pub script_location: Location,
    /// The directories of the revision scripts as configured; see [`Settings::version_directories`].
    pub version_locations: Vec<Location>,
    /// Whether scripts are also looked for in the directories below.
    pub recursive_version_locations: bool,
    /// The name of a new script file, in Python's `%` notation, without its extension.
    pub file_template: String,
    /// How many characters of a message go into a file name.
    pub truncate_slug_length: usize,
    /// The time zone of creation dates; local time if it is not set.
    pub timezone: Option<String>,
    /// Directories in which Python looks for modules first.
    pub prepend_sys_path: Vec<PathBuf>,
    /// Whether compiled Python scripts without source are read.
    pub sourceless: bool,
    /// The encoding of generated files.
    pub output_encoding: String,
    /// Whether `env.py` is run to generate a script.
    pub revision_environment: bool,
    /// The names in `databases` of Alembic's template for several databases.
    pub databases: Vec<String>,
    /// What is run on each new script file, in order.
    pub post_write_hooks: Vec<PostWriteHook>,
    /// The table with the current revisions.
    pub version_table: String,
    /// The schema of that table.
    pub version_table_schema: Option<String>,
    /// Whether that table has a primary key when it is made here.
    pub version_table_primary_key: bool,
    /// How a run is divided into transactions.
    pub transaction: TransactionMode,
    /// The format of new scripts.
    pub script_format: ScriptFormat,
    /// The lock around a run.
    pub lock: LockSettings,
    /// Where the wanted schema is; in an Alembic project without it, env.py's `target_metadata`.
    pub model: Option<ModelLocation>,
    /// The schemas of the database that the project looks after, beside its default one.
    pub schemas: Vec<String>,
    /// What comparisons leave alone.
    pub exclude: Exclude,
    /// The `-x` arguments.
    pub x_arguments: XArguments,
    /// What is odd about the files.
    pub warnings: Vec<ConfigWarning>,
    pub(super) url: Result<DatabaseUrl, ConfigError>,
    pub(super) scratch_url: Option<Result<DatabaseUrl, ConfigError>>,
    pub(super) origins: BTreeMap<String, Origin>,
    pub(super) ini: Option<Ini>,
}

/// Alembic's default for `file_template`.
pub const DEFAULT_FILE_TEMPLATE: &str = "%(rev)s_%(slug)s";

/// Alembic's default for `truncate_slug_length`.
pub const DEFAULT_SLUG_LENGTH: usize = 40;

/// The table both tools keep the current revisions in.
pub const DEFAULT_VERSION_TABLE: &str = "alembic_version";

impl Settings {
    /// The defaults, with scripts below `script_location`, which should be absolute.
    pub fn new(script_location: impl Into<PathBuf>, working_directory: impl Into<PathBuf>) -> Self {
        Self {
            source: Source::Program,
            working_directory: working_directory.into(),
            script_location: Location::Directory(script_location.into()),
            version_locations: Vec::new(),
            recursive_version_locations: false,
            file_template: DEFAULT_FILE_TEMPLATE.to_owned(),
            truncate_slug_length: DEFAULT_SLUG_LENGTH,
            timezone: None,
            prepend_sys_path: Vec::new(),
            sourceless: false,
            output_encoding: "utf-8".to_owned(),
            revision_environment: false,
            databases: Vec::new(),
            post_write_hooks: Vec::new(),
            version_table: DEFAULT_VERSION_TABLE.to_owned(),
            version_table_schema: None,
            version_table_primary_key: true,
            transaction: TransactionMode::default(),
            script_format: ScriptFormat::default(),
            lock: LockSettings::default(),
            model: None,
            schemas: Vec::new(),
            exclude: Exclude::default(),
            x_arguments: XArguments::default(),
            warnings: Vec::new(),
            url: Err(ConfigError::NoUrl {
                file: None,
                key: "url",
            }),
            scratch_url: None,
            origins: BTreeMap::new(),
            ini: None,
        }
    }

    /// The address of the database. What is wrong with it is only reported here, because many commands
    /// need no database.
    pub fn database_url(&self) -> Result<&DatabaseUrl, ConfigError> {
        self.url.as_ref().map_err(Clone::clone)
    }

    /// Sets the address of the database.
    pub fn set_database_url(&mut self, url: DatabaseUrl) {
        self.url = Ok(url);
    }

    /// The address of a database in which wanted schemas are built to be read back; `None` for a place of its own beside
    /// the project's database. What is wrong with it is only reported here.
    pub fn scratch_url(&self) -> Result<Option<&DatabaseUrl>, ConfigError> {
        let url = self.scratch_url.as_ref().map(Result::as_ref);
        url.transpose().map_err(Clone::clone)
    }

    /// Sets that address.
    pub fn set_scratch_url(&mut self, url: DatabaseUrl) {
        self.scratch_url = Some(Ok(url));
    }

    /// The directories of the revision scripts: `version_locations`, or `versions` below `script_location`.
    pub fn version_directories(&self) -> Vec<Location> {
        if self.version_locations.is_empty() {
            vec![self.script_location.join("versions")]
        } else {
            self.version_locations.clone()
        }
    }

    /// Where Python would look for the package of a [`Location::Package`], as far as the configuration says:
    /// `prepend_sys_path`, then the working directory.
    pub fn import_paths(&self) -> Vec<PathBuf> {
        let mut paths = self.prepend_sys_path.clone();
        paths.push(self.working_directory.clone());
        paths
    }

    /// Where the value of a key was written. The key is named as in its file; `None` for a default.
    pub fn origin(&self, key: &str) -> Option<&Origin> {
        self.origins.get(key)
    }

    /// The ini file, for what the settings don't name.
    pub fn ini(&self) -> Option<&Ini> {
        self.ini.as_ref()
    }

    /// The options of a section of the ini file, with inherited ones; `None` when there is no such section.
    pub fn section(&self, name: &str) -> Result<Option<Vec<(String, String)>>, ConfigError> {
        let Some(ini) = &self.ini else {
            return Ok(None);
        };
        let items = ini.items(name)?;
        let plain = |items: Vec<(String, super::ini::IniValue)>| {
            items
                .into_iter()
                .map(|(name, found)| (name, found.value))
                .collect()
        };
        Ok(items.map(plain))
    }

    /// The options of the ini file's main section that begin with `sqlalchemy.`, without that prefix. Only
    /// an `env.py` reads them, except for `url`.
    pub fn sqlalchemy_options(&self) -> Result<BTreeMap<String, String>, ConfigError> {
        let Source::Alembic { section, .. } = &self.source else {
            return Ok(BTreeMap::new());
        };
        let options = self.section(section)?.unwrap_or_default();
        Ok(options
            .into_iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("sqlalchemy.")?.to_owned(), value)))
            .collect())
    }
}

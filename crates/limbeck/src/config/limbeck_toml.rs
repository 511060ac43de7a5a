//! `limbeck.toml`: our own configuration file, to settings.
//!
//! Paths are relative to the file, so a project works from every directory. There is no interpolation; only
//! the database address may name environment variables, as `${NAME}`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use toml::de::{DeTable, DeValue};

use super::discovery::Discovery;
use super::nearest::nearest;
use super::{
    ConfigError, Exclude, Location, LockMode, LockSettings, ModelLocation, Origin, PostWriteHook,
    ScriptFormat, Settings, Source, TransactionMode, address, location, toml_error,
};

/// The content of `limbeck.toml`. Every key may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LimbeckToml {
    /// The directory that holds the scripts and their templates, relative to this file. Default: `migrations`.
    pub script_location: Option<String>,
    /// The directories of the revision scripts, relative to this file. Default: `versions` below
    /// `script_location`.
    pub versions: Option<Vec<String>>,
    /// Whether scripts are also looked for in the directories below. Default: false.
    pub recursive: Option<bool>,
    /// The name of a new script file without its extension. `%(rev)s`, `%(slug)s`, `%(epoch)s`,
    /// `%(year)d`, `%(month).2d`, `%(day).2d`, `%(hour).2d`, `%(minute).2d` and `%(second).2d` are
    /// replaced. Default: `%(rev)s_%(slug)s`.
    pub file_template: Option<String>,
    /// How many characters of a message go into a file name. Default: 40.
    pub truncate_slug_length: Option<usize>,
    /// The time zone of creation dates, such as `UTC` or `Europe/Berlin`. Default: local time.
    pub timezone: Option<String>,
    /// The address of the database. `${NAME}` takes an environment variable. The path of an SQLite file is
    /// relative to this file.
    pub url: Option<String>,
    /// The table in which the current revisions are kept. Default: `alembic_version`.
    pub version_table: Option<String>,
    /// The schema of the version table. Default: the one that the database uses by default.
    pub version_table_schema: Option<String>,
    /// How a run is divided into transactions: `run` (one around everything), `revision` (one around each
    /// revision) or `none`. Default: `run`.
    pub transaction: Option<TransactionMode>,
    /// The format of new scripts. Default: `sql`.
    pub script_format: Option<ScriptFormat>,
    /// The wanted schema, which `revision --autogenerate`, `check` and `diff` compare the database with: a file of SQL, a
    /// directory of such files, a snapshot written by `inspect --format json`, relative to this file, or the address of
    /// another database.
    pub model: Option<String>,
    /// The schemas of the database that the project looks after, beside its default one. Default: those of the model.
    pub schemas: Vec<String>,
    /// What is somebody else's and stays out of every comparison.
    pub exclude: Exclude,
    /// The address of a database in which the model is built to be read back, where a place of its own beside the
    /// project's database cannot be made.
    pub scratch_url: Option<String>,
    /// The lock that keeps two runs at the same time apart.
    pub lock: LockTable,
    /// Programs that are run on each new script file, in this order.
    pub post_write_hooks: Vec<HookTable>,
    /// Other databases of the same project, chosen with `-n NAME`. What an environment sets takes the place
    /// of the setting above.
    pub environments: BTreeMap<String, EnvironmentTable>,
}

/// The lock that keeps two runs at the same time apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LockTable {
    /// Whether there is a lock. Default: true.
    pub enabled: Option<bool>,
    /// How many seconds to wait for it; 0 tries once. Default: 60.
    pub timeout: Option<u64>,
    /// The kind: `session` (a lock of the database session), `lease` (a row with owner and expiry, which
    /// also holds behind poolers and in clusters) or `auto`. Default: `auto`.
    pub mode: Option<LockMode>,
}

/// A program that is run on each new script file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HookTable {
    /// A name for messages.
    pub name: String,
    /// The program.
    pub executable: String,
    /// Its arguments, split as a shell does. `REVISION_SCRIPT_FILENAME` stands for the file; when it does
    /// not occur, the file comes first.
    pub options: Option<String>,
    /// The directory in which it runs, relative to this file. Default: the working directory.
    pub cwd: Option<String>,
}

/// Another database of the same project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct EnvironmentTable {
    /// The address of the database.
    pub url: Option<String>,
    /// The table in which the current revisions are kept.
    pub version_table: Option<String>,
    /// The schema of the version table.
    pub version_table_schema: Option<String>,
    /// How a run is divided into transactions.
    pub transaction: Option<TransactionMode>,
    /// The address of a database in which the model is built to be read back.
    pub scratch_url: Option<String>,
    /// The lock that keeps two runs at the same time apart.
    pub lock: LockTable,
}

const KEYS: [&str; 18] = [
    "script_location",
    "versions",
    "recursive",
    "file_template",
    "truncate_slug_length",
    "timezone",
    "url",
    "version_table",
    "version_table_schema",
    "transaction",
    "script_format",
    "model",
    "schemas",
    "exclude",
    "scratch_url",
    "lock",
    "post_write_hooks",
    "environments",
];
pub(super) const EXCLUDE_KEYS: [&str; 3] = ["tables", "schemas", "roles"];
pub(super) const LOCK_KEYS: [&str; 3] = ["enabled", "timeout", "mode"];
const HOOK_KEYS: [&str; 4] = ["name", "executable", "options", "cwd"];
const ENVIRONMENT_KEYS: [&str; 6] = [
    "url",
    "version_table",
    "version_table_schema",
    "transaction",
    "scratch_url",
    "lock",
];

pub(super) fn settings(
    text: &str,
    path: &Path,
    discovery: &Discovery<'_>,
) -> Result<Settings, ConfigError> {
    let file: Arc<Path> = Arc::from(path);
    let document = DeTable::parse(text).map_err(|error| toml_error(&error, &file, text))?;
    let mut walk = Walk {
        file: &file,
        text,
        origins: BTreeMap::new(),
    };
    walk.table("limbeck.toml", "", document.get_ref(), &KEYS)?;
    let origins = walk.origins;
    let content: LimbeckToml =
        toml::from_str(text).map_err(|error| toml_error(&error, &file, text))?;

    let directory = path.parent().unwrap_or(Path::new(""));
    let script_location = content.script_location.as_deref().unwrap_or("migrations");
    let mut settings = Settings::new(
        location::join(directory, script_location),
        discovery.working_directory,
    );
    settings.version_locations = content
        .versions
        .iter()
        .flatten()
        .map(|entry| Location::Directory(location::join(directory, entry)))
        .collect();
    settings.recursive_version_locations = content.recursive.unwrap_or(false);
    set(&mut settings.file_template, content.file_template);
    set(
        &mut settings.truncate_slug_length,
        content.truncate_slug_length.filter(|length| *length > 0),
    );
    settings.timezone = content.timezone;
    set(&mut settings.version_table, content.version_table);
    settings.version_table_schema = content.version_table_schema;
    set(&mut settings.transaction, content.transaction);
    set(&mut settings.script_format, content.script_format);
    set_lock(&mut settings.lock, &content.lock);
    settings.post_write_hooks = hooks(content.post_write_hooks, directory, &origins);

    settings.model = content.model.filter(|text| !text.is_empty()).map(|text| {
        let origin = origins.get("model").cloned();
        ModelLocation::read("model", &text, origin, discovery.environment, directory)
    });
    settings.schemas = content.schemas;
    settings.exclude = content.exclude;

    let mut url = content.url.map(|text| ("url".to_owned(), text));
    let mut scratch_url = content
        .scratch_url
        .map(|text| ("scratch_url".to_owned(), text));
    if let Some(name) = discovery.section {
        let chosen = content.environments.get(name).cloned();
        let chosen = chosen.ok_or_else(|| ConfigError::EnvironmentMissing {
            file: path.to_path_buf(),
            name: name.to_owned(),
            nearest: nearest(name, content.environments.keys().map(String::as_str))
                .map(str::to_owned),
        })?;
        if let Some(text) = chosen.url {
            url = Some((format!("environments.{name}.url"), text));
        }
        if let Some(text) = chosen.scratch_url {
            scratch_url = Some((format!("environments.{name}.scratch_url"), text));
        }
        set(&mut settings.version_table, chosen.version_table);
        if chosen.version_table_schema.is_some() {
            settings.version_table_schema = chosen.version_table_schema;
        }
        set(&mut settings.transaction, chosen.transaction);
        set_lock(&mut settings.lock, &chosen.lock);
    }
    settings.url = match url {
        Some((key, text)) if !text.is_empty() => {
            let origin = origins.get(&key).cloned();
            address::read(&key, &text, origin, discovery.environment, directory)
        }
        _ => Err(ConfigError::NoUrl {
            file: Some(path.to_path_buf()),
            key: "url",
        }),
    };
    settings.scratch_url = scratch_url.map(|(key, text)| {
        let origin = origins.get(&key).cloned();
        address::read(&key, &text, origin, discovery.environment, directory)
    });
    settings.origins = origins;
    settings.source = Source::Limbeck {
        file: path.to_path_buf(),
        environment: discovery.section.map(str::to_owned),
    };
    Ok(settings)
}

pub(super) fn set<T>(target: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *target = value;
    }
}

pub(super) fn set_lock(lock: &mut LockSettings, table: &LockTable) {
    set(&mut lock.enabled, table.enabled);
    set(&mut lock.timeout, table.timeout);
    set(&mut lock.mode, table.mode);
}

fn hooks(
    tables: Vec<HookTable>,
    directory: &Path,
    origins: &BTreeMap<String, Origin>,
) -> Vec<PostWriteHook> {
    let in_directory = |path: String| -> PathBuf { location::join(directory, &path) };
    tables
        .into_iter()
        .enumerate()
        .map(|(index, table)| {
            let cwd = table.cwd.map(in_directory);
            let cwd = cwd.map(|path| path.to_string_lossy().into_owned());
            let settings = [
                ("type", Some("exec".to_owned())),
                ("executable", Some(table.executable)),
                ("options", table.options),
                ("cwd", cwd),
            ];
            PostWriteHook {
                name: table.name,
                settings: settings
                    .into_iter()
                    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
                    .collect(),
                origin: origins.get(&format!("post_write_hooks.{index}")).cloned(),
            }
        })
        .collect()
}

/// Looks at every key before serde does, for the places of the values and for the nearest known name.
pub(super) struct Walk<'a> {
    pub(super) file: &'a Arc<Path>,
    pub(super) text: &'a str,
    pub(super) origins: BTreeMap<String, Origin>,
}

impl Walk<'_> {
    /// `title` names the table in messages, `prefix` is what its keys begin with.
    pub(super) fn table(
        &mut self,
        title: &str,
        prefix: &str,
        table: &DeTable<'_>,
        known: &[&'static str],
    ) -> Result<(), ConfigError> {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let span = key.span();
                return Err(ConfigError::UnknownKey {
                    origin: Origin::of_bytes(self.file, self.text, span.start, span.end),
                    key: name.to_owned(),
                    table: title.to_owned(),
                    nearest: nearest(name, known.iter().copied()).map(str::to_owned),
                });
            }
            let path = format!("{prefix}{name}");
            self.note(&path, value.span());
            match (name, value.get_ref()) {
                ("lock", DeValue::Table(inner)) => {
                    self.table(&format!("[{path}]"), &format!("{path}."), inner, &LOCK_KEYS)?;
                }
                ("exclude", DeValue::Table(inner)) => {
                    let (title, prefix) = (format!("[{path}]"), format!("{path}."));
                    self.table(&title, &prefix, inner, &EXCLUDE_KEYS)?;
                }
                ("environments", DeValue::Table(environments)) => {
                    for (key, value) in environments {
                        let path = format!("environments.{}", key.get_ref());
                        if let DeValue::Table(inner) = value.get_ref() {
                            let (title, prefix) = (format!("[{path}]"), format!("{path}."));
                            self.table(&title, &prefix, inner, &ENVIRONMENT_KEYS)?;
                        }
                    }
                }
                ("post_write_hooks", DeValue::Array(hooks)) => {
                    for (index, hook) in hooks.iter().enumerate() {
                        let path = format!("{path}.{index}");
                        self.note(&path, hook.span());
                        if let DeValue::Table(inner) = hook.get_ref() {
                            let title = "[[post_write_hooks]]";
                            self.table(title, &format!("{path}."), inner, &HOOK_KEYS)?;
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn note(&mut self, path: &str, span: std::ops::Range<usize>) {
        let origin = Origin::of_bytes(self.file, self.text, span.start, span.end);
        self.origins.insert(path.to_owned(), origin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys serde knows for the table in which `text` sets `zz`.
    fn keys_of_serde(text: &str) -> Vec<String> {
        let error = toml::from_str::<LimbeckToml>(text).unwrap_err();
        let (_, expected) = error.message().split_once("expected one of ").unwrap();
        let names = expected
            .split(", ")
            .map(|name| name.trim_matches('`').to_owned());
        names.collect()
    }

    #[test]
    fn the_lists_of_keys_are_those_of_the_tables() {
        assert_eq!(keys_of_serde("zz = 1"), KEYS);
        assert_eq!(keys_of_serde("[lock]\nzz = 1"), LOCK_KEYS);
        assert_eq!(keys_of_serde("[exclude]\nzz = 1"), EXCLUDE_KEYS);
        assert_eq!(keys_of_serde("[[post_write_hooks]]\nzz = 1"), HOOK_KEYS);
        assert_eq!(keys_of_serde("[environments.a]\nzz = 1"), ENVIRONMENT_KEYS);
    }
}

//! What Limbeck adds to Alembic's files: the section `[limbeck]` of the ini file and `[tool.limbeck]`.
//!
//! Alembic keeps the version table and the transactions in `env.py`, which is a program. Here they can be
//! said without one. The ini file comes before `pyproject.toml`, as for Alembic's own keys. `[alembic:exclude]` is no
//! key of Alembic's either, but many an `env.py` reads its list of tables from there.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;
use toml::de::DeTable;

use crate::config::discovery::Discovery;
use crate::config::ini::IniValue;
use crate::config::limbeck_toml::{EXCLUDE_KEYS, LOCK_KEYS, Walk, set, set_lock};
use crate::config::list::Separator;
use crate::config::nearest::nearest;
use crate::config::{
    ConfigError, Exclude, LockTable, ModelLocation, NamePattern, ScriptFormat, Settings,
    TransactionMode, address, toml_error,
};

/// The ini file's section.
const SECTION: &str = "limbeck";
/// The section with tables that many an `env.py` leaves out.
const EXCLUDE_SECTION: &str = "alembic:exclude";

const KEYS: [&str; 9] = [
    "version_table",
    "version_table_schema",
    "transaction",
    "script_format",
    "model",
    "schemas",
    "exclude",
    "scratch_url",
    "lock",
];

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Table {
    version_table: Option<String>,
    version_table_schema: Option<String>,
    transaction: Option<TransactionMode>,
    script_format: Option<ScriptFormat>,
    model: Option<String>,
    schemas: Vec<String>,
    exclude: Exclude,
    scratch_url: Option<String>,
    lock: LockTable,
}

impl Table {
    fn apply(self, settings: &mut Settings, discovery: &Discovery<'_>) {
        let base = discovery.working_directory;
        if let Some(text) = self.model.filter(|text| !text.is_empty()) {
            let origin = settings.origins.get("model").cloned();
            let model = ModelLocation::read("model", &text, origin, discovery.environment, base);
            settings.model = Some(model);
        }
        if let Some(text) = self.scratch_url {
            let origin = settings.origins.get("scratch_url").cloned();
            let url = address::read("scratch_url", &text, origin, discovery.environment, base);
            settings.scratch_url = Some(url);
        }
        if !self.schemas.is_empty() {
            settings.schemas = self.schemas;
        }
        // Both files may have a list; what either leaves alone is left alone.
        settings.exclude.tables.extend(self.exclude.tables);
        settings.exclude.schemas.extend(self.exclude.schemas);
        settings.exclude.roles.extend(self.exclude.roles);
        set(&mut settings.version_table, self.version_table);
        if self.version_table_schema.is_some() {
            settings.version_table_schema = self.version_table_schema;
        }
        set(&mut settings.transaction, self.transaction);
        set(&mut settings.script_format, self.script_format);
        set_lock(&mut settings.lock, &self.lock);
    }
}

/// Reads `[tool.limbeck]` if there is one.
pub(in crate::config) fn from_pyproject(
    text: &str,
    path: &Path,
    settings: &mut Settings,
    discovery: &Discovery<'_>,
) -> Result<(), ConfigError> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct PyProject {
        tool: Tools,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Tools {
        limbeck: Table,
    }

    let file: Arc<Path> = Arc::from(path);
    let document = DeTable::parse(text).map_err(|error| toml_error(&error, &file, text))?;
    let tools = document.get_ref().get("tool");
    let ours = tools.and_then(|tools| tools.get_ref().as_table()?.get(SECTION));
    let Some(ours) = ours else {
        return Ok(());
    };
    let mut walk = Walk {
        file: &file,
        text,
        origins: BTreeMap::new(),
    };
    if let Some(table) = ours.get_ref().as_table() {
        walk.table("[tool.limbeck]", "", table, &KEYS)?;
    }
    settings.origins.append(&mut walk.origins);
    let content: PyProject =
        toml::from_str(text).map_err(|error| toml_error(&error, &file, text))?;
    content.tool.limbeck.apply(settings, discovery);
    Ok(())
}

/// Reads `[limbeck]` and `[alembic:exclude]` if the ini file has them. The keys of the lock are written `lock.enabled`,
/// `lock.timeout` and `lock.mode`, those of what is excluded `exclude.tables` and its like.
pub(in crate::config) fn from_ini(
    settings: &mut Settings,
    discovery: &Discovery<'_>,
) -> Result<(), ConfigError> {
    let Some(ini) = &settings.ini else {
        return Ok(());
    };
    let mut table = Table::default();
    let mut origins = BTreeMap::new();
    for (key, origin) in ini.own_options(SECTION) {
        let Some(found) = ini.get(SECTION, key)? else {
            continue;
        };
        match key {
            "version_table" => table.version_table = Some(found.value.clone()),
            "version_table_schema" => table.version_table_schema = Some(found.value.clone()),
            "transaction" => table.transaction = Some(word(key, &found)?),
            "script_format" => table.script_format = Some(word(key, &found)?),
            "model" => table.model = Some(found.value.clone()),
            "schemas" => table.schemas = names(&found).collect(),
            "exclude.tables" => table.exclude.tables = patterns(&found),
            "exclude.schemas" => table.exclude.schemas = patterns(&found),
            "exclude.roles" => table.exclude.roles = patterns(&found),
            "scratch_url" => table.scratch_url = Some(found.value.clone()),
            "lock.enabled" => table.lock.enabled = Some(parse(key, &found, "true or false")?),
            "lock.timeout" => {
                table.lock.timeout = Some(parse(key, &found, "a whole number of seconds")?);
            }
            "lock.mode" => table.lock.mode = Some(word(key, &found)?),
            _ => {
                let lock_keys = LOCK_KEYS.iter().map(|key| format!("lock.{key}"));
                let exclude_keys = EXCLUDE_KEYS.iter().map(|key| format!("exclude.{key}"));
                let dotted: Vec<String> = lock_keys.chain(exclude_keys).collect();
                let scalars = KEYS
                    .into_iter()
                    .filter(|known| !["lock", "exclude"].contains(known));
                let known = scalars.chain(dotted.iter().map(String::as_str));
                return Err(ConfigError::UnknownKey {
                    origin,
                    key: key.to_owned(),
                    table: format!("[{SECTION}]"),
                    nearest: nearest(key, known).map(str::to_owned),
                });
            }
        }
        origins.extend(found.origin.map(|origin| (key.to_owned(), origin)));
    }
    if let Some(found) = ini.get(EXCLUDE_SECTION, "tables")? {
        table.exclude.tables.extend(patterns(&found));
    }
    if let Some(found) = ini.get(EXCLUDE_SECTION, "schemas")? {
        table.exclude.schemas.extend(patterns(&found));
    }
    settings.origins.append(&mut origins);
    table.apply(settings, discovery);
    Ok(())
}

/// A list of names, one after the other or one on each line.
fn names(found: &IniValue) -> impl Iterator<Item = String> {
    let value = found.value.replace(['\n', '\t'], " ");
    Separator::CommasAndSpaces.split(&value).into_iter()
}

fn patterns(found: &IniValue) -> Vec<NamePattern> {
    names(found).map(NamePattern::from).collect()
}

fn parse<T: std::str::FromStr>(
    key: &str,
    found: &IniValue,
    expected: &str,
) -> Result<T, ConfigError> {
    let parsed = found.value.trim().parse();
    parsed.map_err(|_| bad(key, found, expected.to_owned()))
}

/// One of the words that serde knows for a type.
fn word<'de, T: Deserialize<'de>>(key: &str, found: &'de IniValue) -> Result<T, ConfigError> {
    T::deserialize(found.value.as_str().into_deserializer()).map_err(|error: ValueError| {
        let error = error.to_string();
        let expected = error
            .rsplit_once("expected ")
            .map_or("", |(_, words)| words);
        bad(key, found, expected.to_owned())
    })
}

fn bad(key: &str, found: &IniValue, expected: String) -> ConfigError {
    ConfigError::BadValue {
        origin: found.origin.clone(),
        key: key.to_owned(),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_keys_is_that_of_the_table() {
        let error = toml::from_str::<Table>("zz = 1").err().unwrap();
        for key in KEYS {
            assert!(error.message().contains(&format!("`{key}`")), "{key}");
        }
        assert_eq!(error.message().matches('`').count(), 2 * (KEYS.len() + 1));
    }
}

//! What Limbeck adds to Alembic's files: the section `[limbeck]` of the ini file and `[tool.limbeck]`.
//!
//! Alembic keeps the version table and the transactions in `env.py`, which is a program. Here they can be
//! said without one. The ini file comes before `pyproject.toml`, as for Alembic's own keys.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;
use toml::de::DeTable;

use crate::config::ini::IniValue;
use crate::config::limbeck_toml::{LOCK_KEYS, Walk, set, set_lock};
use crate::config::nearest::nearest;
use crate::config::{ConfigError, LockTable, ScriptFormat, Settings, TransactionMode, toml_error};

/// The ini file's section.
const SECTION: &str = "limbeck";

const KEYS: [&str; 5] = [
    "version_table",
    "version_table_schema",
    "transaction",
    "script_format",
    "lock",
];

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Table {
    version_table: Option<String>,
    version_table_schema: Option<String>,
    transaction: Option<TransactionMode>,
    script_format: Option<ScriptFormat>,
    lock: LockTable,
}

impl Table {
    fn apply(self, settings: &mut Settings) {
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
    content.tool.limbeck.apply(settings);
    Ok(())
}

/// Reads `[limbeck]` if the ini file has one. The keys of the lock are written `lock.enabled`, `lock.timeout`
/// and `lock.mode`.
pub(in crate::config) fn from_ini(settings: &mut Settings) -> Result<(), ConfigError> {
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
            "lock.enabled" => table.lock.enabled = Some(parse(key, &found, "true or false")?),
            "lock.timeout" => {
                table.lock.timeout = Some(parse(key, &found, "a whole number of seconds")?);
            }
            "lock.mode" => table.lock.mode = Some(word(key, &found)?),
            _ => {
                let lock_keys = LOCK_KEYS.map(|key| format!("lock.{key}"));
                let scalars = KEYS.into_iter().filter(|known| *known != "lock");
                let known = scalars.chain(lock_keys.iter().map(String::as_str));
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
    settings.origins.append(&mut origins);
    table.apply(settings);
    Ok(())
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

//! Alembic's `alembic.ini` and `[tool.alembic]` to settings: the ini file's main section first, then the table.

mod lookup;
pub(super) mod ours;
pub(super) mod pyproject;

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::discovery::Discovery;
use super::ini::Ini;
use super::list::{SEPARATORS, Separator};
use super::nearest::nearest;
use super::{
    ConfigError, ConfigWarning, Location, Origin, PostWriteHook, Settings, Source, address,
    location,
};
use lookup::Reader;
use pyproject::{Entry, Table, Value};

/// The main section when `-n` is not given.
const MAIN_SECTION: &str = "alembic";

/// Alembic's keys. Those in the second group mean something in the ini file only.
const KEYS: [&str; 10] = [
    "script_location",
    "file_template",
    "truncate_slug_length",
    "timezone",
    "prepend_sys_path",
    "version_locations",
    "recursive_version_locations",
    "sourceless",
    "output_encoding",
    "revision_environment",
];
const INI_KEYS: [&str; 4] = [
    "path_separator",
    "version_path_separator",
    "databases",
    "sqlalchemy.url",
];
const PYPROJECT_KEYS: [&str; 1] = ["post_write_hooks"];

pub(super) fn settings(
    ini: Option<Ini>,
    table: Option<Table>,
    discovery: &Discovery<'_>,
) -> Result<Settings, ConfigError> {
    let section = discovery.section.unwrap_or(MAIN_SECTION).to_owned();
    if let Some(ini) = &ini
        && !ini.has_section(&section)
        && (discovery.section.is_some() || table.is_none())
    {
        return Err(ConfigError::SectionMissing {
            file: ini.file().to_path_buf(),
            nearest: nearest(&section, ini.sections()).map(str::to_owned),
            section,
        });
    }
    let mut reader = Reader {
        ini: ini.as_ref(),
        table: table.as_ref(),
        section: &section,
        warnings: Vec::new(),
        origins: BTreeMap::new(),
    };
    reader.check_keys()?;

    let base = discovery.working_directory;
    let script_location = reader
        .text("script_location")?
        .ok_or_else(|| reader.script_location_missing())?;
    let mut settings = Settings::new("", base);
    settings.script_location = Location::parse(&script_location, base);
    settings.version_locations = reader
        .directories("version_locations")?
        .iter()
        .map(|entry| Location::parse(entry, base))
        .collect();
    settings.prepend_sys_path = reader
        .directories("prepend_sys_path")?
        .iter()
        .map(|entry| location::join(base, entry))
        .collect();
    settings.recursive_version_locations = reader.switch("recursive_version_locations")?;
    settings.sourceless = reader.switch("sourceless")?;
    settings.revision_environment = reader.revision_environment()?;
    if let Some(template) = reader.text("file_template")? {
        settings.file_template = template;
    }
    if let Some(encoding) = reader.text("output_encoding")? {
        settings.output_encoding = encoding;
    }
    settings.timezone = reader.text("timezone")?.filter(|name| !name.is_empty());
    settings.truncate_slug_length = reader.slug_length()?;
    if let Some(names) = reader.ini_text("databases")? {
        settings.databases = Separator::CommasAndSpaces.split(&names.replace(['\n', '\t'], " "));
    }
    settings.post_write_hooks = reader.hooks()?;
    settings.url = reader.url(discovery);
    settings.warnings = reader.warnings;
    settings.origins = reader.origins;
    settings.source = Source::Alembic {
        ini: ini.as_ref().map(|ini| ini.file().to_path_buf()),
        pyproject: table.map(|table| table.file.to_path_buf()),
        section,
    };
    settings.ini = ini;
    Ok(settings)
}

impl Reader<'_> {
    /// Unknown keys: a warning in the ini file, whose main section may hold anything that `env.py` reads;
    /// in the table an error if it looks like a slip of the pen.
    fn check_keys(&mut self) -> Result<(), ConfigError> {
        if let Some(ini) = self.ini {
            let known = || KEYS.into_iter().chain(INI_KEYS);
            for (key, origin) in ini.own_options(self.section) {
                if known().any(|name| name == key) || key.starts_with("sqlalchemy.") {
                    continue;
                }
                self.warnings.push(ConfigWarning::UnknownKey {
                    origin,
                    key: key.to_owned(),
                    table: format!("[{}]", self.section),
                    nearest: nearest(key, known()).map(str::to_owned),
                });
            }
        }
        if let Some(table) = self.table {
            let known = || {
                KEYS.into_iter()
                    .chain(PYPROJECT_KEYS)
                    .chain(["sqlalchemy.url"])
            };
            for (key, entry) in &table.entries {
                if known().any(|name| name == key) || key.starts_with("sqlalchemy") {
                    continue;
                }
                let (origin, key) = (entry.key_origin.clone(), key.clone());
                let table = "[tool.alembic]".to_owned();
                match nearest(&key, known()).map(str::to_owned) {
                    nearest @ Some(_) => {
                        return Err(ConfigError::UnknownKey {
                            origin,
                            key,
                            table,
                            nearest,
                        });
                    }
                    nearest @ None => self.warnings.push(ConfigWarning::UnknownKey {
                        origin,
                        key,
                        table,
                        nearest,
                    }),
                }
            }
        }
        Ok(())
    }

    fn script_location_missing(&self) -> ConfigError {
        match (self.ini, self.table) {
            (Some(ini), _) if self.table.is_none() || ini.has_section(self.section) => {
                ConfigError::KeyMissing {
                    file: ini.file().to_path_buf(),
                    table: format!("[{}]", self.section),
                    key: "script_location",
                    example: "script_location = %(here)s/migrations",
                }
            }
            (_, table) => ConfigError::KeyMissing {
                file: table.map_or_else(PathBuf::new, |table| table.file.to_path_buf()),
                table: "[tool.alembic]".to_owned(),
                key: "script_location",
                example: "script_location = \"%(here)s/migrations\"",
            },
        }
    }

    /// A list of directories: one text in the ini file, an array in the table.
    fn directories(&mut self, key: &'static str) -> Result<Vec<String>, ConfigError> {
        if let Some(value) = self.ini_text(key)?.filter(|value| !value.is_empty()) {
            return Ok(self.separator(key)?.split(&value));
        }
        match self.entry(key) {
            None => Ok(Vec::new()),
            Some(Entry {
                value: Value::List(entries),
                ..
            }) => Ok(entries.clone()),
            Some(entry) => Err(entry.expected(key, "an array of strings")),
        }
    }

    fn separator(&mut self, key: &'static str) -> Result<Separator, ConfigError> {
        const OLD: &str = "version_path_separator";
        if let Some(value) = self.ini_text("path_separator")? {
            return Separator::parse(&value).ok_or_else(|| self.bad("path_separator", SEPARATORS));
        }
        let for_versions = key == "version_locations";
        if for_versions && let Some(value) = self.ini_text(OLD)? {
            if let Some(origin) = self.origins.get(OLD).cloned() {
                self.warnings.push(ConfigWarning::OldSeparator { origin });
            }
            return Separator::parse(&value).ok_or_else(|| self.bad(OLD, SEPARATORS));
        }
        let (separator, separators) = if for_versions {
            (Separator::CommasAndSpaces, "commas and spaces")
        } else {
            (
                Separator::CommasSpacesAndColons,
                "commas, spaces and colons",
            )
        };
        if let Some(origin) = self.origins.get(key).cloned() {
            self.warnings.push(ConfigWarning::SeparatorMissing {
                origin,
                key,
                separators,
            });
        }
        Ok(separator)
    }

    /// The ini file's section, if it has one, otherwise the table's.
    fn hooks(&mut self) -> Result<Vec<PostWriteHook>, ConfigError> {
        const SECTION: &str = "post_write_hooks";
        if let Some(ini) = self.ini.filter(|ini| ini.has_section(SECTION)) {
            let items = ini.items(SECTION)?.unwrap_or_default();
            let names = items.iter().find(|(name, _)| name == "hooks");
            let names = names.map_or("", |(_, found)| found.value.as_str());
            return Ok(Separator::CommasAndSpaces
                .split(&names.replace(['\n', '\t'], " "))
                .into_iter()
                .map(|name| {
                    let prefix = format!("{}.", name.to_lowercase());
                    let own = items
                        .iter()
                        .filter_map(|(key, found)| Some((key.strip_prefix(&prefix)?, found)));
                    PostWriteHook {
                        origin: own
                            .clone()
                            .find_map(|(_, found)| found.origin.clone())
                            .or_else(|| ini.section_origin(SECTION)),
                        settings: own
                            .map(|(key, found)| (key.to_owned(), found.value.clone()))
                            .collect(),
                        name,
                    }
                })
                .collect());
        }
        match self.entry(SECTION) {
            None => Ok(Vec::new()),
            Some(entry) => match &entry.value {
                Value::Tables(tables) => tables.iter().map(hook_of_table).collect(),
                Value::List(list) if list.is_empty() => Ok(Vec::new()),
                _ => Err(entry.expected(SECTION, "an array of tables")),
            },
        }
    }

    /// The database address. Only the ini file has it in Alembic; in the table it may stand as well.
    fn url(&mut self, discovery: &Discovery<'_>) -> Result<super::DatabaseUrl, ConfigError> {
        const KEY: &str = "sqlalchemy.url";
        let Some(text) = self.text(KEY)?.filter(|text| !text.is_empty()) else {
            let ini = self.ini.map(|ini| ini.file().to_path_buf());
            let file = ini.or_else(|| self.table.map(|table| table.file.to_path_buf()));
            return Err(ConfigError::NoUrl { file, key: KEY });
        };
        let origin = self.origins.get(KEY).cloned();
        let base = discovery.working_directory;
        address::read(KEY, &text, origin, discovery.environment, base)
    }
}

fn hook_of_table(
    (table, origin): &(BTreeMap<String, String>, Origin),
) -> Result<PostWriteHook, ConfigError> {
    let mut settings = table.clone();
    let name = settings
        .remove("name")
        .ok_or_else(|| ConfigError::BadValue {
            origin: Some(origin.clone()),
            key: "name".to_owned(),
            expected: "set for every post-write hook".to_owned(),
        })?;
    Ok(PostWriteHook {
        name,
        settings,
        origin: Some(origin.clone()),
    })
}

//! Single values of Alembic's two files, by type: the ini file's main section first, then `[tool.alembic]`.

use std::collections::BTreeMap;

use super::pyproject::{Entry, Table, Value};
use crate::config::ini::Ini;
use crate::config::settings::DEFAULT_SLUG_LENGTH;
use crate::config::{ConfigError, ConfigWarning, Origin};

/// Looks keys up in both files.
pub(super) struct Reader<'a> {
    pub(super) ini: Option<&'a Ini>,
    pub(super) table: Option<&'a Table>,
    pub(super) section: &'a str,
    pub(super) warnings: Vec<ConfigWarning>,
    pub(super) origins: BTreeMap<String, Origin>,
}

impl Reader<'_> {
    /// A value of the ini file's main section.
    pub(super) fn ini_text(&mut self, key: &'static str) -> Result<Option<String>, ConfigError> {
        let Some(ini) = self.ini else {
            return Ok(None);
        };
        let Some(found) = ini.get(self.section, key)? else {
            return Ok(None);
        };
        if let Some(origin) = found.origin {
            self.origins.insert(key.to_owned(), origin);
        }
        Ok(Some(found.value))
    }

    /// A value of the table.
    pub(super) fn entry(&mut self, key: &str) -> Option<&Entry> {
        let entry = self.table?.entries.get(key)?;
        self.origins.insert(key.to_owned(), entry.origin.clone());
        Some(entry)
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<String>, ConfigError> {
        if let Some(value) = self.ini_text(key)? {
            return Ok(Some(value));
        }
        match self.entry(key) {
            None => Ok(None),
            Some(Entry {
                value: Value::Text(text),
                ..
            }) => Ok(Some(text.clone())),
            Some(entry) => Err(entry.expected(key, "a string")),
        }
    }

    pub(super) fn switch(&mut self, key: &'static str) -> Result<bool, ConfigError> {
        if let Some(value) = self.ini_text(key)? {
            let is_plain = value == "true" || value == "false";
            if let Some(origin) = self.origins.get(key).filter(|_| !is_plain) {
                let origin = origin.clone();
                self.warnings.push(ConfigWarning::NotTrue { origin, key });
            }
            return Ok(value == "true");
        }
        match self.entry(key) {
            None => Ok(false),
            Some(Entry {
                value: Value::Boolean(value),
                ..
            }) => Ok(*value),
            Some(entry) => Err(entry.expected(key, "true or false")),
        }
    }

    /// The one switch for which Alembic takes other words as well.
    pub(super) fn revision_environment(&mut self) -> Result<bool, ConfigError> {
        const KEY: &str = "revision_environment";
        let text = match self.ini_text(KEY)? {
            Some(text) => text,
            None => match self.entry(KEY) {
                None => return Ok(false),
                Some(entry) => match &entry.value {
                    Value::Boolean(value) => return Ok(*value),
                    Value::Text(text) => text.clone(),
                    _ => return Err(entry.expected(KEY, "true or false")),
                },
            },
        };
        match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "t" | "1" => Ok(true),
            "false" | "no" | "off" | "n" | "f" | "0" => Ok(false),
            _ => Err(self.bad(KEY, "true or false")),
        }
    }

    pub(super) fn slug_length(&mut self) -> Result<usize, ConfigError> {
        const KEY: &str = "truncate_slug_length";
        const EXPECTED: &str = "a number of characters, such as 40";
        let length = match self.ini_text(KEY)? {
            Some(text) => text.trim().parse().map_err(|_| self.bad(KEY, EXPECTED))?,
            None => match self.entry(KEY) {
                None => 0,
                Some(entry) => match &entry.value {
                    Value::Integer(number) => usize::try_from(*number).ok(),
                    Value::Text(text) => text.trim().parse().ok(),
                    _ => None,
                }
                .ok_or_else(|| entry.expected(KEY, EXPECTED))?,
            },
        };
        Ok(if length == 0 {
            DEFAULT_SLUG_LENGTH
        } else {
            length
        })
    }

    pub(super) fn bad(&self, key: &'static str, expected: &str) -> ConfigError {
        ConfigError::BadValue {
            origin: self.origins.get(key).cloned(),
            key: key.to_owned(),
            expected: expected.to_owned(),
        }
    }
}

//! The table `[tool.alembic]` of a `pyproject.toml`, with `%(here)s` filled in.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::percent::{Piece, next_piece};
use crate::config::{ConfigError, Origin, discovery, toml_error};

/// The table.
#[derive(Debug)]
pub(in crate::config) struct Table {
    pub(in crate::config) file: Arc<Path>,
    pub(super) entries: BTreeMap<String, Entry>,
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key_origin: Origin,
    pub(super) origin: Origin,
    pub(super) value: Value,
}

/// The values Alembic knows.
#[derive(Debug)]
pub(super) enum Value {
    Text(String),
    Integer(i64),
    Boolean(bool),
    List(Vec<String>),
    Tables(Vec<(BTreeMap<String, String>, Origin)>),
    /// A value of another type: not an error unless the key is one of ours.
    Other,
}

impl Entry {
    pub(super) fn expected(&self, key: &str, expected: &str) -> ConfigError {
        ConfigError::BadValue {
            origin: Some(self.origin.clone()),
            key: key.to_owned(),
            expected: expected.to_owned(),
        }
    }
}

/// Reads the table; `None` when the file has none.
pub(in crate::config) fn read(text: &str, file: &Path) -> Result<Option<Table>, ConfigError> {
    let file: Arc<Path> = Arc::from(file);
    let document = DeTable::parse(text).map_err(|error| toml_error(&error, &file, text))?;
    let tool = document.get_ref().get("tool");
    let Some(alembic) = tool.and_then(|tool| tool.get_ref().as_table()?.get("alembic")) else {
        return Ok(None);
    };
    let reader = Reader {
        here: discovery::here(&file),
        file: Arc::clone(&file),
        text,
    };
    let Some(table) = alembic.get_ref().as_table() else {
        return Err(ConfigError::BadValue {
            origin: Some(reader.origin(alembic)),
            key: "tool.alembic".to_owned(),
            expected: "a table".to_owned(),
        });
    };
    let mut entries = BTreeMap::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        // `sqlalchemy.url = …` without quotes is a table to TOML and an option to everybody else.
        if name == "sqlalchemy"
            && let Some(inner) = value.get_ref().as_table()
        {
            for (key, value) in inner {
                let name = format!("sqlalchemy.{}", key.get_ref());
                let entry = reader.entry(&name, key, value)?;
                entries.insert(name, entry);
            }
            continue;
        }
        entries.insert(name.to_owned(), reader.entry(name, key, value)?);
    }
    Ok(Some(Table { file, entries }))
}

struct Reader<'a> {
    file: Arc<Path>,
    text: &'a str,
    here: String,
}

impl Reader<'_> {
    fn origin<T>(&self, spanned: &Spanned<T>) -> Origin {
        let span = spanned.span();
        Origin::of_bytes(&self.file, self.text, span.start, span.end)
    }

    fn entry<K>(
        &self,
        name: &str,
        key: &Spanned<K>,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Entry, ConfigError> {
        Ok(Entry {
            key_origin: self.origin(key),
            origin: self.origin(value),
            value: self.value(name, value)?,
        })
    }

    fn value(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Result<Value, ConfigError> {
        Ok(match value.get_ref() {
            DeValue::String(text) => Value::Text(self.fill(key, text, value)?),
            DeValue::Boolean(value) => Value::Boolean(*value),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Value::Other, Value::Integer),
            DeValue::Array(items) => {
                let all_text = items.iter().all(|item| item.get_ref().is_str());
                let all_tables = items.iter().all(|item| item.get_ref().is_table());
                if all_text {
                    let texts = items.iter().filter_map(|item| {
                        let text = item.get_ref().as_str()?;
                        Some(self.fill(key, text, item))
                    });
                    Value::List(texts.collect::<Result<_, _>>()?)
                } else if all_tables {
                    let tables = items.iter().filter_map(|item| {
                        let table = item.get_ref().as_table()?;
                        Some(self.strings(key, table, self.origin(item)))
                    });
                    Value::Tables(tables.collect::<Result<_, _>>()?)
                } else {
                    Value::Other
                }
            }
            _ => Value::Other,
        })
    }

    /// A table in which every value is a string.
    fn strings(
        &self,
        key: &str,
        table: &DeTable<'_>,
        origin: Origin,
    ) -> Result<(BTreeMap<String, String>, Origin), ConfigError> {
        let mut strings = BTreeMap::new();
        for (name, value) in table {
            let path = format!("{key}.{}", name.get_ref());
            let Some(text) = value.get_ref().as_str() else {
                return Err(ConfigError::BadValue {
                    origin: Some(self.origin(value)),
                    key: path,
                    expected: "a string".to_owned(),
                });
            };
            strings.insert(name.get_ref().to_string(), self.fill(&path, text, value)?);
        }
        Ok((strings, origin))
    }

    /// Resolves `%(here)s` and `%%`.
    fn fill<T>(&self, key: &str, text: &str, place: &Spanned<T>) -> Result<String, ConfigError> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((piece, length)) = next_piece(rest) {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Reference("here") => out.push_str(&self.here),
                Piece::Reference(_) | Piece::Bad => {
                    return Err(ConfigError::BadValue {
                        origin: Some(self.origin(place)),
                        key: key.to_owned(),
                        expected: "a string in which every % is written %%, except in %(here)s"
                            .to_owned(),
                    });
                }
            }
            rest = rest.get(length..).unwrap_or("");
        }
        Ok(out)
    }
}

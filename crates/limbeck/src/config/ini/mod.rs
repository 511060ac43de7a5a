//! `alembic.ini` as Python's `ConfigParser` reads it: sections, options, defaults and `%(name)s` interpolation.
//!
//! Must not know which options mean something; it only knows text and where it was written.
//! Deliberate differences from Python: the text is UTF-8 with or without a byte order mark (Python takes the
//! locale's encoding), the first bad line is reported instead of all of them, and an interpolation may not
//! grow without bound.

mod interpolate;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Origin;
use super::origin::count;

pub use interpolate::InterpolationError;
pub use parse::IniSyntaxError;

/// The section whose options every other section inherits.
pub const DEFAULT_SECTION: &str = "DEFAULT";

/// The content of an ini file.
#[derive(Debug, Clone)]
pub struct Ini {
    file: Arc<Path>,
    sections: Vec<Section>,
    positions: BTreeMap<String, usize>,
    defaults: Section,
}

#[derive(Debug, Clone)]
struct Section {
    name: String,
    line: u32,
    options: Vec<(String, RawValue)>,
    positions: BTreeMap<String, usize>,
}

/// A value as written: interpolation not yet done.
#[derive(Debug, Clone)]
struct RawValue {
    text: String,
    /// Line, column and length of the option's name, if it stands in the file.
    name: Option<(u32, u32, u32)>,
    /// Where each line of `text` starts: line and column in the file, both from 1. Empty for a value that
    /// no file holds (`here`).
    starts: Vec<(u32, u32)>,
}

/// An option's value after interpolation, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IniValue {
    /// The value.
    pub value: String,
    /// The first line of the value; `None` for a value that was passed in, such as `here`.
    pub origin: Option<Origin>,
}

impl Section {
    fn new(name: &str, line: u32) -> Self {
        Self {
            name: name.to_owned(),
            line,
            options: Vec::new(),
            positions: BTreeMap::new(),
        }
    }

    fn get(&self, option: &str) -> Option<&RawValue> {
        let position = *self.positions.get(option)?;
        self.options.get(position).map(|(_, value)| value)
    }

    fn set(&mut self, option: String, value: RawValue) {
        match self.positions.get(&option) {
            Some(&position) => {
                if let Some(entry) = self.options.get_mut(position) {
                    entry.1 = value;
                }
            }
            None => {
                self.positions.insert(option.clone(), self.options.len());
                self.options.push((option, value));
            }
        }
    }
}

impl Ini {
    /// Reads the text of `file`. `defaults` are options that every section inherits, as if they stood first
    /// in `[DEFAULT]`; Alembic passes `here`.
    ///
    /// Never panics, whatever the text.
    pub fn parse<'a>(
        text: &str,
        file: &Path,
        defaults: impl IntoIterator<Item = (&'a str, String)>,
    ) -> Result<Self, IniSyntaxError> {
        parse::parse(text, Arc::from(file), defaults)
    }

    /// The file that was read.
    pub fn file(&self) -> &Arc<Path> {
        &self.file
    }

    /// The names of the sections in the order of the file, without `DEFAULT`.
    pub fn sections(&self) -> impl Iterator<Item = &str> {
        self.sections.iter().map(|section| section.name.as_str())
    }

    /// Whether there is a section of this name. `DEFAULT` is not one, as in Python.
    pub fn has_section(&self, section: &str) -> bool {
        self.section(section).is_some()
    }

    /// Where the header of a section stands.
    pub fn section_origin(&self, section: &str) -> Option<Origin> {
        self.section(section)
            .map(|found| Origin::line(&self.file, found.line))
    }

    /// The options that stand in the section itself, inherited ones left out, with the places of their names.
    pub fn own_options(&self, section: &str) -> Vec<(&str, Origin)> {
        self.section(section)
            .map(|found| {
                found
                    .options
                    .iter()
                    .filter_map(|(name, value)| Some((name.as_str(), self.name_origin(value)?)))
                    .collect()
            })
            .unwrap_or_default()
    }

    /// The options that stand in the section itself, as written: not interpolated, inherited ones left out. For
    /// [`DEFAULT_SECTION`] what every section inherits, with what was passed in.
    pub fn written_options(&self, section: &str) -> Vec<(&str, &str)> {
        let found = match section {
            DEFAULT_SECTION => Some(&self.defaults),
            name => self.section(name),
        };
        let options = found.into_iter().flat_map(|found| &found.options);
        options
            .map(|(name, value)| (name.as_str(), value.text.as_str()))
            .collect()
    }

    /// Whether the section or `[DEFAULT]` has this option. False when there is no such section.
    pub fn has_option(&self, section: &str, option: &str) -> bool {
        self.section(section)
            .is_some_and(|found| self.raw(found, &option.to_lowercase()).is_some())
    }

    /// The value of an option after interpolation; `None` when section or option is missing.
    pub fn get(&self, section: &str, option: &str) -> Result<Option<IniValue>, InterpolationError> {
        let option = option.to_lowercase();
        let Some(found) = self.section(section) else {
            return Ok(None);
        };
        let Some(raw) = self.raw(found, &option) else {
            return Ok(None);
        };
        Ok(Some(IniValue {
            value: interpolate::interpolate(self, found, &option, raw)?,
            origin: self.origin(raw),
        }))
    }

    /// Every option of a section after interpolation: those of `[DEFAULT]` first, then its own, as
    /// `ConfigParser.items` gives them. `None` when there is no such section.
    #[allow(clippy::type_complexity)]
    pub fn items(
        &self,
        section: &str,
    ) -> Result<Option<Vec<(String, IniValue)>>, InterpolationError> {
        let Some(found) = self.section(section) else {
            return Ok(None);
        };
        let own_only = found
            .options
            .iter()
            .filter(|(name, _)| self.defaults.get(name).is_none());
        let mut items = Vec::new();
        for (name, _) in self.defaults.options.iter().chain(own_only) {
            if let Some(value) = self.get(section, name)? {
                items.push((name.clone(), value));
            }
        }
        Ok(Some(items))
    }

    fn section(&self, name: &str) -> Option<&Section> {
        self.sections.get(*self.positions.get(name)?)
    }

    fn raw<'a>(&'a self, section: &'a Section, option: &str) -> Option<&'a RawValue> {
        section.get(option).or_else(|| self.defaults.get(option))
    }

    fn name_origin(&self, value: &RawValue) -> Option<Origin> {
        let (line, column, length) = value.name?;
        Some(Origin {
            file: Arc::clone(&self.file),
            line,
            column: Some(column),
            length,
        })
    }

    fn origin(&self, value: &RawValue) -> Option<Origin> {
        let &(line, column) = value.starts.first()?;
        Some(Origin {
            file: Arc::clone(&self.file),
            line,
            column: Some(column),
            length: count(value.text.lines().next().unwrap_or("").chars().count()),
        })
    }
}

/// Python's idea of white space: Unicode's, and four control characters.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

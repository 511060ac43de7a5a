//! The name of a new script's file: `file_template`, and the slug of the message.

use std::path::{Component, Path, PathBuf};

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::script::ScriptFormat;

use super::{
    CreateDate, WriteError,
    percent::{self, Value},
};

/// How files are named.
#[derive(Clone, Debug)]
pub struct FileNameRules {
    /// Python's `%` notation with `rev`, `slug`, `epoch`, `year`, `month`, `day`, `hour`, `minute` and `second`; the
    /// format's extension is added. May contain `/`.
    pub template: String,
    /// How many characters of the message go into the slug; 0 means 40.
    pub slug_length: usize,
    /// Whether scripts are also looked for in the directories below a version location.
    pub recursive: bool,
}

impl Default for FileNameRules {
    fn default() -> Self {
        FileNameRules {
            template: "%(rev)s_%(slug)s".to_owned(),
            slug_length: 40,
            recursive: false,
        }
    }
}

impl FileNameRules {
    /// The path of a new script below its version location.
    ///
    /// # Errors
    /// [`WriteError::BadFileTemplate`] and [`WriteError::BadFileName`], the latter for a file that would not be found
    /// again in the version location.
    pub fn file_name(
        &self,
        revision: &str,
        message: &str,
        date: &CreateDate,
        format: ScriptFormat,
    ) -> Result<PathBuf, WriteError> {
        let time = date.civil();
        let length = if self.slug_length == 0 {
            40
        } else {
            self.slug_length
        };
        let number = |value: i8| Value::Number(i64::from(value));
        let values = [
            ("rev", Value::Text(revision.to_owned())),
            ("slug", Value::Text(slug(message, length))),
            ("epoch", Value::Number(date.epoch())),
            ("year", Value::Number(i64::from(time.year()))),
            ("month", number(time.month())),
            ("day", number(time.day())),
            ("hour", number(time.hour())),
            ("minute", number(time.minute())),
            ("second", number(time.second())),
        ];
        let name = percent::format(&self.template, &values).map_err(|(position, problem)| {
            WriteError::BadFileTemplate {
                template: self.template.clone(),
                position,
                problem,
            }
        })?;
        let extension = match format {
            ScriptFormat::Sql => "sql",
            ScriptFormat::Python => "py",
        };
        let name = format!("{name}.{extension}");
        match self.objection(&name) {
            Some(why) => Err(WriteError::BadFileName { name, why }),
            None => Ok(PathBuf::from(name)),
        }
    }

    /// Why a file of this name would not be found again.
    fn objection(&self, name: &str) -> Option<&'static str> {
        let path = Path::new(name);
        if !path
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
        {
            return Some("which leads out of the version location");
        }
        if name.contains('\0') {
            return Some("which no file can be called");
        }
        let below = path
            .parent()
            .is_some_and(|parent| !parent.as_os_str().is_empty());
        if below && !self.recursive {
            return Some(
                "a file in a directory of its own, which is not searched; set recursive_version_locations (in limbeck.toml: recursive)",
            );
        }
        let file = path.file_name()?.to_string_lossy().into_owned();
        (file.starts_with('.') || file.starts_with("__init__"))
            .then_some("a name that is passed over when scripts are looked for")
    }
}

/// The words of a message for a file name: what Python's `\w+` finds, joined by `_`, in lower case. What is longer than
/// `longest` characters is cut there, then back to the last `_`, which stays as a sign of the cut.
pub fn slug(message: &str, longest: usize) -> String {
    let words: Vec<&str> = message
        .split(|character: char| !is_word(character))
        .filter(|word| !word.is_empty())
        .collect();
    let slug = words.join("_").to_lowercase();
    if slug.chars().count() <= longest {
        return slug;
    }
    let cut: String = slug.chars().take(longest).collect();
    let kept = cut
        .rsplit_once('_')
        .map_or(cut.as_str(), |(before, _)| before);
    format!("{kept}_")
}

/// Python's `\w`: letters and numbers of every script, and `_`. Rust's own `is_alphanumeric` also takes combining vowel
/// signs for letters.
fn is_word(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || character == '_';
    }
    matches!(
        character.general_category_group(),
        GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number
    )
}

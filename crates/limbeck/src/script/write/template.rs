//! Templates of `.py` scripts that only Python can fill in.

use std::{fmt, path::Path};

use super::NewScript;

/// A `script.py.mako` with what it is filled in with.
#[derive(Clone, Copy, Debug)]
pub struct PythonTemplate<'a> {
    /// The file, for messages.
    pub path: &'a Path,
    /// Its content.
    pub text: &'a str,
    /// The script that is being written.
    pub script: &'a NewScript,
    /// When it was made, as Python's `str` of a `datetime`.
    pub created: &'a str,
}

/// Fills in templates that have more in them than the expressions of Alembic's own. The front end does.
pub trait TemplateEngine: fmt::Debug + Send + Sync {
    /// The text of the new script.
    ///
    /// # Errors
    /// What is wrong with the template, beginning with the file and the line.
    fn fill(&self, template: PythonTemplate<'_>) -> Result<String, String>;
}

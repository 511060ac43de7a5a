//! An error in the code of a script that is written in a programming language.

use std::fmt;

use super::ContextError;
use crate::operation::SourceLocation;

/// Why the code of a script did not come to its end, in the words of its language.
#[derive(Debug)]
pub struct CodeError {
    /// The error in one line, such as `ValueError: no such colour`.
    pub message: String,
    /// Where the script's file was left.
    pub location: Option<SourceLocation>,
    /// The calls that led there, as the language prints them.
    pub traceback: Option<String>,
    /// What the code asked for that is not there, when that is why; such as `app.models.User`.
    pub needs: Option<String>,
    /// What to do next, where the script's front end knows.
    pub hint: Option<String>,
    /// What the context refused, when the code let that pass.
    pub refused: Option<ContextError>,
}

impl fmt::Display for CodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(formatter, "{location}: ")?;
        }
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for CodeError {}

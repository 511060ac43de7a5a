//! The SQL that a script's text needs, asked of a dialect.

use super::RenderError;
use crate::{
    dialect::{Dialect, DialectName, Statement, Values},
    operation::Operation,
    schema::{Identifier, Value},
};

/// What renderers ask about SQL. [`DialectText`] answers for a dialect.
pub trait SqlText {
    /// The database the script is for.
    fn dialect(&self) -> DialectName;

    /// The statements of an operation that the script's language has no directive for, with all values inside.
    ///
    /// # Errors
    /// [`RenderError`] when the database has no statement for it.
    fn statements(&self, operation: &Operation) -> Result<Vec<Statement>, RenderError>;

    /// A name, quoted where the database wants it.
    fn quote(&self, name: &Identifier) -> String;

    /// A text as a literal.
    fn text_literal(&self, text: &str) -> String;
}

/// The SQL of a dialect.
#[derive(Debug, Clone, Copy)]
pub struct DialectText<'a>(pub &'a dyn Dialect);

impl SqlText for DialectText<'_> {
    fn dialect(&self) -> DialectName {
        self.0.name()
    }

    fn statements(&self, operation: &Operation) -> Result<Vec<Statement>, RenderError> {
        self.0
            .statements(operation, Values::Literal)
            .map_err(|source| RenderError::Sql {
                operation: operation.to_string(),
                source: Box::new(source),
            })
    }

    fn quote(&self, name: &Identifier) -> String {
        self.0.quote(name)
    }

    fn text_literal(&self, text: &str) -> String {
        self.0
            .literal(&Value::Text(text.to_owned()))
            .unwrap_or_else(|_| format!("'{}'", text.replace('\'', "''")))
    }
}

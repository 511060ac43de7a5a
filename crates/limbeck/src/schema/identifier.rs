//! Names of things, and whether a script insists on their quoting.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of one thing in a database, as it is stored there: no quotes around it.
///
/// Most names leave quoting to the dialect, which quotes what its rules ask for. A script can insist on quotes or
/// on none (`quoted_name` in SQLAlchemy, `quote=` of a column).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "IdentifierForm", into = "IdentifierForm")]
pub struct Identifier {
    name: String,
    quote: Option<bool>,
    shorten: bool,
}

/// An identifier as JSON: the bare name, or the name with what is special about it.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum IdentifierForm {
    Plain(String),
    Special {
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote: Option<bool>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        shorten: bool,
    },
}

impl Identifier {
    /// A name whose quoting is the dialect's business.
    pub fn new(name: impl Into<String>) -> Self {
        Identifier {
            name: name.into(),
            quote: None,
            shorten: false,
        }
    }

    /// A name that is always written in quotes, or never.
    pub fn with_quoting(name: impl Into<String>, quote: bool) -> Self {
        Identifier {
            name: name.into(),
            quote: Some(quote),
            shorten: false,
        }
    }

    /// The same name, made by a naming convention or by `op.f`: where the database's limit is shorter, the dialect
    /// shortens it as SQLAlchemy does, instead of refusing it.
    pub fn shortened_to_fit(mut self) -> Self {
        self.shorten = true;
        self
    }

    /// The name without quotes.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Whether the script insists on quotes (`Some(true)`), on none (`Some(false)`), or leaves it open.
    pub fn forced_quoting(&self) -> Option<bool> {
        self.quote
    }

    /// Whether a dialect may shorten the name.
    pub fn may_be_shortened(&self) -> bool {
        self.shorten
    }
}

impl From<IdentifierForm> for Identifier {
    fn from(form: IdentifierForm) -> Self {
        match form {
            IdentifierForm::Plain(name) => Identifier::new(name),
            IdentifierForm::Special {
                name,
                quote,
                shorten,
            } => Identifier {
                name,
                quote,
                shorten,
            },
        }
    }
}

impl From<Identifier> for IdentifierForm {
    fn from(identifier: Identifier) -> Self {
        if identifier.quote.is_none() && !identifier.shorten {
            return IdentifierForm::Plain(identifier.name);
        }
        IdentifierForm::Special {
            name: identifier.name,
            quote: identifier.quote,
            shorten: identifier.shorten,
        }
    }
}

impl From<&str> for Identifier {
    fn from(name: &str) -> Self {
        Identifier::new(name)
    }
}

impl From<String> for Identifier {
    fn from(name: String) -> Self {
        Identifier::new(name)
    }
}

impl fmt::Display for Identifier {
    /// The bare name, for messages; SQL text is written by a dialect.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// A name with the schema (on MySQL: the database) that holds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct QualifiedName {
    /// The schema; `None` is the connection's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Identifier>,
    /// The name inside the schema.
    pub name: Identifier,
}

impl QualifiedName {
    /// A name in the default schema.
    pub fn new(name: impl Into<Identifier>) -> Self {
        QualifiedName {
            schema: None,
            name: name.into(),
        }
    }

    /// The same name in `schema`.
    pub fn in_schema(mut self, schema: impl Into<Identifier>) -> Self {
        self.schema = Some(schema.into());
        self
    }

    /// Another name in the same schema.
    pub fn sibling(&self, name: impl Into<Identifier>) -> Self {
        QualifiedName {
            schema: self.schema.clone(),
            name: name.into(),
        }
    }
}

impl From<&str> for QualifiedName {
    /// A name in the default schema; a dot is part of the name.
    fn from(name: &str) -> Self {
        QualifiedName::new(name)
    }
}

impl From<Identifier> for QualifiedName {
    fn from(name: Identifier) -> Self {
        QualifiedName::new(name)
    }
}

impl fmt::Display for QualifiedName {
    /// `schema.name` without quotes, for messages.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(formatter, "{schema}.{}", self.name),
            None => self.name.fmt(formatter),
        }
    }
}

//! How the databases spell what a schema is built from. Nothing here asks the engine that is tried.

use limbeck::schema::QualifiedName;

/// A database's language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    Sqlite,
    Postgresql,
    Mariadb,
}

impl Words {
    /// A name, quoted whether it has to be or not.
    pub(crate) fn quote(self, name: &str) -> String {
        match self {
            Words::Mariadb => format!("`{}`", name.replace('`', "``")),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    pub(crate) fn name(self, name: &QualifiedName) -> String {
        let quoted = self.quote(name.name.as_str());
        match &name.schema {
            Some(schema) => format!("{}.{quoted}", self.quote(schema.as_str())),
            None => quoted,
        }
    }

    /// A list of names.
    pub(crate) fn names(self, names: &[String]) -> String {
        let quoted: Vec<String> = names.iter().map(|name| self.quote(name)).collect();
        quoted.join(", ")
    }

    pub(crate) fn text(text: &str) -> String {
        format!("'{}'", text.replace('\'', "''"))
    }
}

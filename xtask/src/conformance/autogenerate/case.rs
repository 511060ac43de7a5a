//! A case of kind `autogenerate`, as it is stored.

use limbeck::dialect::DialectName;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub(super) dialect: DialectName,
    /// The settings of Alembic, each as Python would write it.
    #[serde(default)]
    pub(super) opts: Options,
    /// The DDL of what exists; `None` where the case did not record it.
    pub(super) database: Option<Vec<String>>,
    /// The DDL of what is wanted, by `MetaData`; together they are the model.
    pub(super) model: Vec<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Options {
    include_schemas: Option<String>,
    version_table: Option<String>,
    version_table_schema: Option<String>,
}

impl Case {
    /// The statements of the model.
    pub(super) fn model(&self) -> Vec<&str> {
        self.model.iter().flatten().map(String::as_str).collect()
    }

    /// Whether other schemas are looked at, also where the model does not name them.
    pub(super) fn includes_schemas(&self) -> bool {
        self.opts.include_schemas.as_deref() == Some("True")
    }

    /// The version table, which belongs to no model.
    pub(super) fn version_table(&self) -> (Option<&str>, &str) {
        let schema = self.opts.version_table_schema.as_deref().map(unquoted);
        let name = self.opts.version_table.as_deref().map(unquoted);
        (schema, name.unwrap_or("alembic_version"))
    }

    /// The schemas that statements create tables in; they exist before anything else.
    pub(super) fn schemas(&self) -> Vec<&str> {
        let database = self.database.iter().flatten().map(String::as_str);
        let mut schemas: Vec<&str> = database
            .chain(self.model())
            .filter_map(|sql| {
                let name = sql.strip_prefix("CREATE TABLE ")?.split(' ').next()?;
                name.split_once('.').map(|(schema, _)| schema)
            })
            .filter(|schema| *schema != "public")
            .collect();
        schemas.sort_unstable();
        schemas.dedup();
        schemas
    }
}

/// A text as Python would write it, without the quotes.
fn unquoted(text: &str) -> &str {
    text.trim_matches('\'')
}

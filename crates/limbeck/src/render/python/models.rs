//! The tables of a database as SQLAlchemy models: `sa.Table(…)` in one `metadata`.

use std::{collections::BTreeSet, fmt::Display};

use super::{Call, PythonRenderer, Writer, column, index, literal, table};
use crate::{
    render::RenderError,
    schema::{ColumnDefault, DataType, Database, Identifier, Table},
};

/// Words that cannot name a variable, or that the module uses itself.
const TAKEN: [&str; 37] = [
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "metadata",
    "mysql",
    "nonlocal",
    "not",
    "or",
    "pass",
    "postgresql",
    "raise",
    "return",
    "sa",
    "sqlite",
    "try",
    "while",
    "with",
    "yield",
];

impl PythonRenderer<'_> {
    /// A module that declares the tables of `database` in `metadata`, in their order. What SQLAlchemy has no words for is
    /// listed in comments at its end, so that nothing is left out silently.
    ///
    /// # Errors
    /// [`RenderError`] when a part can be said neither in SQLAlchemy's words nor in SQL.
    pub fn models(&self, database: &Database) -> Result<String, RenderError> {
        let mut names = BTreeSet::new();
        let (tables, imports) = self.written(|writer| {
            let tables = database
                .tables
                .iter()
                .filter(|table| table_has_words(table));
            Ok(tables
                .map(|table| {
                    let name = variable(table, &mut names);
                    format!("{name} = {}\n", writer.model(&self_contained(table)))
                })
                .collect())
        })?;
        let mut text = String::from("import sqlalchemy as sa\n");
        for import in imports {
            text.push_str(&import);
            text.push('\n');
        }
        text.push_str("\nmetadata = sa.MetaData()\n");
        for table in &tables {
            text.push('\n');
            text.push_str(table);
        }
        let silent = without_words(database);
        if !silent.is_empty() {
            text.push_str("\n# The database also has what SQLAlchemy's tables cannot say:\n");
            for line in silent {
                text.push_str(&format!("# - {line}\n"));
            }
        }
        Ok(text)
    }
}

impl Writer<'_> {
    /// `sa.Table(…)` with its indexes.
    fn model(&mut self, table: &Table) -> String {
        let mut call = Call::new(self.sqlalchemy("Table"));
        call.argument(literal::string(table.name.name.as_str()));
        call.argument("metadata");
        for part in self.columns_and_constraints(table) {
            call.argument(part);
        }
        for index in table.indexes.iter().filter(|index| index::has_words(index)) {
            let text = self.model_index(index);
            call.argument(text);
        }
        self.table_options(&mut call, table);
        call.lines()
    }
}

/// The table without what its database made for it: `metadata` makes the type of an enum and the sequence of a numbered
/// key itself, under the same names.
fn self_contained(table: &Table) -> Table {
    let mut table = table.clone();
    let key: Vec<Identifier> = table
        .primary_key()
        .map(|key| key.columns.clone())
        .unwrap_or_default();
    for column in &mut table.columns {
        create_types(&mut column.data_type);
        let numbered = column.autoincrement == Some(true) && key.contains(&column.name);
        if numbered && matches!(column.default, Some(ColumnDefault::Expression(_))) {
            column.default = None;
        }
    }
    table
}

fn create_types(data_type: &mut DataType) {
    match data_type {
        DataType::Enum(enum_type) => enum_type.create_type = true,
        DataType::Array(array) => create_types(&mut array.item),
        _ => {}
    }
}

fn table_has_words(table: &Table) -> bool {
    table::has_words(table) && table.columns.iter().all(column::checks_have_words)
}

/// A name for the variable of a table that no other has.
fn variable(table: &Table, names: &mut BTreeSet<String>) -> String {
    let plain = |text: &str| -> String {
        let text = text.to_lowercase();
        text.chars()
            .map(|one| if one.is_alphanumeric() { one } else { '_' })
            .collect()
    };
    let mut name = plain(table.name.name.as_str());
    if let Some(schema) = &table.name.schema {
        name = format!("{}_{name}", plain(schema.as_str()));
    }
    if name.starts_with(|first: char| !first.is_alphabetic() && first != '_') {
        name.insert(0, '_');
    }
    while TAKEN.contains(&name.as_str()) || names.contains(&name) {
        name.push('_');
    }
    names.insert(name.clone());
    name
}

/// What the module does not declare, one line each.
fn without_words(database: &Database) -> Vec<String> {
    let tables = database.tables.iter();
    let tables = tables.filter(|table| !table_has_words(table));
    let tables = tables.map(|table| format!("table {}", table.name));
    let indexes = database.tables.iter().flat_map(|table| {
        let silent = table.indexes.iter();
        let silent = silent.filter(|index| !index::has_words(index));
        silent.map(|index| match &index.name {
            Some(name) => format!("index {name} of {}", table.name),
            None => format!("an index of {}", table.name),
        })
    });
    let named = |kind: &'static str| move |name: &dyn Display| format!("{kind} {name}");
    let extensions = database.extensions.iter();
    let domains = database.domains.iter();
    let sequences = database.sequences.iter();
    let views = database.views.iter();
    let materialized = database.materialized_views.iter();
    let routines = database.routines.iter();
    let triggers = database.triggers.iter();
    let policies = database.policies.iter();
    tables
        .chain(indexes)
        .chain(extensions.map(|one| named("extension")(&one.name)))
        .chain(domains.map(|one| named("domain")(&one.name)))
        .chain(sequences.map(|one| named("sequence")(&one.name)))
        .chain(views.map(|one| named("view")(&one.name)))
        .chain(materialized.map(|one| named("materialized view")(&one.name)))
        .chain(routines.map(|one| named("routine")(&one.name)))
        .chain(triggers.map(|one| format!("trigger {} of {}", one.name, one.table)))
        .chain(policies.map(|one| format!("policy {} of {}", one.name, one.table)))
        .map(|line| line.replace(['\n', '\r'], " "))
        .collect()
}

//! Reads a live database. SQLite keeps each object's own statement, and reads it anew whenever it opens the file: the
//! text is the catalogue. PRAGMAs are asked only where there is no text to read columns from.

mod clause;
mod column;
mod index;
mod table;
mod text_only;
mod view;

use std::collections::HashMap;

use super::{Sqlite, table_sql::quote};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, Part, read},
    },
    schema::{Database, Identifier, Index, QualifiedName, Schema, Table, Trigger, Value},
};

/// One row of `sqlite_schema`.
struct Entry {
    kind: String,
    name: String,
    table: String,
    sql: String,
    temporary: bool,
}

/// Reads what the request asks for.
pub(super) async fn inspect(
    dialect: &Sqlite,
    query: &mut dyn Query,
    request: &InspectionRequest,
) -> Result<Database, InspectError> {
    let mut database = Database::default();
    if request.wants(Part::Schemas) {
        database.schemas = schemas(query).await?;
    }
    let entries = entries(query, request).await?;
    let hidden = if request.implied {
        Vec::new()
    } else {
        text_only::shadows(&entries)
    };
    for entry in &entries {
        let name = qualified(request, &entry.name);
        match entry.kind.as_str() {
            "table" if hidden.contains(&entry.name) => {}
            "table" => database
                .tables
                .push(table::read(dialect, name, entry, request)?),
            "view" if request.views && !request.views_as_tables => {
                database.views.push(view::read(name, entry, request)?);
            }
            "view" if request.views => database.tables.push(Table::new(name, Vec::new())),
            "trigger" if request.wants(Part::Triggers) => database.triggers.push(Trigger {
                name: Identifier::new(entry.name.as_str()),
                table: qualified(request, &entry.table),
                definition: entry.sql.clone(),
            }),
            _ => {}
        }
    }
    if request.wants(Part::Indexes) {
        indexes(&entries, &mut database.tables)?;
    }
    if request.wants(Part::Columns) {
        text_only::columns(dialect, query, request, &mut database.tables).await?;
    }
    Ok(database)
}

/// The table that the catalogue would describe by this text.
pub(super) fn stored_table(dialect: &Sqlite, name: &str, sql: &str) -> Result<Table, InspectError> {
    let request = InspectionRequest::everything();
    let entry = stored("table", name, sql);
    table::read(dialect, QualifiedName::new(name), &entry, &request)
}

/// The index that the catalogue would describe by this text.
pub(super) fn stored_index(name: &str, sql: &str) -> Result<Index, InspectError> {
    index::read(&stored("index", name, sql))
}

fn stored(kind: &str, name: &str, sql: &str) -> Entry {
    Entry {
        kind: kind.to_owned(),
        name: name.to_owned(),
        table: String::new(),
        sql: sql.to_owned(),
        temporary: false,
    }
}

/// Puts the indexes into their tables.
fn indexes(entries: &[Entry], tables: &mut [Table]) -> Result<(), InspectError> {
    let names = tables.iter().enumerate();
    let places: HashMap<String, usize> = names
        .map(|(at, table)| (table.name.name.as_str().to_ascii_lowercase(), at))
        .collect();
    for entry in entries.iter().filter(|entry| entry.kind == "index") {
        let place = places.get(&entry.table.to_ascii_lowercase());
        if let Some(table) = place.and_then(|at| tables.get_mut(*at)) {
            table.indexes.push(index::read(entry)?);
        }
    }
    Ok(())
}

fn qualified(request: &InspectionRequest, name: &str) -> QualifiedName {
    QualifiedName {
        schema: request.schema.as_deref().map(Identifier::new),
        name: Identifier::new(name),
    }
}

/// Attached databases.
async fn schemas(query: &mut dyn Query) -> Result<Vec<Schema>, InspectError> {
    let rows = read(query, "the attached databases", "PRAGMA database_list", &[]).await?;
    let names = rows.into_iter().map(|row| {
        let mut cells = Cells::from(row);
        cells.number();
        cells.text()
    });
    Ok(names
        .filter(|name| name != "main" && name != "temp")
        .map(|name| Schema {
            name: Identifier::new(name),
            owner: None,
        })
        .collect())
}

/// The objects, in the order in which they were made. Tables that are asked for by name are looked for among the
/// temporary ones, too, as SQLite itself does.
async fn entries(
    query: &mut dyn Query,
    request: &InspectionRequest,
) -> Result<Vec<Entry>, InspectError> {
    let schema = quote(request.schema.as_deref().unwrap_or("main"));
    let mut parameters: Vec<Value> = Vec::new();
    let mut select = |schema: &str, temporary: u8| {
        let mut sql = format!(
            "SELECT {temporary}, rowid, type, name, tbl_name, sql FROM {schema}.sqlite_master \
             WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        );
        if let Some(tables) = &request.tables {
            let marks = vec!["?"; tables.len()].join(", ");
            sql.push_str(&format!(" AND tbl_name COLLATE NOCASE IN ({marks})"));
            parameters.extend(tables.iter().cloned().map(Value::Text));
        }
        sql
    };
    let mut sql = select(&schema, 0);
    if request.schema.is_none() && request.tables.is_some() {
        sql.push_str(" UNION ALL ");
        sql.push_str(&select("temp", 1));
    }
    sql.push_str(" ORDER BY 1, 2");
    let rows = read(query, "the tables", &sql, &parameters).await?;
    let entries = rows.into_iter().map(|row| {
        let mut cells = Cells::from(row);
        let temporary = cells.flag();
        cells.number();
        Entry {
            kind: cells.text(),
            name: cells.text(),
            table: cells.text(),
            sql: cells.text(),
            temporary,
        }
    });
    Ok(entries.collect())
}

//! What has no readable column definitions of its own: views, and virtual tables with the tables behind them.

use std::collections::HashMap;

use super::{
    super::{Sqlite, table_sql::quote},
    Entry, column,
};
use crate::{
    dialect::{
        Query,
        inspect::{Cells, InspectError, InspectionRequest, read},
    },
    schema::{Column, Table, Value},
};

/// The words behind `USING` of a virtual table; `None` for any other text.
pub(super) fn module(sql: &str) -> Option<String> {
    let upper = sql.to_ascii_uppercase();
    upper.starts_with("CREATE VIRTUAL").then_some(())?;
    let at = upper.find(" USING ")?;
    sql.get(at + " USING ".len()..)
        .map(|text| text.trim().to_owned())
}

/// The names of the tables in which virtual tables keep their rows: those of the virtual table and an underscore.
pub(super) fn shadows(entries: &[Entry]) -> Vec<String> {
    let tables = || entries.iter().filter(|entry| entry.kind == "table");
    let prefixes: Vec<String> = tables()
        .filter(|entry| module(&entry.sql).is_some())
        .map(|entry| format!("{}_", entry.name))
        .collect();
    tables()
        .filter(|entry| module(&entry.sql).is_none())
        .filter(|entry| {
            prefixes
                .iter()
                .any(|prefix| entry.name.starts_with(prefix.as_str()))
        })
        .map(|entry| entry.name.clone())
        .collect()
}

/// Gives columns to the tables that have none yet. One query for all.
pub(super) async fn columns(
    dialect: &Sqlite,
    query: &mut dyn Query,
    request: &InspectionRequest,
    tables: &mut [Table],
) -> Result<(), InspectError> {
    if tables.iter().all(|table| !table.columns.is_empty()) {
        return Ok(());
    }
    let schema = request.schema.as_deref().unwrap_or("main");
    let sql = format!(
        "SELECT m.name, p.name, p.type, p.\"notnull\", p.dflt_value, p.hidden \
         FROM {}.sqlite_master AS m JOIN pragma_table_xinfo(m.name, ?) AS p \
         WHERE m.type = 'view' OR m.sql LIKE 'create virtual%' ORDER BY m.rowid, p.cid",
        quote(schema)
    );
    let parameters = [Value::Text(schema.to_owned())];
    let mut columns: HashMap<String, Vec<Column>> = HashMap::new();
    for row in read(query, "the columns of views", &sql, &parameters).await? {
        let mut cells = Cells::from(row);
        let holder = cells.text();
        if let Some(column) = column::listed(dialect, &mut cells) {
            columns.entry(holder).or_default().push(column);
        }
    }
    for table in tables.iter_mut().filter(|table| table.columns.is_empty()) {
        if let Some(found) = columns.remove(table.name.name.as_str()) {
            table.columns = found;
        }
    }
    Ok(())
}

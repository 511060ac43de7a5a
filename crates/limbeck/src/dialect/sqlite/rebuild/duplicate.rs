//! What to say when rows are not as unique as they shall be.

use super::{
    super::table_sql::quote,
    catalogue::{Catalogue, rows, text_at},
    error::RebuildError,
};
use crate::{dialect::Query, schema::Value};

/// SQLite's words before the columns.
const FAILED: &str = "UNIQUE constraint failed: ";

/// Puts an example of the rows that are equal in place of SQLite's error, once the change is undone.
pub(crate) async fn explain(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    error: RebuildError,
) -> RebuildError {
    let RebuildError::Refused { source, .. } = &error else {
        return error;
    };
    let Some(list) = source.message.split(FAILED).nth(1) else {
        return error;
    };
    let columns: Vec<String> = list
        .split(", ")
        .filter_map(|name| name.split_once('.'))
        .map(|(_, column)| column.to_owned())
        .collect();
    match example(query, schema, table, &columns).await {
        Ok(Some((example, count))) => RebuildError::Duplicate {
            table: table.to_owned(),
            columns: columns.join(", "),
            example,
            count,
        },
        _ => error,
    }
}

async fn example(
    query: &mut dyn Query,
    schema: Option<&str>,
    table: &str,
    columns: &[String],
) -> Result<Option<(String, i64)>, RebuildError> {
    let catalogue = Catalogue::read(query, schema, table).await?;
    if columns.is_empty()
        || columns
            .iter()
            .any(|name| catalogue.table.column(name).is_none())
    {
        return Ok(None);
    }
    let quoted: Vec<String> = columns.iter().map(|name| quote(name)).collect();
    let shown: Vec<String> = quoted.iter().map(|name| format!("quote({name})")).collect();
    let known: Vec<String> = quoted
        .iter()
        .map(|name| format!("{name} IS NOT NULL"))
        .collect();
    let sql = format!(
        "SELECT {}, count(*) FROM {} WHERE {} GROUP BY {} HAVING count(*) > 1 LIMIT 1",
        shown.join(" || ', ' || "),
        catalogue.qualified_name(),
        known.join(" AND "),
        quoted.join(", ")
    );
    let found = rows(query, table, &sql, &[]).await?;
    Ok(found.first().map(|row| {
        let count = row.get(1).and_then(Value::as_integer).unwrap_or_default();
        (text_at(row, 0).to_owned(), count)
    }))
}

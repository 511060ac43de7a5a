//! Changes that leave stored rows as they are: only SQLite's text of the table is changed, as its documentation describes
//! (<https://www.sqlite.org/lang_altertable.html#otheralter>, the second procedure), so that the time does not grow with the
//! table. Must not be used for anything that would be stored differently: [`fits`] decides, and SQLite itself confirms.

mod default;

use crate::{
    dialect::{
        Query,
        sqlite::{
            rebuild::{
                RebuildError,
                catalogue::{Catalogue, execute, number, rows},
                draft::{Draft, Source},
            },
            table_sql::{
                Affinity, Column, Kind, TableSql, literal, quote, same_name, tokens, unquote,
            },
        },
    },
    schema::Value,
};

/// Whether the new text describes the same stored rows and the same automatic indexes as the old one.
///
/// Free to differ: NOT NULL, CHECK, DEFAULT, FOREIGN KEY, names of constraints, and types of the same affinity.
pub(crate) async fn fits(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
) -> Result<bool, RebuildError> {
    // In the temp schema the confirmation below would meet the table itself.
    if same_name(&catalogue.schema, "temp")
        || !same_storage(&catalogue.table, draft)
        || shadowed(query, catalogue).await?
    {
        return Ok(false);
    }
    default::rows_are_complete(query, catalogue, draft).await
}

fn same_storage(old: &TableSql, draft: &Draft) -> bool {
    let new = &draft.table;
    let alias = |table: &TableSql| table.rowid_alias().map(|column| column.name.clone());
    old.columns.len() == new.columns.len()
        && old.is_strict() == new.is_strict()
        && old.is_without_rowid() == new.is_without_rowid()
        && old.is_autoincrement() == new.is_autoincrement()
        && alias(old) == alias(new)
        && keys(old) == keys(new)
        && old
            .columns
            .iter()
            .zip(&new.columns)
            .zip(&draft.sources)
            .all(|((before, after), source)| {
                *source == Source::Copy(before.name.clone())
                    && before.name == after.name
                    && Affinity::of(old.type_of(before), old.is_strict())
                        == Affinity::of(new.type_of(after), new.is_strict())
                    && stored_parts(old, before) == stored_parts(new, after)
            })
}

/// The texts of what decides how a column is stored, without constraint names.
fn stored_parts(table: &TableSql, column: &Column) -> Vec<String> {
    column
        .constraints
        .iter()
        .filter_map(|each| match &each.kind {
            Kind::Collate { collation } => Some(collation.to_lowercase()),
            Kind::Generated { expression, stored } => {
                Some(format!("{stored} {}", table.at(expression)))
            }
            _ => None,
        })
        .collect()
}

/// The texts of PRIMARY KEY and UNIQUE constraints, without their names: they are indexes.
fn keys(table: &TableSql) -> Vec<(Option<String>, String)> {
    table
        .every_constraint()
        .filter(|(_, each)| matches!(each.kind, Kind::PrimaryKey { .. } | Kind::Unique { .. }))
        .map(|(at, each)| {
            let start = each
                .name_span
                .as_ref()
                .map_or(each.span.start, |name| name.end);
            (
                at.map(|column| column.name.clone()),
                bare(table.at(&(start..each.span.end)).trim()),
            )
        })
        .collect()
}

/// The same text for names with and without quotes.
fn bare(text: &str) -> String {
    let Ok(found) = tokens(text) else {
        return text.to_owned();
    };
    let words = found
        .iter()
        .map(|token| unquote(text.get(token.span.clone()).unwrap_or_default()));
    words.collect::<Vec<_>>().join(" ")
}

async fn shadowed(query: &mut dyn Query, catalogue: &Catalogue) -> Result<bool, RebuildError> {
    let sql = format!(
        "SELECT count(*) FROM temp.sqlite_master WHERE name = {} COLLATE NOCASE",
        literal(&catalogue.table.name)
    );
    Ok(number(query, &catalogue.table.name, &sql).await? > 0)
}

/// The statements: pragma, edit, new schema version, pragma.
pub(crate) fn statements(catalogue: &Catalogue, draft: &Draft, next_version: i64) -> [String; 4] {
    let schema = quote(&catalogue.schema);
    [
        "PRAGMA writable_schema = ON".to_owned(),
        format!(
            "UPDATE {schema}.sqlite_master SET sql = {} WHERE type = 'table' AND name = {}",
            literal(draft.table.text()),
            literal(&catalogue.table.name)
        ),
        // Tells every connection, this one included, to read the schema again.
        format!("PRAGMA {schema}.schema_version = {next_version}"),
        "PRAGMA writable_schema = RESET".to_owned(),
    ]
}

/// A schema version that no connection knows: a signed number of 32 bits, by which a connection tells whether what it has read
/// of the schema still holds.
///
/// Not the next one. When this change is rolled back after the new text was read, only the version tells that connection to
/// read again, and the next change of anybody's would have the next number.
pub(crate) async fn next_version(
    query: &mut dyn Query,
    catalogue: &Catalogue,
) -> Result<i64, RebuildError> {
    let sql = format!("PRAGMA {}.schema_version", quote(&catalogue.schema));
    let version = number(query, &catalogue.table.name, &sql).await?;
    let random = getrandom::u32().map_or(version + 1, |random| i64::from(random >> 1));
    Ok(match random.clamp(1, i64::from(i32::MAX)) {
        same if same == version => version ^ 1,
        other => other,
    })
}

/// Changes the text and returns the statements that did. Returns `None`, with nothing changed, where this connection may not
/// (defensive mode) or SQLite does not confirm that the new text describes what is stored.
///
/// # Errors
/// [`RebuildError`]; the caller rolls back and then calls [`reload`].
pub(crate) async fn run(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
) -> Result<Option<[String; 4]>, RebuildError> {
    let table = &catalogue.table.name;
    let schema = &catalogue.schema;
    let before = shape(query, schema, table).await?;
    let Some(expected) = confirm(query, draft).await? else {
        return Ok(None);
    };
    if expected.indexes != before.indexes {
        return Ok(None);
    }
    let next = next_version(query, catalogue).await?;
    let statements = statements(catalogue, draft, next);
    let [writable, update, version, reset] = &statements;
    execute(query, table, writable).await?;
    if number(query, table, "PRAGMA writable_schema").await? == 0 {
        return Ok(None);
    }
    // Also where the pragma was taken, an authorizer may refuse the UPDATE; then nothing was changed.
    if query.execute(update, &[]).await.is_err() {
        execute(query, table, reset).await?;
        return Ok(None);
    }
    execute(query, table, version).await?;
    execute(query, table, reset).await?;
    let after = shape(query, schema, table).await?;
    if after != expected {
        return Err(RebuildError::Unverified {
            table: table.clone(),
            found: format!("{after:?} instead of {expected:?}"),
        });
    }
    Ok(Some(statements))
}

/// Drops what this connection has read of the schema, so that nothing of an undone change stays in its memory.
pub(crate) async fn reload(query: &mut dyn Query) -> Result<(), RebuildError> {
    execute(query, "", "PRAGMA writable_schema = RESET").await
}

/// A table as SQLite understands it.
#[derive(Debug, PartialEq)]
struct Shape {
    columns: Vec<Vec<Value>>,
    /// For each automatic index its origin and columns.
    indexes: Vec<Vec<Value>>,
}

async fn shape(query: &mut dyn Query, schema: &str, table: &str) -> Result<Shape, RebuildError> {
    let parameters = [
        Value::Text(table.to_owned()),
        Value::Text(schema.to_owned()),
    ];
    let columns =
        "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1, ?2)";
    let indexes = "SELECT l.seq, l.origin, x.cid, x.\"desc\", x.coll, x.key FROM pragma_index_list(?1, ?2) AS l, \
                   pragma_index_xinfo(l.name, ?2) AS x WHERE l.origin <> 'c' ORDER BY l.name, x.seqno";
    let mut found = rows(query, table, indexes, &parameters).await?;
    // The place in the list also counts other indexes.
    for row in &mut found {
        row.remove(0);
    }
    Ok(Shape {
        columns: rows(query, table, columns, &parameters).await?,
        indexes: found,
    })
}

/// Lets SQLite read the new text, as a temporary table of the same name; `None` when it does not take it there.
async fn confirm(query: &mut dyn Query, draft: &Draft) -> Result<Option<Shape>, RebuildError> {
    let table = &draft.table.name;
    if query
        .execute(&draft.table.qualified("temp"), &[])
        .await
        .is_err()
    {
        return Ok(None);
    }
    let found = shape(query, "temp", table).await;
    execute(query, table, &format!("DROP TABLE temp.{}", quote(table))).await?;
    found.map(Some)
}

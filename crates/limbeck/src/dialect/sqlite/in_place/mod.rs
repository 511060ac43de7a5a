//! Changes that leave stored rows as they are: only SQLite's text of the table is changed, as its documentation describes
//! (<https://www.sqlite.org/lang_altertable.html#otheralter>, the second procedure), so that the time does not grow with the
//! table. Must not be used for anything that would be stored differently: [`fits`] decides, and SQLite itself confirms.

mod default;

use crate::{
    dialect::{
        Query, Row,
        sqlite::{
            rebuild::{
                RebuildError,
                catalogue::{Catalogue, execute, integer, number, refused_at},
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
        || catalogue.is_shadowed
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
    let version = number(query, &catalogue.table.name, &version_of(catalogue)).await?;
    Ok(unknown_version(version))
}

fn version_of(catalogue: &Catalogue) -> String {
    format!("PRAGMA {}.schema_version", quote(&catalogue.schema))
}

fn unknown_version(version: i64) -> i64 {
    let random = getrandom::u32().map_or(version + 1, |random| i64::from(random >> 1));
    match random.clamp(1, i64::from(i32::MAX)) {
        same if same == version => version ^ 1,
        other => other,
    }
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
    let keys = Keys::of(catalogue);
    let Some((expected, version)) = confirm(query, catalogue, draft, keys).await? else {
        return Ok(None);
    };
    let statements = statements(catalogue, draft, unknown_version(version));
    let mut all = statements.to_vec();
    all.extend(shape_of(&catalogue.schema, table, keys));
    let mut answers = match query.query_each(&all).await {
        Ok(mut answers) => answers.split_off(statements.len()).into_iter(),
        // In defensive mode the pragma was not taken, and an authorizer may refuse the UPDATE; then nothing was changed.
        Err(refused) if refused.index == 1 && !refused.error.connection_lost => {
            reload(query).await?;
            return Ok(None);
        }
        Err(refused) => return Err(refused_at(table, &all, refused)),
    };
    let after = Shape::read(&mut answers, keys);
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

/// What has to be asked about the indexes that SQLite makes for keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keys {
    /// Only whether there are any: the table has none.
    Absent,
    /// Their columns.
    Present,
}

impl Keys {
    fn of(catalogue: &Catalogue) -> Keys {
        // The key of a table without rowid is the table itself, and an index where SQLite lists those.
        match catalogue.automatic_indexes == 0 && !catalogue.table.is_without_rowid() {
            true => Keys::Absent,
            false => Keys::Present,
        }
    }
}

/// A table as SQLite understands it.
#[derive(Debug, PartialEq)]
struct Shape {
    columns: Vec<Row>,
    /// For each automatic index its origin and columns.
    indexes: Vec<Row>,
}

impl Shape {
    /// From the answers to [`shape_of`].
    fn read(answers: &mut impl Iterator<Item = Vec<Row>>, keys: Keys) -> Shape {
        let columns = answers.next().unwrap_or_default();
        let mut indexes = answers.next().unwrap_or_default();
        if keys == Keys::Absent {
            // Number, name, unique, origin and so on, of indexes with a text of their own also.
            indexes.retain(|row| row.get(3).and_then(Value::as_text) != Some("c"));
        }
        Shape { columns, indexes }
    }
}

/// The statements that ask for a table's columns and automatic indexes. Pragmas where they do, because they take a fraction of
/// the time of the functions that can be joined.
fn shape_of(schema: &str, table: &str, keys: Keys) -> [String; 2] {
    let name = literal(table);
    let columns = format!("PRAGMA {}.table_xinfo({name})", quote(schema));
    let indexes = match keys {
        Keys::Absent => format!("PRAGMA {}.index_list({name})", quote(schema)),
        Keys::Present => {
            let schema = literal(schema);
            format!(
                "SELECT l.origin, x.cid, x.\"desc\", x.coll, x.key FROM pragma_index_list({name}, {schema}) AS l, \
                 pragma_index_xinfo(l.name, {schema}) AS x WHERE l.origin <> 'c' ORDER BY l.name, x.seqno"
            )
        }
    };
    [columns, indexes]
}

/// Lets SQLite read the new text, as a temporary table of the same name; `None` when it does not take it there, or other
/// indexes come with it than there are. Tells the schema version besides.
async fn confirm(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
    keys: Keys,
) -> Result<Option<(Shape, i64)>, RebuildError> {
    let table = &draft.table.name;
    let [_, before] = shape_of(&catalogue.schema, table, keys);
    let [columns, indexes] = shape_of("temp", table, keys);
    let statements = [
        version_of(catalogue),
        before,
        draft.table.qualified("temp"),
        columns,
        indexes,
        format!("DROP TABLE temp.{}", quote(table)),
    ];
    let answers = match query.query_each(&statements).await {
        Ok(answers) => answers,
        Err(refused) if refused.index == 2 && !refused.error.connection_lost => return Ok(None),
        Err(refused) => return Err(refused_at(table, &statements, refused)),
    };
    let mut answers = answers.into_iter();
    let version = integer(answers.next());
    let before = answers.next().unwrap_or_default();
    let before = Shape::read(&mut [Vec::new(), before].into_iter(), keys);
    // Past CREATE TABLE.
    let expected = Shape::read(&mut answers.skip(1), keys);
    Ok((expected.indexes == before.indexes).then_some((expected, version)))
}

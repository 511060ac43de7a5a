//! The statements of a rebuild, in order, as text: what `plan` shows is what runs.
//!
//! The old table is moved out of the way and the new one made under the final name with the final text, so that SQLite never
//! rewrites that text, and CHECKs that name the table, self references and ANALYZE's figures need no care. With
//! `legacy_alter_table` on and `foreign_keys` off a rename touches neither views nor triggers nor other tables' REFERENCES.

use super::{
    super::table_sql::{Affinity, Kind, TableSql, literal, quote, same_name, unqualified},
    catalogue::Catalogue,
    draft::{Draft, Source, default_of},
    value,
};
use crate::schema::Value;

/// SQLite's limit on result columns, which a copied rowid counts against
/// (<https://www.sqlite.org/limits.html#max_column>).
const MOST_COLUMNS: usize = 2000;

/// How rows are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rowids {
    /// The rowid is copied beside the columns.
    Copied,
    /// It is one of the columns, or there is none, or nothing can name it.
    Implied,
    /// There is no room to copy it: only right when the rowids are 1, 2, 3 ….
    Counted,
}

/// The statements that put the draft in the table's place. `next_version` is a schema version other than the present one.
pub(crate) fn statements(catalogue: &Catalogue, draft: &Draft, next_version: i64) -> Vec<String> {
    let schema = quote(&catalogue.schema);
    let old = catalogue.free_name();
    let name = &catalogue.table.name;
    let mut list: Vec<String> = catalogue
        .temp_triggers
        .iter()
        .map(|trigger| format!("DROP TRIGGER temp.{}", quote(&trigger.name)))
        .collect();
    list.extend(without_own_name(catalogue, next_version));
    list.push(format!(
        "ALTER TABLE {} RENAME TO {}",
        catalogue.qualified_name(),
        quote(&old)
    ));
    list.push(draft.table.qualified(&catalogue.schema));
    list.extend(copy(catalogue, draft, &old));
    list.push(format!("DROP TABLE {schema}.{}", quote(&old)));
    list.extend(kept_indexes(catalogue, draft).map(|index| index.qualified(&catalogue.schema)));
    list.extend(
        catalogue
            .triggers
            .iter()
            .map(|trigger| trigger.qualified(&catalogue.schema)),
    );
    list.extend(
        catalogue
            .temp_triggers
            .iter()
            .map(|trigger| trigger.qualified("temp")),
    );
    if let Some(Value::Integer(last)) = catalogue.sequence
        && draft.table.is_autoincrement()
    {
        let name = literal(name);
        list.push(format!(
            "DELETE FROM {schema}.sqlite_sequence WHERE name = {name}"
        ));
        list.push(format!(
            "INSERT INTO {schema}.sqlite_sequence (name, seq) VALUES ({name}, {last})"
        ));
    }
    list.extend(statistics(catalogue, draft));
    list
}

/// Takes the table's name out of its own CHECKs and its indexes (`t.a` becomes `a`), where it is there: the rename that must
/// touch nothing else does not touch these either, and SQLite would then refuse it. The old table and its indexes do not
/// outlive the rebuild, and the new ones have the texts as they were.
fn without_own_name(catalogue: &Catalogue, next_version: i64) -> Vec<String> {
    let schema = quote(&catalogue.schema);
    let table = &catalogue.table;
    let mut updates = Vec::new();
    let update = |kind: &str, name: &str, sql: String| {
        format!(
            "UPDATE {schema}.sqlite_master SET sql = {} WHERE type = '{kind}' AND name = {}",
            literal(&sql),
            literal(name)
        )
    };
    if let Some(text) = unqualified(table.text(), &table.name) {
        updates.push(update("table", &table.name, text));
    }
    for index in &catalogue.indexes {
        if let Some(text) = unqualified(&index.sql, &table.name) {
            updates.push(update("index", &index.name, text));
        }
    }
    if !updates.is_empty() {
        updates.insert(0, "PRAGMA writable_schema = ON".to_owned());
        updates.push(format!("PRAGMA {schema}.schema_version = {next_version}"));
        updates.push("PRAGMA writable_schema = RESET".to_owned());
    }
    updates
}

/// Indexes that live on: those that use no dropped column.
pub(crate) fn kept_indexes<'a>(
    catalogue: &'a Catalogue,
    draft: &'a Draft,
) -> impl Iterator<Item = &'a super::stored::Stored> {
    catalogue
        .indexes
        .iter()
        .filter(|index| !draft.dropped.iter().any(|column| index.index_uses(column)))
}

/// Whether the rowid has to be copied on its own.
pub(crate) fn rowids(old: &TableSql, draft: &Draft) -> Rowids {
    let new = &draft.table;
    if old.is_without_rowid() || new.is_without_rowid() {
        return Rowids::Implied;
    }
    if let Some(alias) = new.rowid_alias() {
        let filled = new
            .columns
            .iter()
            .position(|column| column.name == alias.name)
            .and_then(|index| draft.sources.get(index))
            .is_some_and(|source| !matches!(source, Source::New { .. }));
        if filled {
            return Rowids::Implied;
        }
    }
    if rowid_word(old).is_none() || rowid_word(new).is_none() {
        Rowids::Implied
    } else if pairs(draft).len() >= MOST_COLUMNS {
        Rowids::Counted
    } else {
        Rowids::Copied
    }
}

/// A name of the rowid that no column takes.
fn rowid_word(table: &TableSql) -> Option<&'static str> {
    ["rowid", "_rowid_", "oid"]
        .into_iter()
        .find(|word| table.column(word).is_none())
}

/// Target column and value of all that is copied.
fn pairs(draft: &Draft) -> Vec<(String, String)> {
    draft
        .table
        .columns
        .iter()
        .zip(&draft.sources)
        .filter(|(column, _)| !column.is_generated())
        .filter_map(|(column, source)| {
            let value = match source {
                Source::New { default } => {
                    let default = default.as_deref()?;
                    // Unchanged since, the default fills the column by itself.
                    if default_of(&draft.table, column) == Some(default) {
                        return None;
                    }
                    value::as_value(default)
                }
                other => value_of(other)?,
            };
            Some((quote(&column.name), value))
        })
        .collect()
}

/// The expression of a copied value over the old table; `None` for a new column.
pub(crate) fn value_of(source: &Source) -> Option<String> {
    Some(match source {
        Source::Copy(column) => quote(column),
        Source::Cast(column, affinity) => {
            format!("CAST({} AS {})", quote(column), type_name(*affinity))
        }
        Source::Expression(text) => format!("({text})"),
        Source::New { .. } => return None,
    })
}

fn type_name(affinity: Affinity) -> &'static str {
    match affinity {
        Affinity::Integer => "INTEGER",
        Affinity::Text => "TEXT",
        Affinity::Blob => "BLOB",
        Affinity::Real => "REAL",
        Affinity::Numeric => "NUMERIC",
    }
}

fn copy(catalogue: &Catalogue, draft: &Draft, old: &str) -> Option<String> {
    let schema = quote(&catalogue.schema);
    let name = quote(&catalogue.table.name);
    // The alias lets an expression name the table. NOT INDEXED keeps the rows in their order: the planner would else read
    // them from a covering index.
    let from = format!("FROM {schema}.{} AS {name} NOT INDEXED", quote(old));
    // OR ABORT, because a clause like UNIQUE ON CONFLICT IGNORE would else drop rows without a word.
    let into = format!("INSERT OR ABORT INTO {schema}.{name}");
    let how = rowids(&catalogue.table, draft);
    if how == Rowids::Implied && unchanged(&catalogue.table, draft) {
        // In this form SQLite copies whole records where the two tables allow it.
        return Some(format!("{into} SELECT * {from}"));
    }
    let mut pairs = pairs(draft);
    if how == Rowids::Copied
        && let (Some(new_word), Some(old_word)) =
            (rowid_word(&draft.table), rowid_word(&catalogue.table))
    {
        pairs.insert(0, (new_word.to_owned(), format!("{name}.{old_word}")));
    }
    if pairs.is_empty() {
        return None;
    }
    let (columns, values): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    Some(format!(
        "{into} ({}) SELECT {} {from}",
        columns.join(", "),
        values.join(", ")
    ))
}

/// Whether every column is copied as it is, in its order.
fn unchanged(old: &TableSql, draft: &Draft) -> bool {
    let plain = |table: &TableSql| !table.columns.iter().any(|column| column.is_generated());
    plain(old)
        && plain(&draft.table)
        && old.columns.len() == draft.sources.len()
        && old
            .columns
            .iter()
            .zip(&draft.sources)
            .all(|(column, source)| matches!(source, Source::Copy(from) if same_name(from, &column.name)))
}

/// Takes away what ANALYZE said about indexes that are gone or are now others of the same name.
fn statistics(catalogue: &Catalogue, draft: &Draft) -> Vec<String> {
    let schema = quote(&catalogue.schema);
    let name = literal(&catalogue.table.name);
    let keys = |table: &TableSql| -> Vec<Vec<String>> {
        table
            .every_constraint()
            .filter(|(_, each)| matches!(each.kind, Kind::PrimaryKey { .. } | Kind::Unique { .. }))
            .map(|(at, each)| {
                each.columns(at)
                    .iter()
                    .map(|name| name.to_lowercase())
                    .collect()
            })
            .collect()
    };
    let same_keys = keys(&catalogue.table) == keys(&draft.table)
        && catalogue.table.is_without_rowid() == draft.table.is_without_rowid()
        && catalogue.table.rowid_alias().is_some() == draft.table.rowid_alias().is_some();
    let gone: Vec<String> = catalogue
        .indexes
        .iter()
        .filter(|index| !kept_indexes(catalogue, draft).any(|kept| kept.name == index.name))
        .map(|index| literal(&index.name))
        .collect();
    let mut conditions = Vec::new();
    if !gone.is_empty() {
        conditions.push(format!("idx IN ({})", gone.join(", ")));
    }
    if !same_keys {
        conditions.push(format!(
            "idx LIKE 'sqlite\\_autoindex\\_%' ESCAPE '\\' OR idx = {name}"
        ));
    }
    if conditions.is_empty() {
        return Vec::new();
    }
    catalogue
        .statistics
        .iter()
        .map(|table| {
            format!(
                "DELETE FROM {schema}.{table} WHERE tbl = {name} AND ({})",
                conditions.join(" OR ")
            )
        })
        .collect()
}

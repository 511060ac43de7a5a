//! What has to be true of the rows before a change, asked with plain SELECTs so that the answer can say how many rows are
//! wrong and why.

use super::{
    super::table_sql::{Affinity, Column, Constraint, Kind, TableSql, quote, same_name},
    catalogue::{Catalogue, number, rows, text_at},
    draft::{Draft, Source, default_of},
    error::RebuildError,
    statements::value_of,
};
use crate::{dialect::Query, schema::Value};

/// Refuses values that a new type would damage, NULLs that are to be forbidden, and new columns without a value.
pub(crate) async fn values(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
) -> Result<(), RebuildError> {
    for (column, source) in draft.table.columns.iter().zip(&draft.sources) {
        if let Source::Cast(from, affinity) = source {
            damage(query, catalogue, draft, column, from, *affinity).await?;
        }
        if needs_value(&draft.table, column) {
            not_null(query, catalogue, draft, column, source).await?;
        }
    }
    Ok(())
}

/// Whether NULL is forbidden in a column, by NOT NULL or because it would number itself.
fn needs_value(table: &TableSql, column: &Column) -> bool {
    !column.is_generated()
        && (column.is_not_null()
            || table
                .rowid_alias()
                .is_some_and(|alias| alias.name == column.name))
}

async fn not_null(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
    column: &Column,
    source: &Source,
) -> Result<(), RebuildError> {
    let table = &catalogue.table.name;
    let value = match source {
        Source::New { default } => {
            let alias = draft
                .table
                .rowid_alias()
                .is_some_and(|alias| alias.name == column.name);
            let null = default
                .as_deref()
                .is_none_or(|text| text.eq_ignore_ascii_case("NULL"));
            if alias || !null {
                return Ok(());
            }
            let sql = format!(
                "SELECT EXISTS (SELECT 1 FROM {})",
                catalogue.qualified_name()
            );
            return match number(query, table, &sql).await? {
                0 => Ok(()),
                _ => Err(RebuildError::NoValue {
                    table: table.clone(),
                    column: column.name.clone(),
                }),
            };
        }
        Source::Copy(from) => {
            let already = catalogue
                .table
                .column(from)
                .is_some_and(|old| needs_value(&catalogue.table, old));
            if already {
                return Ok(());
            }
            quote(from)
        }
        other => value_of(other).unwrap_or_default(),
    };
    let sql = format!(
        "SELECT count(*) FROM {} WHERE {value} IS NULL",
        catalogue.qualified_name()
    );
    match number(query, table, &sql).await? {
        0 => Ok(()),
        count => Err(RebuildError::NullValues {
            table: table.clone(),
            column: column.name.clone(),
            count,
        }),
    }
}

/// Refuses a cast that would lose something. `CAST('abc' AS INTEGER)` is 0 and `CAST(1.5 AS INTEGER)` is 1, both without a
/// word. A value is safe when the cast value equals it by SQLite's own comparison, which reads text as a number only if all
/// of it is one; for a cast to text or bytes, when casting back gives the same.
async fn damage(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
    column: &Column,
    from: &str,
    affinity: Affinity,
) -> Result<(), RebuildError> {
    let value = quote(from);
    let bad = match affinity {
        Affinity::Integer => {
            format!("typeof({value}) = 'blob' OR NOT (CAST({value} AS INTEGER) = {value})")
        }
        Affinity::Real => {
            format!("typeof({value}) = 'blob' OR NOT (CAST({value} AS REAL) = {value})")
        }
        Affinity::Text => format!(
            "(typeof({value}) = 'real' AND CAST(CAST({value} AS TEXT) AS REAL) <> {value}) \
             OR (typeof({value}) = 'blob' AND CAST(CAST({value} AS TEXT) AS BLOB) <> {value})"
        ),
        Affinity::Blob => format!("typeof({value}) NOT IN ('text', 'blob')"),
        Affinity::Numeric => return Ok(()),
    };
    let table = &catalogue.table.name;
    let sql = format!(
        "SELECT count(*), min(quote({value})) FROM {} WHERE {value} IS NOT NULL AND ({bad})",
        catalogue.qualified_name()
    );
    let found = rows(query, table, &sql, &[]).await?;
    let count = found
        .first()
        .and_then(|row| row.first())
        .and_then(Value::as_integer)
        .unwrap_or_default();
    if count == 0 {
        return Ok(());
    }
    Err(RebuildError::Damaged {
        table: table.clone(),
        column: column.name.clone(),
        declared: draft.table.type_of(column).to_owned(),
        count,
        example: found
            .first()
            .map(|row| text_at(row, 1).to_owned())
            .unwrap_or_default(),
    })
}

/// CHECKs of the draft that the old table does not have.
pub(crate) fn new_checks<'a>(old: &TableSql, new: &'a TableSql) -> Vec<(&'a Constraint, &'a str)> {
    let known: Vec<&str> = checks(old).map(|(_, text)| text).collect();
    checks(new)
        .filter(|(_, text)| !known.contains(text))
        .collect()
}

fn checks(table: &TableSql) -> impl Iterator<Item = (&Constraint, &str)> {
    table
        .every_constraint()
        .filter_map(|(_, each)| match &each.kind {
            Kind::Check { expression } => Some((each, table.at(expression))),
            _ => None,
        })
}

/// Refuses new CHECKs that rows violate; only for a table whose columns stay as they are.
pub(crate) async fn checks_hold(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
) -> Result<(), RebuildError> {
    for (constraint, expression) in new_checks(&catalogue.table, &draft.table) {
        let sql = format!(
            "SELECT count(*) FROM {} WHERE NOT ({expression}\n)",
            catalogue.qualified_name()
        );
        let count = number(query, &catalogue.table.name, &sql).await?;
        if count > 0 {
            return Err(RebuildError::CheckViolated {
                table: catalogue.table.name.clone(),
                constraint: draft.table.at(&constraint.span).to_owned(),
                count,
            });
        }
    }
    Ok(())
}

/// Whether the copied rows have to be checked: a CHECK is new, or values change under an old one. Rows that an old CHECK
/// already forbids (SQLite lets them in by `ignore_check_constraints`) must not stop an unrelated change.
pub(crate) fn must_check(catalogue: &Catalogue, draft: &Draft) -> bool {
    !new_checks(&catalogue.table, &draft.table).is_empty()
        || draft
            .sources
            .iter()
            .any(|source| !matches!(source, Source::Copy(_) | Source::New { default: None }))
        || draft
            .table
            .columns
            .iter()
            .zip(&draft.sources)
            .any(|(column, source)| {
                matches!(source, Source::New { .. }) && default_of(&draft.table, column).is_some()
            })
        || draft.table.columns.iter().any(|column| {
            catalogue
                .table
                .columns
                .iter()
                .find(|old| same_name(&old.name, &column.name))
                .is_some_and(|old| draft.table.type_of(column) != catalogue.table.type_of(old))
        })
}

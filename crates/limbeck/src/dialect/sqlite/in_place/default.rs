//! When a default can be changed without changing rows.
//!
//! `ALTER TABLE … ADD COLUMN` leaves the rows that are there as short as they were; reading one, SQLite fills in the column's
//! default *from the schema as it is now*. Changing the default's text alone would change what such rows hold. SQL cannot see
//! how long a stored row is, and the text does not tell which columns came later. But a short row shows in every column that it
//! lacks exactly the default (NULL where that is none or no constant), and a row that lacks a column lacks all columns after
//! it. So if no row shows defaults in the changed column and in all stored columns after it, every row holds the changed
//! column itself, and the text may be changed. If one does, or a default cannot be compared for certain, the table is rebuilt:
//! that writes every value out.

use crate::dialect::{
    Query,
    sqlite::{
        rebuild::{
            RebuildError,
            catalogue::{Catalogue, number},
            draft::{Draft, default_of},
            value::{as_value, is_literal},
        },
        table_sql::{in_parentheses, quote},
    },
};

/// Whether every row is known to hold all columns whose default the draft changes.
pub(crate) async fn rows_are_complete(
    query: &mut dyn Query,
    catalogue: &Catalogue,
    draft: &Draft,
) -> Result<bool, RebuildError> {
    let old = &catalogue.table;
    let changed = old
        .columns
        .iter()
        .zip(&draft.table.columns)
        .rposition(|(before, after)| {
            let bare = |default| in_parentheses(default).unwrap_or(default).trim();
            default_of(old, before).map(bare) != default_of(&draft.table, after).map(bare)
        });
    // A row that holds the last changed column holds those before it.
    let Some(first) = changed else {
        return Ok(true);
    };
    let mut conditions = Vec::new();
    for column in old.columns.iter().skip(first) {
        // The rowid is never in the row, and computed columns may not be.
        let key = old
            .rowid_alias()
            .is_some_and(|alias| alias.name == column.name);
        if key || column.is_generated() {
            continue;
        }
        let name = quote(&column.name);
        conditions.push(match default_of(old, column) {
            None => format!("{name} IS NULL"),
            Some(default) if is_literal(default) => {
                format!("({name} IS NULL OR {name} IS {})", as_value(default))
            }
            // Any value may be what the default gives.
            Some(_) => continue,
        });
    }
    let condition = match conditions.is_empty() {
        true => "1".to_owned(),
        false => conditions.join(" AND "),
    };
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM {} WHERE {condition})",
        catalogue.qualified_name()
    );
    Ok(number(query, &old.name, &sql).await? == 0)
}

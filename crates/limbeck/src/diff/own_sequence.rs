//! Columns that a sequence of their own numbers, under another name than the database would choose today.
//!
//! `SERIAL` asks for a sequence, not for its name. The database chooses one from the names of table and column, and keeps it
//! when they are renamed, so a column that was `SERIAL` once is still what a model means by it.

use super::{Equivalence, create::sequence_of, pairing::same_qualified};
use crate::schema::{Column, ColumnDefault, Database, GrantTarget, Sequence, Table};

/// Gives the wanted columns that are numbered by any sequence the one that numbers them already.
pub(super) fn keep(actual: &Database, wanted: &mut Database, equivalence: &dyn Equivalence) {
    let mut there = actual.sequences.iter();
    if !there.any(|sequence| sequence.owned_by.is_some()) {
        return;
    }
    let Database {
        tables,
        sequences,
        grants,
        ..
    } = wanted;
    for table in tables {
        let same = |other: &&Table| same_qualified(equivalence, &other.name, &table.name);
        let Some(there) = actual.tables.iter().find(same) else {
            continue;
        };
        for column in &mut table.columns {
            if !takes_any(column) {
                continue;
            }
            let found = there.column(&column.name);
            let Some((found, sequence)) =
                found.and_then(|found| Some((found, own(actual, there, found)?)))
            else {
                continue;
            };
            if let Some(grants) = grants {
                let chosen = table
                    .name
                    .sibling(format!("{}_{}_seq", table.name.name, column.name));
                let target = GrantTarget::Sequence;
                grants.follow(&target(chosen), &target(sequence.name.clone()));
            }
            column.default = found.default.clone();
            column.autoincrement = found.autoincrement;
            let same = |one: &Sequence| same_qualified(equivalence, &one.name, &sequence.name);
            if !sequences.iter().any(same) {
                let mut kept = sequence.clone();
                if !equivalence.same_type(&found.data_type, &column.data_type) {
                    // It has to count as far as the column.
                    kept.data_type = Some(column.data_type.clone());
                }
                sequences.push(kept);
            }
        }
    }
}

/// Whether the column is numbered and the model says no sequence.
fn takes_any(column: &Column) -> bool {
    column.autoincrement == Some(true)
        && matches!(&column.default, Some(ColumnDefault::Expression(text)) if sequence_of(text).is_some())
}

/// The sequence with a name of its own that belongs to the column, gives it its default and counts as usual.
fn own<'a>(database: &'a Database, table: &Table, column: &Column) -> Option<&'a Sequence> {
    let Some(ColumnDefault::Expression(text)) = &column.default else {
        return None;
    };
    let used = sequence_of(text)?;
    let used = used.replace('"', "");
    database.sequences.iter().find(|sequence| {
        let belongs = sequence
            .owned_by
            .as_ref()
            .is_some_and(|(owner, of)| *owner == table.name && *of == column.name);
        let name = sequence.name.name.as_str();
        belongs
            && sequence.options.is_default()
            && used
                .strip_suffix(name)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

//! Columns that a sequence of their own numbers, under another name than the database would choose today.
//!
//! `SERIAL` asks for a sequence, not for its name. The database chooses one from the names of table and column, and keeps it
//! when they are renamed, so a column that was `SERIAL` once is still what a model means by it.

use std::collections::HashMap;

use super::{Equivalence, create::sequence_of, numbering::usual_name, pairing::ByName};
use crate::schema::{
    Column, ColumnDefault, Database, GrantTarget, Identifier, QualifiedName, Sequence, Table,
};

/// Sequences by the table and column that they belong to.
type Owned<'a> = HashMap<(&'a QualifiedName, &'a Identifier), Vec<&'a Sequence>>;

/// Gives the wanted columns that are numbered by any sequence the one that numbers them already.
pub(super) fn keep(
    actual: &Database,
    actual_tables: &ByName<'_, Table>,
    wanted: &mut Database,
    equivalence: &dyn Equivalence,
) {
    let mut owned: Owned<'_> = HashMap::new();
    for sequence in &actual.sequences {
        if let Some((table, column)) = &sequence.owned_by {
            owned.entry((table, column)).or_default().push(sequence);
        }
    }
    if owned.is_empty() {
        return;
    }
    let Database {
        tables,
        sequences,
        grants,
        ..
    } = wanted;
    let stated = ByName::of(sequences, |sequence| &sequence.name, equivalence);
    let mut kept_ones = Vec::new();
    for table in tables {
        let Some(there) = actual_tables.find(&table.name) else {
            continue;
        };
        for column in &mut table.columns {
            if !takes_any(column) {
                continue;
            }
            let found = there.column(&column.name);
            let Some((found, sequence)) =
                found.and_then(|found| Some((found, own(&owned, there, found)?)))
            else {
                continue;
            };
            if let Some(grants) = grants {
                let chosen = usual_name(&table.name, &column.name);
                let target = GrantTarget::Sequence;
                grants.follow(&target(chosen), &target(sequence.name.clone()));
            }
            column.default = found.default.clone();
            column.autoincrement = found.autoincrement;
            if stated.find(&sequence.name).is_none() {
                let mut kept = sequence.clone();
                if !equivalence.same_type(&found.data_type, &column.data_type) {
                    // It has to count as far as the column.
                    kept.data_type = Some(column.data_type.clone());
                }
                kept_ones.push(kept);
            }
        }
    }
    sequences.extend(kept_ones);
}

/// Whether the column is numbered and the model says no sequence.
fn takes_any(column: &Column) -> bool {
    column.autoincrement == Some(true)
        && matches!(&column.default, Some(ColumnDefault::Expression(text)) if sequence_of(text).is_some())
}

/// The sequence with a name of its own that belongs to the column, gives it its default and counts as usual.
fn own<'a>(owned: &Owned<'a>, table: &Table, column: &Column) -> Option<&'a Sequence> {
    let Some(ColumnDefault::Expression(text)) = &column.default else {
        return None;
    };
    let used = sequence_of(text)?;
    let used = used.replace('"', "");
    let mut of_column = owned.get(&(&table.name, &column.name))?.iter().copied();
    of_column.find(|sequence| {
        let name = sequence.name.name.as_str();
        sequence.options.is_default()
            && used
                .strip_suffix(name)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

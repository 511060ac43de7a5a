//! Changes of one table, put in as few rebuilds as their order allows.
//!
//! Renames are SQLite's own (`RENAME COLUMN` follows a name into views, triggers, indexes and other tables' foreign keys), so
//! they stand between rebuilds. A change that does not use a renamed name may move across the rename, which nearly always
//! leaves one rebuild.

use super::super::{
    change::{ColumnPlace, ConstraintChoice, TableChange},
    table_sql::mentions,
};

/// Renames, and then the changes that one rebuild does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    /// Old and new names.
    pub(crate) renames: Vec<(String, String)>,
    pub(crate) changes: Vec<TableChange>,
}

/// Puts `changes` in batches that have the same effect in order.
pub(crate) fn batches(changes: &[TableChange]) -> Vec<Batch> {
    let mut batches = vec![Batch::default()];
    for change in changes {
        if let TableChange::RenameColumn { column, to } = change {
            rename(&mut batches, column, to);
        } else {
            place(&mut batches, change);
        }
    }
    batches.retain(|batch| !batch.renames.is_empty() || !batch.changes.is_empty());
    batches
}

fn rename(batches: &mut Vec<Batch>, column: &str, to: &str) {
    let pair = (column.to_owned(), to.to_owned());
    let moves = batches.last().is_some_and(|batch| {
        batch
            .changes
            .iter()
            .all(|change| !uses(change, column) && !uses(change, to))
    });
    match batches.last_mut() {
        Some(batch) if moves => batch.renames.push(pair),
        _ => batches.push(Batch {
            renames: vec![pair],
            changes: Vec::new(),
        }),
    }
}

fn place(batches: &mut [Batch], change: &TableChange) {
    let mut at = batches.len().saturating_sub(1);
    while at > 0
        && batches.get(at).is_some_and(|batch| {
            batch.changes.is_empty()
                && batch
                    .renames
                    .iter()
                    .all(|(column, to)| !uses(change, column) && !uses(change, to))
        })
    {
        at -= 1;
    }
    if let Some(batch) = batches.get_mut(at) {
        batch.changes.push(change.clone());
    }
}

/// Whether a change names a column, in a field or inside an expression.
fn uses(change: &TableChange, column: &str) -> bool {
    let is = |name: &String| name.eq_ignore_ascii_case(column);
    let at = |place: &ColumnPlace| match place {
        ColumnPlace::First => false,
        ColumnPlace::Before(name) | ColumnPlace::After(name) => is(name),
    };
    match change {
        TableChange::AddColumn {
            definition, place, ..
        } => mentions(definition, column) || place.as_ref().is_some_and(at),
        TableChange::DropColumn { column: name, .. }
        | TableChange::SetCollation { column: name, .. }
        | TableChange::SetNotNull { column: name }
        | TableChange::SetConflict { column: name, .. }
        | TableChange::DropNotNull { column: name }
        | TableChange::SetDefault { column: name, .. }
        | TableChange::DropDefault { column: name } => is(name),
        TableChange::RenameColumn { column: name, to } => is(name) || is(to),
        TableChange::MoveColumn {
            column: name,
            place,
        } => is(name) || at(place),
        TableChange::SetType {
            column: name,
            using,
            ..
        } => is(name) || using.as_ref().is_some_and(|text| mentions(text, column)),
        TableChange::AddConstraint { definition } => mentions(definition, column),
        TableChange::DropConstraint { constraint, .. } => match constraint {
            // A name that PostgreSQL would have given holds the columns' names.
            ConstraintChoice::Named { name, .. } => name
                .to_ascii_lowercase()
                .contains(&column.to_ascii_lowercase()),
            ConstraintChoice::Of { columns, .. } => columns.iter().any(is),
            ConstraintChoice::Check { expression } => mentions(expression, column),
        },
        TableChange::RenameConstraint { constraint, .. } => constraint
            .to_ascii_lowercase()
            .contains(&column.to_ascii_lowercase()),
        // It is done to the text that all else leaves.
        TableChange::Restate { .. } => true,
        TableChange::SetStrict(_)
        | TableChange::SetWithoutRowid(_)
        | TableChange::SetAutoincrement(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rename(column: &str, to: &str) -> TableChange {
        TableChange::RenameColumn {
            column: column.into(),
            to: to.into(),
        }
    }

    fn not_null(column: &str) -> TableChange {
        TableChange::SetNotNull {
            column: column.into(),
        }
    }

    #[test]
    fn one_rebuild_is_enough_around_a_rename() {
        let found = batches(&[not_null("a"), rename("a", "b"), not_null("c")]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].changes, [not_null("a"), not_null("c")]);
        assert!(found[1].changes.is_empty());
    }

    #[test]
    fn a_rename_moves_forward_past_what_does_not_use_it() {
        let found = batches(&[not_null("x"), rename("a", "b"), not_null("b")]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].changes, [not_null("x"), not_null("b")]);
    }

    #[test]
    fn a_name_that_is_taken_over_keeps_its_order() {
        let drop = TableChange::DropColumn {
            column: "a".into(),
            if_exists: false,
        };
        let found = batches(&[drop.clone(), rename("b", "a"), not_null("a")]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].changes, [drop]);
        assert_eq!(found[1].changes, [not_null("a")]);
    }
}

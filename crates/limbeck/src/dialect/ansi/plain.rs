//! What dialects share that read plain statements themselves, and compare what they say with what there is.

use crate::{
    diff::Equivalence,
    schema::{Constraint, Table},
};

/// Columns of a primary key refuse NULL without saying so.
pub(in crate::dialect) fn refuse_null_in_keys(table: &mut Table) {
    for constraint in &table.constraints {
        if let Constraint::PrimaryKey(key) = constraint {
            for column in &mut table.columns {
                column.nullable &= !key.columns.contains(&column.name);
            }
        }
    }
}

/// What remains of the actual things when each stated one has found its like, in any order; `None` where one finds none.
pub(in crate::dialect) fn left_over<'a, T>(
    stated: &[T],
    actual: &'a [T],
    same: impl Fn(&T, &T) -> bool,
) -> Option<Vec<&'a T>> {
    let mut left: Vec<&T> = actual.iter().collect();
    for said in stated {
        let place = left.iter().position(|is| same(said, is))?;
        left.swap_remove(place);
    }
    Some(left)
}

/// Whether the two lists hold the same, in any order.
pub(in crate::dialect) fn each_has_its_like<T>(
    stated: &[T],
    actual: &[T],
    same: impl Fn(&T, &T) -> bool,
) -> bool {
    stated.len() == actual.len() && left_over(stated, actual, same).is_some()
}

/// Whether a constraint is the one of `table`, which has the name it states, or one that the server made up where it states
/// none.
pub(in crate::dialect) fn same_constraint(
    equivalence: &dyn Equivalence,
    stated: &Constraint,
    actual: &Constraint,
    table: &Table,
) -> bool {
    if stated.name() == actual.name() {
        return stated == actual;
    }
    stated.name().is_none() && equivalence.is_generated_name(table, actual) && {
        let mut named = stated.clone();
        named.set_name(actual.name().cloned());
        named == *actual
    }
}

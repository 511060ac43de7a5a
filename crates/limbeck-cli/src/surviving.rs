//! What a comparison has found, without what the functions of env.py have taken out of the script.

use std::collections::HashSet;

use limbeck::{
    diff::{Change, Detected},
    migrator::autogenerate::Difference,
    operation::{AlterColumn, Operation},
};
use limbeck_python::autogenerate::Draft;

/// What is left to tell. Where nothing of the comparison is left but the script still does something, all of it is told.
pub(crate) fn detected(difference: &Difference, scripts: &[Draft]) -> Vec<Detected> {
    if scripts.iter().all(Draft::is_empty) {
        return Vec::new();
    }
    let operations: Vec<&Operation> = scripts.iter().flat_map(Draft::operations).collect();
    let kept: HashSet<String> = operations.iter().map(|one| one.to_string()).collect();
    let altered: Vec<&AlterColumn> = operations.iter().copied().filter_map(alteration).collect();
    let found = difference.upgrade().changes.into_iter();
    let left: Vec<Detected> = found
        .flat_map(|change| of_change(change, &kept, &altered))
        .collect();
    match left.is_empty() {
        true => difference.detected(),
        false => left,
    }
}

fn of_change(change: Change, kept: &HashSet<String>, altered: &[&AlterColumn]) -> Vec<Detected> {
    let Change {
        operations,
        mut what,
        ..
    } = change;
    // A column's change may be kept in part.
    if let Some(alter) = operations.iter().find_map(alteration) {
        let place = |one: &AlterColumn| (one.table.to_string(), one.column.to_string());
        let mut same = altered.iter().filter(|one| place(one) == place(alter));
        return match same.next() {
            None => Vec::new(),
            Some(left) => {
                what.retain(|what| is_left(what, left));
                what
            }
        };
    }
    let is_kept = |one: &Operation| kept.contains(&one.to_string());
    match operations.is_empty() || operations.iter().any(is_kept) {
        true => what,
        false => Vec::new(),
    }
}

fn alteration(operation: &Operation) -> Option<&AlterColumn> {
    match operation {
        Operation::AlterColumn(alter) => Some(alter),
        _ => None,
    }
}

fn is_left(what: &Detected, alter: &AlterColumn) -> bool {
    match what {
        Detected::Nullable { .. } => alter.nullable.is_some(),
        Detected::Type { .. } => alter.data_type.is_some(),
        Detected::Default { .. } => alter.default.is_given(),
        Detected::ColumnComment { .. } => alter.comment.is_given(),
        _ => true,
    }
}

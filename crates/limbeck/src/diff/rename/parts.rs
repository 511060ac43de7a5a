//! Renames of indexes and constraints, one after the other so that no name is taken.

use std::collections::{BTreeMap, BTreeSet};

use super::sequence::{self, Step};
use crate::{
    diff::Change,
    operation::{Operation, RenameConstraint, RenameIndex},
    schema::Identifier,
};

/// The renames in an order that works. Some databases count all these names within a schema, so all are one list.
pub(in crate::diff) fn in_turn(renames: Vec<Change>) -> Vec<Change> {
    let mut wanted: Vec<Step> = Vec::new();
    let mut by_name: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    for change in renames {
        let Some(step) = change.operations.first().and_then(step) else {
            continue;
        };
        by_name.entry(step.0.clone()).or_default().push(change);
        wanted.push(step);
    }
    wanted.sort();
    wanted.dedup_by(|a, b| a.0 == b.0);
    let taken: BTreeSet<String> = by_name.keys().cloned().collect();
    let mut changes = Vec::new();
    for (from, to) in sequence::steps(&wanted, &taken) {
        let all = by_name.remove(&from).unwrap_or_default();
        if wanted.iter().any(|(_, target)| *target == to) {
            changes.extend(all);
            continue;
        }
        // It steps aside first; what was detected is told when it gets its name.
        let mut later = Vec::new();
        for mut change in all {
            let operation = change.operations.first();
            let aside = operation.and_then(|one| renamed(one, None, Some(&to)));
            change.operations = operation
                .and_then(|one| renamed(one, Some(&to), None))
                .into_iter()
                .collect();
            changes.push(Change {
                operations: aside.into_iter().collect(),
                ..Change::default()
            });
            later.push(change);
        }
        by_name.insert(to, later);
    }
    changes.extend(by_name.into_values().flatten());
    changes
}

fn step(operation: &Operation) -> Option<Step> {
    let text = |name: &Identifier| name.as_str().to_owned();
    match operation {
        Operation::RenameConstraint(one) => Some((text(&one.name), text(&one.new_name))),
        Operation::RenameIndex(one) => Some((text(&one.index.name), text(&one.new_name))),
        _ => None,
    }
}

/// The same rename from or to another name.
fn renamed(operation: &Operation, from: Option<&str>, to: Option<&str>) -> Option<Operation> {
    let named =
        |given: Option<&str>, old: &Identifier| given.map_or_else(|| old.clone(), Identifier::new);
    match operation {
        Operation::RenameConstraint(one) => Some(
            RenameConstraint {
                table: one.table.clone(),
                name: named(from, &one.name),
                new_name: named(to, &one.new_name),
            }
            .into(),
        ),
        Operation::RenameIndex(one) => Some(
            RenameIndex {
                index: one.index.sibling(named(from, &one.index.name)),
                table: one.table.clone(),
                new_name: named(to, &one.new_name),
                definition: one.definition.clone(),
            }
            .into(),
        ),
        _ => None,
    }
}

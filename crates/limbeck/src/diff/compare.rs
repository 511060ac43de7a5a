//! The way from one schema to another.

use super::{Change, Comparison, Decisions, Detected, Language, Object, Sides, column};
use crate::{
    operation::{CreateTable, DropTable, Operation},
    schema::Table,
};

/// Compares two schemas and says what leads from the actual to the wanted one, in an order that works.
///
/// The result is the same to the byte for the same schemas, whatever order their parts come in.
pub fn compare(sides: Sides<'_>, language: Language<'_>, decisions: &Decisions) -> Comparison {
    let _ = decisions;
    let mut changes = Vec::new();
    for wanted in sorted(&sides.wanted.tables) {
        match find(&sides.actual.tables, wanted) {
            Some(actual) => changes.extend(column::changes(actual, wanted, language)),
            None => changes.push(one(
                Detected::Added {
                    object: Object::Table(wanted.name.clone()),
                },
                CreateTable {
                    table: wanted.clone(),
                    if_not_exists: false,
                },
            )),
        }
    }
    for actual in sorted(&sides.actual.tables) {
        if find(&sides.wanted.tables, actual).is_none() {
            changes.push(one(
                Detected::Removed {
                    object: Object::Table(actual.name.clone()),
                },
                DropTable {
                    table: actual.name.clone(),
                    if_exists: false,
                    cascade: false,
                    original: Some(actual.clone()),
                },
            ));
        }
    }
    Comparison {
        changes,
        ..Comparison::default()
    }
}

fn sorted(tables: &[Table]) -> Vec<&Table> {
    let mut sorted: Vec<&Table> = tables.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    sorted
}

fn find<'a>(tables: &'a [Table], like: &Table) -> Option<&'a Table> {
    tables.iter().find(|table| table.name == like.name)
}

fn one(what: Detected, operation: impl Into<Operation>) -> Change {
    Change {
        operations: vec![operation.into()],
        what: vec![what],
        hazards: Vec::new(),
    }
}

//! Columns of a table that stays.

use super::{Change, Detected, Hazard, Language, Object, detected::DefaultKind};
use crate::{
    operation::{AddColumn, AlterColumn, DropColumn, ExistingColumn, Given},
    schema::{Column, ColumnDefault, Table},
};

/// Columns added, altered and dropped.
pub(super) fn changes(actual: &Table, wanted: &Table, language: Language<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for column in &wanted.columns {
        match actual.column(&column.name) {
            Some(existing) => changes.extend(altered(wanted, existing, column, language)),
            None => changes.push(added(wanted, column)),
        }
    }
    for column in &actual.columns {
        if wanted.column(&column.name).is_none() {
            changes.push(dropped(wanted, column));
        }
    }
    changes
}

fn added(table: &Table, column: &Column) -> Change {
    let hazard = Hazard::AddsRequiredColumn {
        table: table.name.clone(),
        column: column.name.clone(),
    };
    let required = !column.nullable && column.default.is_none();
    Change {
        operations: vec![AddColumn::new(table.name.clone(), column.clone()).into()],
        what: vec![Detected::Added {
            object: object(table, column),
        }],
        hazards: required.then_some(hazard).into_iter().collect(),
    }
}

fn dropped(table: &Table, column: &Column) -> Change {
    let operation = DropColumn {
        table: table.name.clone(),
        column: column.name.clone(),
        if_exists: false,
        cascade: false,
        original: Some(column.clone()),
    };
    Change {
        operations: vec![operation.into()],
        what: vec![Detected::Removed {
            object: object(table, column),
        }],
        hazards: vec![Hazard::DropsColumn {
            table: table.name.clone(),
            column: column.name.clone(),
        }],
    }
}

fn object(table: &Table, column: &Column) -> Object {
    Object::Column {
        table: table.name.clone(),
        column: column.name.clone(),
    }
}

/// What is different about a column.
fn altered(
    table: &Table,
    actual: &Column,
    wanted: &Column,
    language: Language<'_>,
) -> Option<Change> {
    let equivalence = language.equivalence;
    let (name, column) = (&table.name, &wanted.name);
    let mut alter = AlterColumn::new(name.clone(), actual.name.clone());
    let mut what = Vec::new();
    let mut hazards = Vec::new();
    if !equivalence.same_type(&actual.data_type, &wanted.data_type) {
        alter.data_type = Some(wanted.data_type.clone());
        alter.using = equivalence.conversion(column, &actual.data_type, &wanted.data_type);
        what.push(Detected::Type {
            table: name.clone(),
            column: column.clone(),
            from: actual.data_type.clone(),
            to: wanted.data_type.clone(),
        });
    }
    if actual.nullable != wanted.nullable {
        alter.nullable = Some(wanted.nullable);
        what.push(Detected::Nullable {
            table: name.clone(),
            column: column.clone(),
            nullable: wanted.nullable,
        });
        if !wanted.nullable {
            hazards.push(Hazard::SetsNotNull {
                table: name.clone(),
                column: column.clone(),
            });
        }
    }
    let (from, to) = (actual.default.as_ref(), wanted.default.as_ref());
    if !equivalence.same_default(from, to, &wanted.data_type) {
        alter.default = Given::Value(wanted.default.clone());
        what.push(Detected::Default {
            table: name.clone(),
            column: column.clone(),
            what: default_kind(to.or(from)),
        });
    }
    if actual.comment != wanted.comment {
        alter.comment = Given::Value(wanted.comment.clone());
        what.push(Detected::ColumnComment {
            table: name.clone(),
            column: column.clone(),
        });
    }
    if what.is_empty() {
        return None;
    }
    alter.existing = ExistingColumn {
        data_type: Some(actual.data_type.clone()),
        nullable: Some(actual.nullable),
        default: Given::Value(actual.default.clone()),
        comment: actual.comment.clone(),
        autoincrement: actual.autoincrement,
    };
    Some(Change {
        operations: vec![alter.into()],
        what,
        hazards,
    })
}

fn default_kind(default: Option<&ColumnDefault>) -> DefaultKind {
    match default {
        Some(ColumnDefault::Computed(_)) => DefaultKind::Computed,
        Some(ColumnDefault::Identity(_)) => DefaultKind::Identity,
        _ => DefaultKind::Default,
    }
}

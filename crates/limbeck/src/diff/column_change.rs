//! The operations of a column that is added, altered or dropped.

use super::{
    Change, DefaultKind, Detected, Fill, Hazard, Object,
    column::{Alteration, ColumnChange, numbers_rows},
    context::Context,
    counting, numbering,
    order::{Phase, Plan},
};
use crate::{
    dialect::AlterForm,
    operation::{
        AddColumn, AlterColumn, Batches, DropColumn, Execute, ExistingColumn, Given, Operation,
    },
    schema::{Column, ColumnDefault, Constraint, DataType, Identifier, Table},
};

/// A table that stays, on both sides.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) actual: &'a Table,
    pub(super) wanted: &'a Table,
    /// Whether its primary key goes, for good or to come back.
    pub(super) loses_key: bool,
}

/// Plans what happens to the columns of a table.
pub(super) fn plan(
    sides: Sides<'_>,
    changes: &[ColumnChange<'_>],
    context: Context<'_>,
    plan: &mut Plan,
) {
    for change in changes {
        match change {
            ColumnChange::Added(column) => added(sides, column, context, plan),
            ColumnChange::Removed(column) => removed(sides.wanted, column, plan),
            ColumnChange::Altered(alteration) => altered(sides, alteration, context, plan),
            ColumnChange::Recreated(..) => {}
        }
    }
    recreated(sides, changes, context, plan);
    numbering::keep(sides, changes, context, plan);
}

fn object(table: &Table, column: &Column) -> Object {
    Object::Column {
        table: table.name.clone(),
        column: column.name.clone(),
    }
}

fn fill<'a>(table: &Table, column: &Identifier, context: &Context<'a>) -> Option<&'a Fill> {
    let equivalence = context.language.equivalence;
    let mut fills = context.decisions.fills.iter();
    fills.find(|fill| {
        super::pairing::same_qualified(equivalence, &fill.table, &table.name)
            && equivalence.same_name(&fill.column, column)
    })
}

/// Gives the rows that have NULL the fill's value.
fn fill_rows(table: &Table, column: &Identifier, fill: &Fill, context: &Context<'_>) -> Operation {
    let quoted = |name: &Identifier| context.language.equivalence.quoted(name);
    let key = table.primary_key().map(|key| key.columns.as_slice());
    let batches = match (fill.batch_rows, key) {
        (Some(rows), Some([key])) => Some(Batches {
            rows,
            key: quoted(key),
        }),
        _ => None,
    };
    let table = match &table.name.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&table.name.name)),
        None => quoted(&table.name.name),
    };
    let column = quoted(column);
    let expression = &fill.expression;
    let update = format!("UPDATE {table} SET {column} = {expression} WHERE {column} IS NULL");
    let mut update = Execute::new(update);
    update.batches = batches;
    update.into()
}

fn added(sides: Sides<'_>, wanted: &Column, context: Context<'_>, plan: &mut Plan) {
    let table = sides.wanted;
    let column = context.declared.column(&table.name, wanted);
    // Where tables are built anew, the rows are looked at before they could get their numbers.
    let numbered = numbers_rows(table, wanted) && !context.rebuilds();
    let required = !wanted.nullable && wanted.default.is_none() && !numbered;
    let given = fill(table, &wanted.name, &context).filter(|_| required);
    let phase = match wanted.computed() {
        Some(_) => Phase::AddComputed,
        None => Phase::AddColumns,
    };
    let mut change = Change {
        what: vec![Detected::Added {
            object: object(table, wanted),
        }],
        ..Change::default()
    };
    let mut add = AddColumn::new(table.name.clone(), column);
    if numbered && let Some(key) = table.primary_key() {
        // Says what the type means; where a numbered column needs its key at once, it brings it along.
        add.constraints = vec![Constraint::PrimaryKey(key.clone())];
        add.inline_primary_key = brings_key(table, wanted, &context);
    }
    match given {
        Some(fill) => {
            add.column.nullable = true;
            let mut alter = AlterColumn::new(table.name.clone(), wanted.name.clone());
            alter.nullable = Some(false);
            alter.on_conflict = add.column.on_conflict.take();
            alter.existing = existing(&add.column, false);
            change.operations = vec![
                add.into(),
                fill_rows(table, &wanted.name, fill, &context),
                alter.into(),
            ];
        }
        None => {
            change.operations = vec![add.into()];
            if required {
                change.hazards.push(Hazard::AddsRequiredColumn {
                    table: table.name.clone(),
                    column: wanted.name.clone(),
                });
            }
        }
    }
    plan.push(phase, change);
}

/// Whether a new column has to bring the primary key along: where a column that numbers the rows has to be a key from
/// the start.
pub(super) fn brings_key(table: &Table, column: &Column, context: &Context<'_>) -> bool {
    let alone = table
        .primary_key()
        .is_some_and(|key| key.columns.as_slice() == std::slice::from_ref(&column.name));
    context.writes_whole_columns() && alone && numbers_rows(table, column)
}

fn drop_column(table: &Table, column: &Column) -> Operation {
    DropColumn {
        table: table.name.clone(),
        column: column.name.clone(),
        if_exists: false,
        cascade: false,
        original: Some(column.clone()),
    }
    .into()
}

fn removed(table: &Table, column: &Column, plan: &mut Plan) {
    let what = Detected::Removed {
        object: object(table, column),
    };
    let hazard = Hazard::DropsColumn {
        table: table.name.clone(),
        column: column.name.clone(),
    };
    match column.computed() {
        Some(_) => plan.detect(Phase::DropComputed, what, drop_column(table, column)),
        None => plan.warn(Phase::DropColumns, what, drop_column(table, column), hazard),
    }
}

/// Computed columns that go and come back, the later ones first: one may be computed from another.
fn recreated(
    sides: Sides<'_>,
    changes: &[ColumnChange<'_>],
    context: Context<'_>,
    plan: &mut Plan,
) {
    let table = sides.wanted;
    let mut pairs: Vec<(&Column, &Column)> = changes
        .iter()
        .filter_map(|change| match change {
            ColumnChange::Recreated(actual, wanted) => Some((*actual, *wanted)),
            _ => None,
        })
        .collect();
    let place = |column: &Column| {
        let mut columns = table.columns.iter();
        columns.position(|other| other.name == column.name)
    };
    pairs.sort_by_key(|(_, wanted)| place(wanted));
    for (actual, _) in pairs.iter().rev() {
        plan.assist(Phase::DropComputed, drop_column(table, actual));
    }
    for (actual, wanted) in pairs {
        let column = context.declared.column(&table.name, wanted);
        let same = context.language.equivalence.same_default(
            actual.default.as_ref(),
            wanted.default.as_ref(),
            &wanted.data_type,
        );
        let mut change = Change {
            operations: vec![AddColumn::new(table.name.clone(), column).into()],
            ..Change::default()
        };
        if !same {
            change.what.push(Detected::Default {
                table: table.name.clone(),
                column: wanted.name.clone(),
                what: DefaultKind::Computed,
            });
        }
        if actual.computed().is_none() || wanted.computed().is_none() {
            change.hazards.push(Hazard::DropsColumn {
                table: table.name.clone(),
                column: wanted.name.clone(),
            });
        }
        change
            .what
            .extend(type_change(sides, actual, wanted, &context));
        plan.push(Phase::AddComputed, change);
    }
}

fn type_change(
    sides: Sides<'_>,
    actual: &Column,
    wanted: &Column,
    context: &Context<'_>,
) -> Option<Detected> {
    let language = context.language;
    let type_told = |from: DataType, to: DataType| Detected::Type {
        table: sides.wanted.name.clone(),
        column: wanted.name.clone(),
        from: Box::new(from),
        to: Box::new(to),
    };
    if !language.same_type(&actual.data_type, &wanted.data_type) {
        let declared = context.declared.column(&sides.wanted.name, wanted);
        return Some(type_told(actual.data_type.clone(), declared.data_type));
    }
    // What differs is only what the tables say for both.
    let (from, to) = language.equivalence.whole_types(
        (sides.actual, &actual.data_type),
        (sides.wanted, &wanted.data_type),
    );
    (!language.same_type(&from, &to)).then(|| type_told(from, to))
}

/// What a column is before a change.
pub(super) fn existing(column: &Column, numbered: bool) -> ExistingColumn {
    ExistingColumn {
        data_type: Some(column.data_type.clone()),
        nullable: Some(column.nullable),
        default: Given::Value(column.default.clone()),
        comment: column.comment.clone(),
        autoincrement: numbered.then_some(true),
        checks: column.checks.clone(),
        on_conflict: column.on_conflict.clone(),
    }
}

fn altered(sides: Sides<'_>, alteration: &Alteration<'_>, context: Context<'_>, plan: &mut Plan) {
    let (actual, wanted) = (alteration.actual, alteration.wanted);
    let (table, name) = (&sides.wanted.name, &wanted.name);
    let equivalence = context.language.equivalence;
    let declared = context.declared.column(table, wanted);
    let (before, after) = alteration.numbered;
    let whole = context.writes_whole_columns();
    // Numbering goes first and comes last where it hangs on the key; in between the column does without.
    let meanwhile = before && after && !(whole && sides.loses_key);
    let mut alter = AlterColumn::new(table.clone(), actual.name.clone());
    alter.existing = existing(actual, meanwhile);
    let mut change = Change::default();
    if alteration.retyped {
        alter.data_type = Some(declared.data_type.clone());
        alter.using = equivalence.conversion(name, &actual.data_type, &wanted.data_type);
        change
            .what
            .extend(type_change(sides, actual, wanted, &context));
        if equivalence.narrows(&actual.data_type, &wanted.data_type) {
            change.hazards.push(Hazard::NarrowsType {
                table: table.clone(),
                column: name.clone(),
                from: Box::new(actual.data_type.clone()),
                to: Box::new(declared.data_type.clone()),
            });
        }
        if before && after {
            numbering::widen_sequence(sides, actual, wanted, &context, plan);
        }
    } else if !context
        .language
        .same_type(&actual.data_type, &wanted.data_type)
    {
        // The same type, said so that it is the same in the table as it is now.
        alter.existing.data_type = Some(wanted.data_type.clone());
    }
    let given =
        fill(sides.wanted, name, &context).filter(|_| alteration.nullable && !wanted.nullable);
    if alteration.nullable {
        alter.nullable = Some(wanted.nullable);
        change.what.push(Detected::Nullable {
            table: table.clone(),
            column: name.clone(),
            nullable: wanted.nullable,
        });
        if !wanted.nullable && given.is_none() {
            change.hazards.push(Hazard::SetsNotNull {
                table: table.clone(),
                column: name.clone(),
            });
        }
    }
    if alteration.default {
        let cache = context.capabilities().sequence_cache;
        alter.default = Given::Value(new_default(actual, wanted, &declared, cache));
        change.what.push(Detected::Default {
            table: table.clone(),
            column: name.clone(),
            what: default_kind(wanted.default.as_ref().or(actual.default.as_ref())),
        });
    }
    if alteration.comment {
        alter.comment = Given::Value(wanted.comment.clone());
        change.what.push(Detected::ColumnComment {
            table: table.clone(),
            column: name.clone(),
        });
    }
    if alteration.checks {
        alter.checks = Given::Value(wanted.checks.clone());
        change.what.push(Detected::Changed {
            object: object(sides.wanted, wanted),
            differences: vec!["check".to_owned()],
        });
    }
    if alteration.conflict {
        let action = wanted.on_conflict.as_deref().unwrap_or("ABORT");
        alter.on_conflict = Some(action.to_owned());
        change.what.push(Detected::Changed {
            object: object(sides.wanted, wanted),
            differences: vec!["what NOT NULL does on a conflict".to_owned()],
        });
    }
    if before != after {
        change.what.push(Detected::Autoincrement {
            table: table.clone(),
            column: name.clone(),
            autoincrement: after,
        });
        if !whole {
            numbering::sequence_default(sides, &mut alter, alteration, &context, plan, &mut change);
        }
    }
    // A default that does not become one of the new type by itself is in the way of the change.
    let in_the_way = alter.using.is_some()
        && actual.default.is_some()
        && context.capabilities().alter == AlterForm::Clauses;
    // An identity and a default exclude each other, and either may hold the name of the other's sequence.
    let is_identity = |default: Option<&ColumnDefault>| {
        default.is_some_and(|default| matches!(default, ColumnDefault::Identity(_)))
    };
    let new_default = alter.default.value().and_then(Option::as_ref);
    let other_kind = new_default.is_some()
        && actual.default.is_some()
        && is_identity(new_default) != is_identity(actual.default.as_ref())
        && context.capabilities().alter == AlterForm::Clauses;
    if in_the_way || other_kind {
        let mut without = AlterColumn::new(table.clone(), actual.name.clone());
        without.default = Given::Value(None);
        without.existing = alter.existing.clone();
        change.operations.insert(0, without.into());
        alter.existing.default = Given::Value(None);
    }
    if in_the_way && !other_kind {
        alter.default = Given::Value(declared.default.clone());
    }
    let rows = given.map(|fill| fill_rows(sides.wanted, name, fill, &context));
    if let Some(rows) = rows {
        let retyped = alter.data_type.is_some();
        let mut required = alter.clone();
        if retyped {
            // The value is one of the new type.
            alter.nullable = None;
            let conflict = alter.on_conflict.take();
            change.operations.push(alter.into());
            required = AlterColumn::new(table.clone(), name.clone());
            required.nullable = Some(false);
            required.on_conflict = conflict;
            required.existing = existing(wanted, after);
            required.existing.nullable = Some(true);
        }
        change.operations.extend([rows, required.into()]);
    } else if alter.changes_definition() {
        change.operations.push(alter.into());
    }
    plan.push(Phase::AlterColumns, change);
}

fn new_default(
    actual: &Column,
    wanted: &Column,
    declared: &Column,
    usual_cache: i64,
) -> Option<ColumnDefault> {
    match (&actual.default, &wanted.default) {
        // What is not said stays, so all that differs is said.
        (Some(ColumnDefault::Identity(from)), Some(ColumnDefault::Identity(to))) => {
            let mut identity = to.clone();
            identity.options = counting::explicit(&from.options, &to.options, usual_cache);
            Some(ColumnDefault::Identity(identity))
        }
        _ => declared.default.clone(),
    }
}

fn default_kind(default: Option<&ColumnDefault>) -> DefaultKind {
    match default {
        Some(ColumnDefault::Computed(_)) => DefaultKind::Computed,
        Some(ColumnDefault::Identity(_)) => DefaultKind::Identity,
        _ => DefaultKind::Default,
    }
}

//! Columns that number the rows: the sequences they number by, and when numbering stops and starts.

use super::{
    Change,
    column::{Alteration, ColumnChange, numbers_rows},
    column_change::{Sides, existing},
    context::Context,
    order::{Phase, Plan},
};
use crate::{
    operation::{AlterColumn, AlterSequence, CreateSequence, DropSequence, Given, Operation},
    schema::{
        Column, ColumnDefault, DataType, Identifier, QualifiedName, Sequence, SequenceOptions,
    },
};

/// The name that the database gives to the sequence of a column.
pub(super) fn usual_name(table: &QualifiedName, column: &Identifier) -> QualifiedName {
    table.sibling(format!("{}_{column}_seq", table.name))
}

/// The sequence that numbers a column, by the name that the database would give it.
fn own_sequence(sides: Sides<'_>, column: &Column) -> Sequence {
    let table = &sides.wanted.name;
    let wide = matches!(&column.data_type, DataType::BigInteger)
        || matches!(&column.data_type, DataType::Named(named) if named.name == "BIGINT");
    Sequence {
        name: usual_name(table, &column.name),
        data_type: (!wide).then(|| column.data_type.clone()),
        options: SequenceOptions::default(),
        owned_by: Some((table.clone(), column.name.clone())),
    }
}

/// Where columns are numbered by sequences, one that starts to number gets its own, and one that stops loses it.
pub(super) fn sequence_default(
    sides: Sides<'_>,
    alter: &mut AlterColumn,
    alteration: &Alteration<'_>,
    context: &Context<'_>,
    plan: &mut Plan,
    change: &mut Change,
) {
    let column = alteration.wanted;
    let sequence = own_sequence(sides, column);
    let quoted = |name: &Identifier| context.language.equivalence.quoted(name);
    if !alteration.numbered.1 {
        alter.default = Given::Value(column.default.clone());
        plan.assist(
            Phase::DropSequences,
            DropSequence {
                name: sequence.name.clone(),
                if_exists: true,
                original: Some(sequence),
            },
        );
        return;
    }
    let qualified = |name: &QualifiedName| match &name.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&name.name)),
        None => quoted(&name.name),
    };
    let text = qualified(&sequence.name).replace('\'', "''");
    alter.default = Given::Value(Some(ColumnDefault::Expression(format!(
        "nextval('{text}'::regclass)"
    ))));
    change.operations.push(
        CreateSequence {
            sequence: sequence.clone(),
            if_not_exists: false,
        }
        .into(),
    );
    change.operations.push(Operation::execute(format!(
        "SELECT setval('{text}', COALESCE(max({}), 0) + 1, false) FROM {}",
        quoted(&alteration.actual.name),
        qualified(&sides.wanted.name)
    )));
}

/// The sequence, counting as far as the column's type goes.
fn typed(mut sequence: Sequence, column: &Column) -> Sequence {
    sequence.data_type = Some(column.data_type.clone());
    sequence
}

/// A numbered column that becomes wider counts further, too.
pub(super) fn widen_sequence(
    sides: Sides<'_>,
    actual: &Column,
    wanted: &Column,
    context: &Context<'_>,
    plan: &mut Plan,
) {
    let sequences = context.capabilities().sequences && !context.writes_whole_columns();
    if sequences && wanted.default.is_some() {
        plan.assist(
            Phase::OwnSequences,
            AlterSequence {
                sequence: typed(own_sequence(sides, wanted), wanted),
                existing: Some(typed(own_sequence(sides, actual), actual)),
            },
        );
    }
}

/// Where numbering hangs on the key, it stops before the key goes and starts again when there is one.
pub(super) fn keep(
    sides: Sides<'_>,
    changes: &[ColumnChange<'_>],
    context: Context<'_>,
    plan: &mut Plan,
) {
    if !context.writes_whole_columns() {
        return;
    }
    let table = &sides.wanted.name;
    for column in &sides.actual.columns {
        let change = changes.iter().find_map(|change| match change {
            ColumnChange::Altered(alteration) if std::ptr::eq(alteration.actual, column) => {
                Some(alteration.numbered)
            }
            ColumnChange::Removed(removed) if std::ptr::eq(*removed, column) => {
                Some((numbers_rows(sides.actual, column), false))
            }
            _ => None,
        });
        let staying = numbers_rows(sides.actual, column);
        let (before, after) = change.unwrap_or((staying, staying));
        let stops = before && (!after || sides.loses_key);
        let starts = after && (!before || sides.loses_key);
        if stops {
            let mut alter = AlterColumn::new(table.clone(), column.name.clone());
            alter.autoincrement = Some(false);
            alter.existing = existing(column, true);
            plan.assist(Phase::StopNumbering, alter);
        }
        if starts && let Some(wanted) = sides.wanted.column(&column.name) {
            let mut alter = AlterColumn::new(table.clone(), wanted.name.clone());
            alter.autoincrement = Some(true);
            alter.existing = existing(wanted, false);
            plan.assist(Phase::StartNumbering, alter);
        }
    }
}

//! What lets go of a routine that goes before it does, and takes hold of the new one: the defaults of columns, and the computed
//! columns of tables that go.

use super::{
    column::ColumnChange,
    column_change::existing,
    context::Context,
    create::column_text,
    family::Family,
    order::{Mentions, Phase, Plan},
    table::TablePair,
};
use crate::{
    operation::{AlterColumn, DropColumn, Given},
    schema::{Column, ColumnDefault, Table},
};

/// Plans what lets go, and what takes hold again. The columns of the tables that stay have had their changes planned.
pub(super) fn plan(
    actual: &[Table],
    pairs: &[TablePair<'_>],
    removed: &[&Table],
    context: Context<'_>,
    plan: &mut Plan,
) {
    let routines = Mentions::of_names(context.language.equivalence, context.touched.routines());
    let uses =
        |column: &Column| column_text(column).is_some_and(|text| !routines.within(text).is_empty());
    if context.touched.routines().is_empty() {
        return;
    }
    for table in removed {
        for column in table.columns.iter().filter(|column| uses(column)) {
            if Family::parents_column(actual, &table.name, &column.name).is_none() {
                let_go(table, column, plan);
            }
        }
    }
    for pair in pairs {
        for column in &pair.actual.columns {
            let change = pair.columns.iter().find(|change| change.is_of(column));
            let parents = Family::parents_column(actual, &pair.actual.name, &column.name);
            let along = parents.is_some_and(|parents| parents.default == column.default);
            let with_parents = parents.is_some_and(&uses);
            if column.computed().is_some() || along || !(uses(column) || with_parents) {
                continue;
            }
            if uses(column) {
                let_go(pair.wanted, column, plan);
            }
            let set = match change {
                Some(ColumnChange::Altered(alteration)) => !alteration.sets_default(),
                Some(_) => false,
                None => true,
            };
            if let (true, Some(wanted)) = (set, pair.wanted.column(&column.name)) {
                let mut alter = AlterColumn::new(pair.wanted.name.clone(), wanted.name.clone());
                alter.default = Given::Value(wanted.default.clone());
                alter.existing = existing(wanted, false);
                alter.existing.default = Given::Value(None);
                plan.assist(Phase::AlterColumns, alter);
            }
        }
    }
}

fn let_go(table: &Table, column: &Column, plan: &mut Plan) {
    if let Some(ColumnDefault::Computed(_)) = &column.default {
        let drop = DropColumn {
            table: table.name.clone(),
            column: column.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some(column.clone()),
        };
        plan.assist(Phase::DropComputed, drop);
        return;
    }
    let mut alter = AlterColumn::new(table.name.clone(), column.name.clone());
    alter.default = Given::Value(None);
    alter.existing = existing(column, false);
    plan.assist(Phase::DropUses, alter);
}

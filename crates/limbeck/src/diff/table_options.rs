//! A table's comment and options, its row-level security, and the parents that it gets and loses as a partition or an heir.

use super::{
    Detected, Equivalence,
    context::Context,
    family, option_steps,
    order::{Phase, Plan},
    table::TablePair,
};
use crate::{
    dialect::CommentForm,
    operation::{SetRowSecurity, SetTableComment, SetTableOptions},
    schema::{PostgresqlTable, QualifiedName, Table, TableOptions},
};

/// Plans what happens to them in a table that stays.
pub(super) fn plan(pair: &TablePair<'_>, context: Context<'_>, plan: &mut Plan) {
    let (actual, wanted) = (pair.actual, pair.wanted);
    let table = &wanted.name;
    let comments = context.capabilities().comments != CommentForm::None;
    if comments && actual.comment != wanted.comment {
        let what = Detected::TableComment {
            table: table.clone(),
        };
        let operation = SetTableComment {
            table: table.clone(),
            comment: wanted.comment.clone(),
            existing: actual.comment.clone(),
        };
        plan.detect(Phase::AlterTables, what, operation);
    }
    let equivalence = context.language.equivalence;
    let (before, after) = (unsecured(actual), unsecured(wanted));
    let what = Detected::TableOptions {
        table: table.clone(),
    };
    let is_change = !equivalence.same_options(&before, &after);
    let mut now = before.clone();
    let steps = steps(&before, &after, pair.key_part().is_some(), equivalence);
    let mut steps = steps.into_iter().peekable();
    while let Some((phase, next)) = steps.next() {
        let operation = set(table, &next, &now);
        match steps.peek() {
            None if is_change => plan.detect(phase, what.clone(), operation),
            _ => plan.assist(phase, operation),
        }
        now = next;
    }
    row_security(Some(actual), wanted, plan);
}

fn set(table: &QualifiedName, options: &TableOptions, existing: &TableOptions) -> SetTableOptions {
    SetTableOptions {
        table: table.clone(),
        options: options.clone(),
        existing: Some(existing.clone()),
    }
}

/// The options without row-level security, which has an operation of its own.
fn unsecured(table: &Table) -> TableOptions {
    let mut options = table.options.clone();
    options.postgresql.row_security = false;
    options.postgresql.force_row_security = false;
    options
}

/// The steps from some options to others, each with the options after it. A parent that is lost goes first, so that the
/// table's own parts can be changed; one that is new comes last, when both tables have the columns that they shall have. A
/// partition that only gets other bounds follows its parent until then, and leaves it before any other is attached: their
/// bounds may overlap.
fn steps(
    before: &TableOptions,
    after: &TableOptions,
    key_changes: bool,
    equivalence: &dyn Equivalence,
) -> Vec<(Phase, TableOptions)> {
    let mut left = before.clone();
    let place = &mut left.postgresql;
    place.inherits = family::kept(&before.postgresql, &after.postgresql).to_vec();
    if place.partition_of != after.postgresql.partition_of {
        leave(place);
    }
    let place = &left.postgresql;
    let mut settled = after.clone();
    settled.postgresql = PostgresqlTable {
        inherits: place.inherits.clone(),
        partition_of: place.partition_of.clone(),
        partition_bound: place.partition_bound.clone(),
        ..after.postgresql.clone()
    };
    let mut moving = settled.clone();
    if moving.postgresql.partition_bound != after.postgresql.partition_bound {
        leave(&mut moving.postgresql);
    }
    let mut steps = vec![(Phase::DetachTables, left.clone())];
    steps.extend(option_steps::steps(
        &left,
        &settled,
        key_changes,
        equivalence,
    ));
    steps.push((Phase::DetachMoved, moving));
    steps.push((Phase::AttachTables, after.clone()));
    let mut now = before.clone();
    steps.retain(|(_, next)| {
        let moves = !equivalence.same_options(&now, next);
        if moves {
            now.clone_from(next);
        }
        moves
    });
    steps
}

/// Without a place among the partitions of another.
fn leave(table: &mut PostgresqlTable) {
    table.partition_of = None;
    table.partition_bound = None;
}

/// Attaches a partition that was created by itself.
pub(super) fn attach(table: &Table, plan: &mut Plan) {
    let after = unsecured(table);
    let mut before = after.clone();
    leave(&mut before.postgresql);
    plan.assist(Phase::AttachTables, set(&table.name, &after, &before));
}

/// Takes a partition that goes out of the way of those that come, or an heir out of its parent's.
pub(super) fn detach(table: &Table, plan: &mut Plan) {
    let before = unsecured(table);
    let mut after = before.clone();
    leave(&mut after.postgresql);
    after.postgresql.inherits.clear();
    plan.assist(Phase::DetachRemoved, set(&table.name, &after, &before));
}

/// Switches a table's row-level security to what is wanted; a new table has none.
pub(super) fn row_security(actual: Option<&Table>, wanted: &Table, plan: &mut Plan) {
    let state = |table: &Table| {
        let options = &table.options.postgresql;
        (options.row_security, options.force_row_security)
    };
    let (before, after) = (actual.map(state).unwrap_or_default(), state(wanted));
    if before == after {
        return;
    }
    let operation = SetRowSecurity {
        table: wanted.name.clone(),
        enabled: (before.0 != after.0).then_some(after.0),
        forced: (before.1 != after.1).then_some(after.1),
    };
    let what = Detected::RowSecurity {
        table: wanted.name.clone(),
        enabled: after.0,
        forced: after.1,
    };
    plan.detect(Phase::CreatePolicies, what, operation);
}

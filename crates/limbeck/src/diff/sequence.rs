//! Sequences that stand for themselves.

use super::{
    Detected, Object,
    context::Context,
    counting,
    order::{Phase, Plan},
    pairing::{Pairs, qualified, same_qualified},
    touched::How,
};
use crate::{
    operation::{AlterSequence, CreateSequence, DropSequence},
    schema::{Database, Sequence},
};

/// Plans what happens to the sequences.
pub(super) fn plan(
    pairs: &Pairs<'_, Sequence>,
    actual: &Database,
    wanted: &Database,
    context: Context<'_>,
    plan: &mut Plan,
) {
    for added in &pairs.added {
        create(added, actual, plan);
    }
    for (from, to) in &pairs.both {
        alter(from, to, context, plan);
    }
    for removed in &pairs.removed {
        // It goes with the column that it belongs to.
        let goes = removed.owned_by.as_ref().is_some_and(|(table, column)| {
            let stays = wanted
                .tables
                .iter()
                .any(|one| same_qualified(context.language.equivalence, &one.name, table));
            !stays || context.touched.how(table, column) == Some(How::Gone)
        });
        let what = Detected::Removed {
            object: Object::Sequence(removed.name.clone()),
        };
        let operation = DropSequence {
            name: removed.name.clone(),
            if_exists: goes,
            original: Some((*removed).clone()),
        };
        match goes {
            true => plan.push(
                Phase::DropSequences,
                super::Change {
                    what: vec![what],
                    ..super::Change::default()
                },
            ),
            false => plan.detect(Phase::DropSequences, what, operation),
        }
    }
}

fn create(sequence: &Sequence, actual: &Database, plan: &mut Plan) {
    let mut first = sequence.clone();
    let there = sequence.owned_by.as_ref().is_none_or(|(table, column)| {
        let mut tables = actual.tables.iter();
        tables.any(|one| one.name == *table && one.column(column).is_some())
    });
    if !there {
        first.owned_by = None;
        plan.assist(
            Phase::OwnSequences,
            AlterSequence {
                sequence: sequence.clone(),
                existing: Some(first.clone()),
            },
        );
    }
    let what = Detected::Added {
        object: Object::Sequence(sequence.name.clone()),
    };
    let operation = CreateSequence {
        sequence: first,
        if_not_exists: false,
    };
    plan.detect(Phase::CreateSequences, what, operation);
}

fn alter(actual: &Sequence, wanted: &Sequence, context: Context<'_>, plan: &mut Plan) {
    let equivalence = context.language.equivalence;
    let same_owner = match (&actual.owned_by, &wanted.owned_by) {
        (Some((a, b)), Some((c, d))) => qualified(a) == qualified(c) && equivalence.same_name(b, d),
        (a, b) => a.is_none() && b.is_none(),
    };
    let same_type = match (&actual.data_type, &wanted.data_type) {
        (Some(a), Some(b)) => equivalence.same_type(a, b),
        (a, b) => a == b,
    };
    let differences = [
        (!same_type, "type"),
        (!counting::same(&actual.options, &wanted.options), "options"),
        (!same_owner, "owner"),
    ];
    let differences: Vec<String> = differences
        .iter()
        .filter(|(differs, _)| *differs)
        .map(|(_, word)| (*word).to_owned())
        .collect();
    if differences.is_empty() {
        return;
    }
    let mut sequence = wanted.clone();
    sequence.options = counting::explicit(
        &actual.options,
        &wanted.options,
        context.capabilities().sequence_cache,
    );
    let what = Detected::Changed {
        object: Object::Sequence(wanted.name.clone()),
        differences,
    };
    let operation = AlterSequence {
        sequence,
        existing: Some(actual.clone()),
    };
    plan.detect(Phase::OwnSequences, what, operation);
}

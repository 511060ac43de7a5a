//! Constraints: when two are the same, and how one comes and goes.

use super::{Equivalence, Hazard, Object, pairing::same_qualified};
use crate::{
    operation::{AddConstraint, DropConstraint, Operation},
    schema::{
        Check, Condition, Constraint, Deferral, Exclude, ForeignKey, Identifier, IndexKey, Table,
    },
};

/// Whether two lists of columns are the same.
pub(super) fn same_columns(
    equivalence: &dyn Equivalence,
    actual: &[Identifier],
    wanted: &[Identifier],
) -> bool {
    actual.len() == wanted.len()
        && actual
            .iter()
            .zip(wanted)
            .all(|(actual, wanted)| equivalence.same_name(actual, wanted))
}

/// Whether two constraints promise the same; their names do not count, nor whether the rows there are were tested.
pub(super) fn same(
    equivalence: &dyn Equivalence,
    actual: &Constraint,
    wanted: &Constraint,
) -> bool {
    let columns = |a: &[Identifier], b: &[Identifier]| same_columns(equivalence, a, b);
    match (actual, wanted) {
        (Constraint::PrimaryKey(a), Constraint::PrimaryKey(b)) => {
            columns(&a.columns, &b.columns)
                && columns(&a.include, &b.include)
                && same_deferral(&a.deferral, &b.deferral)
                && a.using == b.using
                && a.on_conflict == b.on_conflict
        }
        (Constraint::Unique(a), Constraint::Unique(b)) => {
            columns(&a.columns, &b.columns)
                && columns(&a.include, &b.include)
                && a.nulls_distinct.unwrap_or(true) == b.nulls_distinct.unwrap_or(true)
                && same_deferral(&a.deferral, &b.deferral)
                && a.on_conflict == b.on_conflict
        }
        (Constraint::Check(a), Constraint::Check(b)) => same_check(equivalence, a, b),
        (Constraint::ForeignKey(a), Constraint::ForeignKey(b)) => {
            same_foreign_key(equivalence, a, b)
        }
        (Constraint::Exclude(a), Constraint::Exclude(b)) => same_exclude(equivalence, a, b),
        _ => false,
    }
}

/// Whether a constraint without a name says what an earlier one of these says: then it makes no difference.
pub(super) fn repeats(
    equivalence: &dyn Equivalence,
    all: &[Constraint],
    constraint: &Constraint,
) -> bool {
    let mut earlier = all
        .iter()
        .take_while(|other| !std::ptr::eq(*other, constraint));
    constraint.name().is_none() && earlier.any(|other| same(equivalence, other, constraint))
}

fn same_deferral(a: &Deferral, b: &Deferral) -> bool {
    let deferred = |deferral: &Deferral| {
        deferral
            .initially
            .as_deref()
            .is_some_and(|when| when.eq_ignore_ascii_case("DEFERRED"))
    };
    let deferrable = |deferral: &Deferral| deferral.deferrable.unwrap_or(deferred(deferral));
    deferred(a) == deferred(b) && deferrable(a) == deferrable(b)
}

/// Whether two CHECKs say the same.
pub(super) fn same_check(equivalence: &dyn Equivalence, a: &Check, b: &Check) -> bool {
    let same_condition = match (&a.condition, &b.condition) {
        (Condition::Expression(a), Condition::Expression(b)) => equivalence.same_expression(a, b),
        (a, b) => a == b,
    };
    same_condition
        && a.no_inherit == b.no_inherit
        && a.not_enforced == b.not_enforced
        && same_deferral(&a.deferral, &b.deferral)
        && a.on_conflict == b.on_conflict
}

fn same_foreign_key(equivalence: &dyn Equivalence, a: &ForeignKey, b: &ForeignKey) -> bool {
    // No target columns are the target's primary key.
    let same_target = a.target_columns.is_empty()
        || b.target_columns.is_empty()
        || same_columns(equivalence, &a.target_columns, &b.target_columns);
    same_columns(equivalence, &a.columns, &b.columns)
        && same_qualified(equivalence, &a.target, &b.target)
        && same_target
        && equivalence.same_action(a.on_delete.as_deref(), b.on_delete.as_deref())
        && equivalence.same_action(a.on_update.as_deref(), b.on_update.as_deref())
        && matching(a) == matching(b)
        && same_deferral(&a.deferral, &b.deferral)
}

fn matching(key: &ForeignKey) -> Option<String> {
    let words = key.matching.as_deref()?.to_uppercase();
    (words != "SIMPLE").then_some(words)
}

fn same_exclude(equivalence: &dyn Equivalence, a: &Exclude, b: &Exclude) -> bool {
    let same_predicate = match (&a.predicate, &b.predicate) {
        (Some(a), Some(b)) => equivalence.same_expression(a, b),
        (a, b) => a == b,
    };
    let same_elements = a.elements.len() == b.elements.len()
        && a.elements.iter().zip(&b.elements).all(|(a, b)| {
            same_key(equivalence, &a.key, &b.key)
                && a.operator_class == b.operator_class
                && a.operator == b.operator
        });
    a.using.eq_ignore_ascii_case(&b.using)
        && same_predicate
        && same_elements
        && same_deferral(&a.deferral, &b.deferral)
}

/// Whether two parts of an index are the same column or expression.
pub(super) fn same_key(equivalence: &dyn Equivalence, a: &IndexKey, b: &IndexKey) -> bool {
    match (a, b) {
        (IndexKey::Column(a), IndexKey::Column(b)) => equivalence.same_name(a, b),
        (IndexKey::Expression(a), IndexKey::Expression(b)) => equivalence.same_expression(a, b),
        _ => false,
    }
}

/// Whether the rows of an actual constraint were never tested and those of the wanted one are.
pub(super) fn wants_validation(actual: &Constraint, wanted: &Constraint) -> bool {
    untested(actual) && !untested(wanted)
}

/// Whether the rows there are were never tested.
pub(super) fn untested(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Check(check) => check.not_valid,
        Constraint::ForeignKey(key) => key.not_valid,
        _ => false,
    }
}

/// The columns that a constraint names.
pub(super) fn columns(constraint: &Constraint) -> Vec<&Identifier> {
    match constraint {
        Constraint::PrimaryKey(key) => key.columns.iter().chain(&key.include).collect(),
        Constraint::Unique(unique) => unique.columns.iter().chain(&unique.include).collect(),
        Constraint::ForeignKey(key) => key.columns.iter().collect(),
        Constraint::Check(check) => match &check.condition {
            Condition::Expression(_) => Vec::new(),
            Condition::OneOf { column, .. } | Condition::ZeroOrOne { column } => vec![column],
        },
        Constraint::Exclude(exclude) => exclude
            .elements
            .iter()
            .filter_map(|element| match &element.key {
                IndexKey::Column(column) => Some(column),
                IndexKey::Expression(_) => None,
            })
            .collect(),
    }
}

/// The expressions that a constraint is made of.
pub(super) fn expressions(constraint: &Constraint) -> Vec<&str> {
    match constraint {
        Constraint::Check(check) => match &check.condition {
            Condition::Expression(expression) => vec![expression],
            _ => Vec::new(),
        },
        Constraint::Exclude(exclude) => {
            let keys = exclude
                .elements
                .iter()
                .filter_map(|element| match &element.key {
                    IndexKey::Expression(expression) => Some(expression.as_str()),
                    IndexKey::Column(_) => None,
                });
            keys.chain(exclude.predicate.as_deref()).collect()
        }
        _ => Vec::new(),
    }
}

/// What a constraint is called in a report.
pub(super) fn object(table: &Table, constraint: &Constraint) -> Object {
    let mut on: Vec<String> = columns(constraint)
        .iter()
        .map(ToString::to_string)
        .collect();
    on.extend(expressions(constraint).into_iter().map(str::to_owned));
    Object::Constraint {
        table: table.name.clone(),
        kind: constraint.kind(),
        name: constraint.name().cloned(),
        on,
        refers_to: match constraint {
            Constraint::ForeignKey(key) => key.target_columns.clone(),
            _ => Vec::new(),
        },
    }
}

/// Adds a constraint to a table.
pub(super) fn add(table: &Table, mut constraint: Constraint) -> Operation {
    if let Constraint::ForeignKey(key) = &mut constraint {
        key.added_later = false;
    }
    AddConstraint {
        table: table.name.clone(),
        constraint,
    }
    .into()
}

/// Drops a constraint of a table.
pub(super) fn drop(table: &Table, constraint: &Constraint) -> Operation {
    DropConstraint {
        table: table.name.clone(),
        name: constraint.name().cloned(),
        kind: Some(constraint.kind()),
        if_exists: false,
        cascade: false,
        original: Some(constraint.clone()),
    }
    .into()
}

/// What adding the constraint can meet in the rows there are.
pub(super) fn hazard(table: &Table, constraint: &Constraint) -> Option<Hazard> {
    let table = table.name.clone();
    Some(match constraint {
        _ if untested(constraint) => return None,
        Constraint::PrimaryKey(key) => Hazard::UniqueOverRows {
            table,
            columns: key.columns.clone(),
        },
        Constraint::Unique(unique) => Hazard::UniqueOverRows {
            table,
            columns: unique.columns.clone(),
        },
        Constraint::Check(check) => Hazard::AddsCheck {
            table,
            condition: match &check.condition {
                Condition::Expression(expression) => expression.clone(),
                Condition::OneOf { column, values } => {
                    format!("{column} IN ('{}')", values.join("', '"))
                }
                Condition::ZeroOrOne { column } => format!("{column} IN (0, 1)"),
            },
        },
        Constraint::ForeignKey(key) => Hazard::AddsForeignKey {
            table,
            columns: key.columns.clone(),
            target: key.target.clone(),
            target_columns: key.target_columns.clone(),
        },
        Constraint::Exclude(_) => return None,
    })
}

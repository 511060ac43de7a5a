//! Columns of a table that stays: what happens to each.

use super::{
    Language,
    pairing::pair,
    touched::{How, Touched},
};
use crate::{
    dialect::{AlterForm, CommentForm},
    schema::{Column, ColumnDefault, Computed, Constraint, Table},
};

/// What happens to a column.
#[derive(Clone, Debug)]
pub(super) enum ColumnChange<'a> {
    /// It is new.
    Added(&'a Column),
    /// It is gone.
    Removed(&'a Column),
    /// It is altered.
    Altered(Alteration<'a>),
    /// It cannot be altered into what is wanted, or what it is computed from changes.
    Recreated(&'a Column, &'a Column),
}

impl ColumnChange<'_> {
    /// Whether this is what happens to a column that is there.
    pub(super) fn is_of(&self, column: &Column) -> bool {
        match self {
            ColumnChange::Altered(alteration) => std::ptr::eq(alteration.actual, column),
            ColumnChange::Recreated(actual, _) | ColumnChange::Removed(actual) => {
                std::ptr::eq(*actual, column)
            }
            ColumnChange::Added(_) => false,
        }
    }
}

/// What is different about a column.
#[derive(Clone, Debug)]
pub(super) struct Alteration<'a> {
    pub(super) actual: &'a Column,
    pub(super) wanted: &'a Column,
    pub(super) retyped: bool,
    pub(super) nullable: bool,
    pub(super) default: bool,
    pub(super) comment: bool,
    pub(super) checks: bool,
    /// Whether its NOT NULL does something else on a conflict (SQLite).
    pub(super) conflict: bool,
    /// Whether it numbers the rows, before and after.
    pub(super) numbered: (bool, bool),
}

impl Alteration<'_> {
    /// Whether the column has another default afterwards, or the same set anew.
    pub(super) fn sets_default(&self) -> bool {
        self.default
    }

    fn is_empty(&self) -> bool {
        let definition = self.retyped || self.nullable || self.default || self.comment;
        let differs = definition || self.checks || self.conflict;
        !differs && self.numbered.0 == self.numbered.1
    }
}

/// What happens to each column: wanted ones in their order, then those that go.
pub(super) fn changes<'a>(
    actual: &'a Table,
    wanted: &'a Table,
    parents: &Parents<'_>,
    language: Language<'_>,
) -> Vec<ColumnChange<'a>> {
    let pairs = pair(
        &actual.columns,
        &wanted.columns,
        language.equivalence,
        |column| vec![column.name.clone()],
    );
    let mut changes: Vec<ColumnChange<'a>> = Vec::new();
    for column in &wanted.columns {
        let existing = pairs
            .both
            .iter()
            .find(|(_, wanted)| std::ptr::eq(*wanted, column));
        match existing {
            Some((existing, _)) => {
                let mut alteration = compare((actual, existing), (wanted, column), language);
                parents.leave_to_them(&mut alteration, language);
                if !alteration.is_empty() {
                    changes.push(match must_be_recreated(&alteration, language) {
                        true => ColumnChange::Recreated(existing, column),
                        false => ColumnChange::Altered(alteration),
                    });
                }
            }
            None if parents.add(column) => {}
            None => changes.push(ColumnChange::Added(column)),
        }
    }
    let removed = pairs.removed.into_iter();
    let removed = removed.filter(|column| !parents.drop(column));
    changes.extend(removed.map(ColumnChange::Removed));
    with_computed(&pairs.both, changes, language)
}

/// Adds the computed columns whose expression `uses` something that goes. What a table has from its parents goes with that.
pub(super) fn recreate<'a>(
    (actual, wanted): (&'a Table, &'a Table),
    changes: &mut Vec<ColumnChange<'a>>,
    parents: &Parents<'_>,
    uses: impl Fn(&str) -> bool,
    language: Language<'_>,
) {
    let key = |column: &Column| vec![column.name.clone()];
    let pairs = pair(&actual.columns, &wanted.columns, language.equivalence, key);
    for (from, to) in pairs.both {
        let computed = from.computed();
        let goes = computed.is_some_and(|computed| uses(&computed.expression));
        if goes && !parents.drop(from) {
            changes.retain(|change| !change.is_of(from));
            changes.push(ColumnChange::Recreated(from, to));
        }
    }
}

/// Adds the computed columns that have to go because a column that they are computed from changes.
fn with_computed<'a>(
    both: &[(&'a Column, &'a Column)],
    mut changes: Vec<ColumnChange<'a>>,
    language: Language<'_>,
) -> Vec<ColumnChange<'a>> {
    loop {
        let moving: Vec<&Column> = changes
            .iter()
            .filter_map(|change| match change {
                ColumnChange::Recreated(actual, _) => Some(*actual),
                ColumnChange::Altered(alteration) if alteration.retyped => {
                    (language.capabilities.alter == AlterForm::Clauses).then_some(alteration.actual)
                }
                _ => None,
            })
            .collect();
        let next = both.iter().find(|(actual, _)| {
            let stays = !moving.iter().any(|one| std::ptr::eq(*one, *actual));
            stays
                && actual.computed().is_some_and(|computed| {
                    moving
                        .iter()
                        .any(|one| language.uses_column(&computed.expression, one.name.as_str()))
                })
        });
        let Some((actual, wanted)) = next else {
            return changes;
        };
        changes.retain(|change| !change.is_of(actual));
        changes.push(ColumnChange::Recreated(actual, wanted));
    }
}

fn compare<'a>(
    (actual_table, actual): (&Table, &'a Column),
    (wanted_table, wanted): (&Table, &'a Column),
    language: Language<'_>,
) -> Alteration<'a> {
    let equivalence = language.equivalence;
    let numbered = match language.capabilities.alter {
        AlterForm::Rebuild => (false, false),
        _ => (
            numbers_rows(actual_table, actual),
            numbers_rows(wanted_table, wanted),
        ),
    };
    let same_default = (numbered.0 && numbered.1)
        || equivalence.same_default(
            default_of(actual, numbered.0),
            default_of(wanted, numbered.1),
            &wanted.data_type,
        );
    let same_checks = actual.checks.len() == wanted.checks.len()
        && actual
            .checks
            .iter()
            .zip(&wanted.checks)
            .all(|(a, b)| super::constraint::same_check(equivalence, a, b));
    let whole = equivalence.whole_types(
        (actual_table, &actual.data_type),
        (wanted_table, &wanted.data_type),
    );
    Alteration {
        actual,
        wanted,
        retyped: !language.same_type(&whole.0, &whole.1),
        nullable: actual.nullable != wanted.nullable
            && (!wanted.nullable_unstated || language.capabilities.computed_not_null),
        default: !same_default,
        comment: language.capabilities.comments != CommentForm::None
            && actual.comment != wanted.comment,
        checks: !same_checks,
        conflict: !wanted.nullable && on_conflict(actual) != on_conflict(wanted),
        numbered,
    }
}

/// What the column's NOT NULL does on a conflict, where it is not the usual.
fn on_conflict(column: &Column) -> Option<&str> {
    let action = column.on_conflict.as_deref().filter(|_| !column.nullable);
    action.filter(|action| !action.eq_ignore_ascii_case("ABORT"))
}

/// The default that is not the number of the row.
fn default_of(column: &Column, numbered: bool) -> Option<&ColumnDefault> {
    match &column.default {
        Some(ColumnDefault::Expression(_)) if numbered => None,
        default => default.as_ref(),
    }
}

/// Whether the database numbers the rows by this column: because it says so, or because it is the one number of the
/// key and nothing is said (SQLAlchemy's rule, by which tables are created).
pub(super) fn numbers_rows(table: &Table, column: &Column) -> bool {
    if column.identity().is_some() || column.computed().is_some() {
        return false;
    }
    let by_rule = || {
        let refers = table.constraints.iter().any(|constraint| {
            matches!(constraint, Constraint::ForeignKey(key) if key.columns.contains(&column.name))
        });
        let only = table
            .primary_key()
            .is_some_and(|key| key.columns.as_slice() == std::slice::from_ref(&column.name));
        only && column.default.is_none() && column.data_type.is_integer() && !refers
    };
    column.autoincrement.unwrap_or_else(by_rule)
}

/// A computed column cannot become another one, nor can it be written anew where a change writes the whole column.
fn must_be_recreated(alteration: &Alteration<'_>, language: Language<'_>) -> bool {
    let (actual, wanted) = (alteration.actual.computed(), alteration.wanted.computed());
    let computed = actual.is_some() || wanted.is_some();
    computed
        && (alteration.default
            || alteration.retyped
            || persisted(actual) != persisted(wanted)
            || language.capabilities.alter == AlterForm::Modify)
}

fn persisted(computed: Option<&Computed>) -> Option<bool> {
    computed.and_then(|computed| computed.persisted)
}

/// Notes what the changes do to the columns.
pub(super) fn mark(table: &Table, changes: &[ColumnChange<'_>], touched: &mut Touched) {
    for change in changes {
        match change {
            ColumnChange::Removed(column) | ColumnChange::Recreated(column, _) => {
                touched.mark(&table.name, &column.name, How::Gone);
            }
            ColumnChange::Altered(alteration) if alteration.retyped => {
                touched.mark(&table.name, &alteration.wanted.name, How::Retyped);
            }
            _ => {}
        }
    }
}

/// The tables that a partition or heir has its columns from: what changes there changes in it by itself.
#[derive(Default)]
pub(super) struct Parents<'a> {
    /// Those that stay, before and after.
    pub(super) staying: Vec<(&'a Table, &'a Table)>,
}

impl Parents<'_> {
    fn add(&self, column: &Column) -> bool {
        let mut parents = self.staying.iter();
        parents.any(|(_, wanted)| wanted.column(&column.name).is_some())
    }

    fn drop(&self, column: &Column) -> bool {
        let mut parents = self.staying.iter();
        parents.any(|(actual, _)| actual.column(&column.name).is_some())
    }

    fn leave_to_them(&self, alteration: &mut Alteration<'_>, language: Language<'_>) {
        for (actual, wanted) in &self.staying {
            let before = actual.column(&alteration.actual.name);
            let after = wanted.column(&alteration.wanted.name);
            if let (Some(before), Some(after)) = (before, after) {
                alteration.retyped = false;
                alteration.nullable = false;
                let moves = !language.equivalence.same_default(
                    before.default.as_ref(),
                    after.default.as_ref(),
                    &after.data_type,
                );
                if moves {
                    alteration.default = !language.equivalence.same_default(
                        after.default.as_ref(),
                        alteration.wanted.default.as_ref(),
                        &after.data_type,
                    );
                }
            }
        }
    }
}

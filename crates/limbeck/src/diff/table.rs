//! Tables that stay: their columns, constraints, indexes, comments and options.

use super::{
    Detected, Equivalence, Language,
    column::{self, ColumnChange, Parents},
    column_change,
    constraint::{self, same_columns},
    context::Context,
    index,
    order::{Mentions, Phase, Plan},
    parts::{Matching, Part, side_by_side},
    table_options,
    touched::Touched,
};
use crate::{
    operation::{RenameConstraint, RenameIndex, ValidateConstraint},
    schema::{
        Constraint, ForeignKey, Identifier, Index, IndexElement, IndexKey, QualifiedName, Table,
        Unique,
    },
};

/// A table that stays, and what happens to its parts.
pub(super) struct TablePair<'a> {
    pub(super) actual: &'a Table,
    pub(super) wanted: &'a Table,
    pub(super) columns: Vec<ColumnChange<'a>>,
    pub(super) constraints: Vec<Part<'a, Constraint>>,
    pub(super) indexes: Vec<Part<'a, Index>>,
}

impl<'a> TablePair<'a> {
    /// Puts the columns side by side; the rest follows when it is known what happens to all columns.
    pub(super) fn new(
        actual: &'a Table,
        wanted: &'a Table,
        parents: &Parents<'_>,
        language: Language<'_>,
    ) -> Self {
        TablePair {
            actual,
            wanted,
            columns: column::changes(actual, wanted, parents, language),
            constraints: Vec::new(),
            indexes: Vec::new(),
        }
    }

    /// Puts constraints and indexes side by side.
    pub(super) fn match_parts(&mut self, parents: &Parents<'_>, context: Context<'_>) {
        let equivalence = context.language.equivalence;
        let (actual, wanted) = (self.actual, self.wanted);
        let name_of = |table: &Table, constraint: &Constraint| {
            let said = constraint.name().cloned();
            said.filter(|_| !equivalence.is_generated_name(table, constraint))
        };
        let matching = Matching {
            equivalence,
            actual_name: &|one| name_of(actual, one),
            wanted_name: &|one| name_of(wanted, one),
            same: &|a, b| {
                constraint::same(equivalence, a, b)
                    && (constraint::untested(a) || !constraint::untested(b))
            },
            can_rename: context.capabilities().rename_constraint,
        };
        let parts = side_by_side(&actual.constraints, &wanted.constraints, &matching);
        let inherited = |part: &Part<'_, Constraint>| {
            let one = part.created().or(part.dropped());
            one.is_some_and(|one| parents_have(parents, one))
        };
        // Said twice without a name, it is one all the same.
        let repeated = |part: &Part<'_, Constraint>| match part {
            Part::Removed(one) => constraint::repeats(equivalence, &actual.constraints, one),
            Part::Added(one) => constraint::repeats(equivalence, &wanted.constraints, one),
            _ => false,
        };
        let parts = parts
            .into_iter()
            .filter(|part| !inherited(part) && !repeated(part));
        let parts = parts.collect();
        self.constraints = key_changes(parts);
        let name_of = |table: &Table, index: &Index| {
            let said = index.name.clone();
            said.filter(|_| !equivalence.is_generated_index_name(table, index))
        };
        let matching = Matching {
            equivalence,
            actual_name: &|one| name_of(actual, one),
            wanted_name: &|one| name_of(wanted, one),
            same: &|a, b| index::same(equivalence, a, b),
            can_rename: true,
        };
        self.indexes = side_by_side(&actual.indexes, &wanted.indexes, &matching);
        if !context.capabilities().unique_constraints {
            self.unique_is_an_index(equivalence);
        }
        if context.capabilities().foreign_keys_have_indexes {
            self.leave_key_indexes(equivalence);
        }
        self.set_aside_touched(&context);
    }

    /// Where a unique constraint is nothing but a unique index, either may stand for the other.
    fn unique_is_an_index(&mut self, equivalence: &dyn Equivalence) {
        let stands_for = |unique: &Unique, index: &Index| {
            let same_name = match (&unique.name, &index.name) {
                (Some(a), Some(b)) => equivalence.same_name(a, b),
                _ => true,
            };
            same_name && same_columns(equivalence, &unique.columns, &plain_columns(index))
        };
        let mut settled: Vec<usize> = Vec::new();
        self.constraints.retain(|part| {
            let Part::Added(Constraint::Unique(unique)) = part else {
                return true;
            };
            let place = self.indexes.iter().enumerate().position(|(place, part)| {
                !settled.contains(&place)
                    && matches!(part, Part::Removed(index) if index.unique && stands_for(unique, index))
            });
            settled.extend(place);
            place.is_none()
        });
        let mut place = 0..;
        self.indexes
            .retain(|_| place.next().is_none_or(|place| !settled.contains(&place)));
    }

    /// Where every foreign key has an index, one that no model asks for stays as long as its key does.
    fn leave_key_indexes(&mut self, equivalence: &dyn Equivalence) {
        let keys: Vec<&ForeignKey> = self
            .constraints
            .iter()
            .filter_map(|part| match part.staying() {
                Some(Constraint::ForeignKey(key)) => Some(key),
                _ => None,
            })
            .collect();
        self.indexes.retain(|part| {
            let Part::Removed(index) = part else {
                return true;
            };
            let columns = plain_columns(index);
            index.unique
                || !keys
                    .iter()
                    .any(|key| same_columns(equivalence, &key.columns, &columns))
        });
    }

    /// Adds the computed columns that have to go because a routine goes that computes them.
    pub(super) fn recreate_computed(
        &mut self,
        language: Language<'_>,
        parents: &Parents<'_>,
        touched: &mut Touched,
    ) {
        let routines = Mentions::of_names(language.equivalence, touched.routines());
        let uses = |text: &str| !routines.within(text).is_empty();
        column::recreate(
            (self.actual, self.wanted),
            &mut self.columns,
            parents,
            uses,
            language,
        );
        self.mark(parents, touched);
    }

    /// Notes what happens to the columns, and to those that it has from its parents.
    pub(super) fn mark(&self, parents: &Parents<'_>, touched: &mut Touched) {
        column::mark(self.wanted, &self.columns, touched);
        for (_, parent) in &parents.staying {
            touched.follow(&parent.name, &self.wanted.name);
        }
    }

    /// Plans all that happens to the table.
    pub(super) fn plan(&self, context: Context<'_>, plan: &mut Plan) {
        let loses_key = self
            .constraints
            .iter()
            .any(|part| matches!(part.dropped(), Some(Constraint::PrimaryKey(_))));
        let sides = column_change::Sides {
            actual: self.actual,
            wanted: self.wanted,
            loses_key,
        };
        column_change::plan(sides, &self.columns, context, plan);
        self.plan_constraints(context, plan);
        self.plan_indexes(context, plan);
        table_options::plan(self, context, plan);
    }

    fn plan_constraints(&self, context: Context<'_>, plan: &mut Plan) {
        let equivalence = context.language.equivalence;
        let (actual, wanted) = (self.actual, self.wanted);
        for part in &self.constraints {
            if let Part::Renamed(from, to) = part
                && let (Some(name), Some(new_name)) = (from.name(), to.name())
            {
                let what = Detected::Renamed {
                    object: constraint::object(wanted, from),
                    to: new_name.clone(),
                };
                let operation = RenameConstraint {
                    table: wanted.name.clone(),
                    name: name.clone(),
                    new_name: new_name.clone(),
                };
                plan.detect(Phase::RenameParts, what, operation);
            }
            if let Part::Same(from, to) | Part::Renamed(from, to) = part
                && constraint::wants_validation(from, to)
                && let Some(name) = to.name().or(from.name())
            {
                let what = Detected::Changed {
                    object: constraint::object(wanted, to),
                    differences: vec!["not valid to valid".to_owned()],
                };
                let operation = ValidateConstraint {
                    table: wanted.name.clone(),
                    name: name.clone(),
                };
                plan.push(
                    Phase::AddForeignKeys,
                    super::Change {
                        operations: vec![operation.into()],
                        what: vec![what],
                        hazards: constraint::hazard(wanted, to).into_iter().collect(),
                    },
                );
            }
            if let Some(one) = part.dropped() {
                let (phase, _) = phases(one);
                let operation = constraint::drop(wanted, one);
                match part {
                    Part::Removed(_) => {
                        let what = Detected::Removed {
                            object: constraint::object(actual, one),
                        };
                        plan.detect(phase, what, operation);
                    }
                    _ => plan.assist(phase, operation),
                }
            }
            if let Some(one) = part.created() {
                self.add_constraint(part, one, equivalence, context, plan);
            }
        }
    }

    fn add_constraint(
        &self,
        part: &Part<'_, Constraint>,
        one: &Constraint,
        equivalence: &dyn Equivalence,
        context: Context<'_>,
        plan: &mut Plan,
    ) {
        let wanted = self.wanted;
        let brought = matches!(one, Constraint::PrimaryKey(_))
            && self.columns.iter().any(|change| {
                matches!(change, ColumnChange::Added(column)
                    if column_change::brings_key(wanted, column, &context))
            });
        let (_, phase) = phases(one);
        let said = context.declared.constraint(equivalence, &wanted.name, one);
        let object = constraint::object(wanted, one);
        let what = match part {
            Part::Added(_) => vec![Detected::Added { object }],
            Part::Changed(..) => vec![Detected::Changed {
                object,
                differences: Vec::new(),
            }],
            _ => Vec::new(),
        };
        let hazards = match part {
            Part::SetAside(..) => None,
            _ => constraint::hazard(wanted, one),
        };
        let operations = match brought {
            true => Vec::new(),
            false => vec![constraint::add(wanted, said)],
        };
        plan.push(
            phase,
            super::Change {
                operations,
                what,
                hazards: hazards.into_iter().collect(),
            },
        );
    }

    fn plan_indexes(&self, context: Context<'_>, plan: &mut Plan) {
        plan_indexes(&self.wanted.name, &self.indexes, context, plan);
    }
}

impl TablePair<'_> {
    /// What happens to the primary key, if anything does.
    pub(super) fn key_part(&self) -> Option<&Part<'_, Constraint>> {
        let is_key = |one: Option<&Constraint>| matches!(one, Some(Constraint::PrimaryKey(_)));
        let mut parts = self.constraints.iter();
        parts.find(|part| is_key(part.dropped()) || is_key(part.created()))
    }
}

/// Plans what happens to the indexes of a table or materialized view.
pub(super) fn plan_indexes(
    table: &QualifiedName,
    parts: &[Part<'_, Index>],
    context: Context<'_>,
    plan: &mut Plan,
) {
    let equivalence = context.language.equivalence;
    for part in parts {
        if let Part::Renamed(from, to) = part
            && let (Some(name), Some(new_name)) = (&from.name, &to.name)
        {
            let what = Detected::Renamed {
                object: index::object(table, from),
                to: new_name.clone(),
            };
            let operation = RenameIndex {
                index: table.sibling(name.clone()),
                table: Some(table.clone()),
                new_name: new_name.clone(),
                definition: Some((*from).clone()),
            };
            plan.detect(Phase::RenameParts, what, operation);
        }
        if let Some(one) = part.dropped()
            && let Some(operation) = index::drop(table, one)
        {
            match part {
                Part::Removed(_) => {
                    let what = Detected::Removed {
                        object: index::object(table, one),
                    };
                    plan.detect(Phase::DropIndexes, what, operation);
                }
                _ => plan.assist(Phase::DropIndexes, operation),
            }
        }
        if let Some(one) = part.created() {
            let object = index::object(table, one);
            let what = match part {
                Part::Added(_) => vec![Detected::Added { object }],
                Part::Changed(from, to) => vec![Detected::Changed {
                    object,
                    differences: index::differences(equivalence, from, to),
                }],
                _ => Vec::new(),
            };
            let hazards = match part {
                Part::SetAside(..) => None,
                _ => index::hazard(table, one),
            };
            let said = context.declared.index(equivalence, table, one);
            plan.push(
                Phase::CreateIndexes,
                super::Change {
                    operations: vec![index::create(table, said)],
                    what,
                    hazards: hazards.into_iter().collect(),
                },
            );
        }
    }
}

/// When a constraint is dropped, and when it is added.
fn phases(constraint: &Constraint) -> (Phase, Phase) {
    match constraint {
        Constraint::ForeignKey(_) => (Phase::DropForeignKeys, Phase::AddForeignKeys),
        _ => (Phase::DropConstraints, Phase::AddConstraints),
    }
}

/// A table has one primary key: another one is a change of it.
fn key_changes(parts: Vec<Part<'_, Constraint>>) -> Vec<Part<'_, Constraint>> {
    let is_key = |constraint: &Constraint| matches!(constraint, Constraint::PrimaryKey(_));
    let removed = parts.iter().find_map(|part| match part {
        Part::Removed(one) if is_key(one) => Some(*one),
        _ => None,
    });
    let added = parts.iter().find_map(|part| match part {
        Part::Added(one) if is_key(one) => Some(*one),
        _ => None,
    });
    let (Some(removed), Some(added)) = (removed, added) else {
        return parts;
    };
    parts
        .into_iter()
        .filter_map(|part| match part {
            Part::Removed(one) if std::ptr::eq(one, removed) => None,
            Part::Added(one) if std::ptr::eq(one, added) => Some(Part::Changed(removed, added)),
            other => Some(other),
        })
        .collect()
}

/// Whether a CHECK comes and goes with the parent's.
fn parents_have(parents: &Parents<'_>, constraint: &Constraint) -> bool {
    let Constraint::Check(check) = constraint else {
        return false;
    };
    let has = |table: &Table| {
        table.constraints.iter().any(|one| {
            matches!(one, Constraint::Check(other) if !other.no_inherit && other.name == check.name)
        })
    };
    let mut parents = parents.staying.iter();
    parents.any(|(actual, wanted)| has(actual) || has(wanted))
}

/// The columns of an index that is made of nothing else; none if it is.
pub(super) fn plain_columns(index: &Index) -> Vec<Identifier> {
    let plain = |element: &IndexElement| match (&element.key, element.length) {
        (IndexKey::Column(column), None) => Some(column.clone()),
        _ => None,
    };
    let columns: Option<Vec<Identifier>> = index.elements.iter().map(plain).collect();
    columns
        .filter(|_| index.predicate.is_none())
        .unwrap_or_default()
}

//! The way from one schema to another.

use std::collections::HashMap;

use super::{
    Comparison, Decisions, Language, RenameCandidate, Sides,
    arrivals::Arrivals,
    canonical::{canonical, sorted},
    column::ColumnChange,
    context::Context,
    create::{self, New},
    declared::Declared,
    domain, drop_table, enum_type,
    family::{self, Family},
    grants, namespace,
    order::{Mentions, Phase, Plan},
    pairing::{Pairs, pair, qualified},
    policy, release, rename, replaced, routine, sequence,
    table::TablePair,
    touched::{How, Touched},
    trigger, view,
    watch::Watched,
};
use crate::schema::{Database, Identifier, QualifiedName, Table};

/// Compares two schemas and says what leads from the actual to the wanted one, in an order that works.
///
/// The result is the same to the byte for the same schemas, whatever order their parts come in.
pub fn compare(sides: Sides<'_>, language: Language<'_>, decisions: &Decisions) -> Comparison {
    let wanted = canonical(sides.wanted);
    let renamed = rename::renamed(canonical(sides.actual), &wanted, decisions, language);
    let there = grants::There::of(&renamed.database, &wanted, &renamed.changes);
    let mut plan = Plan::default();
    for change in renamed.changes {
        plan.push(Phase::Rename, change);
    }
    let mut actual = renamed.database;
    let replaced = replaced::move_aside(&mut actual, &wanted, language, &mut plan);
    // The new names may sort differently.
    let actual = sorted(actual);
    let declared = Declared::of(sides.declared);
    let undecided = Comparing {
        actual: &actual,
        wanted: &wanted,
        language,
        decisions,
        declared: &declared,
        replaced: &replaced,
    }
    .plan(&mut plan);
    if let Some(there) = there {
        let follow = language.capabilities.privileges_follow_objects;
        grants::plan(&there, &wanted, follow, &mut plan);
    }
    let mut unused = renamed.unused;
    unused.extend(
        decisions
            .fills
            .iter()
            .filter(|fill| !knows(&wanted, &fill.table, &fill.column))
            .map(ToString::to_string),
    );
    Comparison {
        changes: plan.into_changes(),
        undecided: if decisions.accept_drops {
            Vec::new()
        } else {
            undecided
        },
        unused,
    }
}

fn knows(database: &Database, table: &QualifiedName, column: &Identifier) -> bool {
    let mut tables = database.tables.iter();
    tables.any(|one| one.name == *table && one.column(column).is_some())
}

struct Comparing<'a> {
    actual: &'a Database,
    wanted: &'a Database,
    language: Language<'a>,
    decisions: &'a Decisions,
    declared: &'a Declared<'a>,
    /// Tables that make room for another of their name.
    replaced: &'a [QualifiedName],
}

impl<'a> Comparing<'a> {
    fn plan(&self, plan: &mut Plan) -> Vec<RenameCandidate> {
        let (actual, wanted) = (self.actual, self.wanted);
        let attached = family::attached(actual, wanted);
        let equivalence = self.language.equivalence;
        let tables = self.tables();
        let family = Family::of(&tables.both);
        let mut pairs: Vec<TablePair<'a>> = family
            .in_order(&tables.both)
            .map(|(from, to)| TablePair::new(from, to, &family.parents(to), self.language))
            .collect();
        let mut undecided = rename::similar_tables(&tables.removed, &tables.added, self.language);
        undecided.retain(|candidate| !self.replaced.contains(&candidate.to));
        for pair in &pairs {
            undecided.extend(similar_columns(pair, self.language));
        }
        // What happens to columns decides what has to make room.
        let mut touched = Touched::default();
        let nothing = Touched::default();
        let before = self.context(&nothing);
        for pair in &pairs {
            pair.mark(&family.parents(pair.wanted), &mut touched);
        }
        let replaced = wanted.tables.iter();
        let replaced = replaced.filter(|table| self.replaced.contains(&table.name));
        for table in tables.removed.iter().copied().chain(replaced) {
            for column in &table.columns {
                touched.mark(&table.name, &column.name, How::Gone);
            }
        }
        let enums = pair(&actual.enums, &wanted.enums, equivalence, |one| {
            one.name.as_ref().map(qualified).unwrap_or_default()
        });
        let enum_changes: Vec<enum_type::EnumChange<'_>> = enums
            .both
            .iter()
            .filter_map(|(from, to)| enum_type::compare(from, to, wanted))
            .collect();
        for change in &enum_changes {
            change.mark(actual, &before, &mut touched);
        }
        undecided.extend(
            enums
                .both
                .iter()
                .filter_map(|(from, to)| rename::value(from, to)),
        );
        let domains = pair(&actual.domains, &wanted.domains, equivalence, |one| {
            qualified(&one.name)
        });
        for both in &domains.both {
            domain::mark(*both, &actual.tables, &before, &mut touched);
        }
        let routines = routine::pairs(actual, wanted, equivalence);
        let going = routine::Going::of(
            tables
                .removed
                .iter()
                .map(|table| &table.name)
                .chain(self.replaced),
            enum_changes.iter().filter_map(|change| change.replaced()),
            self.language,
        );
        let routine_changes = routine::changes(&routines, &going, equivalence);
        let dropped = routine_changes.iter().filter_map(|one| one.dropped());
        let held = routines.removed.iter().copied();
        for routine in dropped.chain(held.filter(|one| going.hold(one))) {
            touched.mark_routine(&routine.name);
        }
        for pair in &mut pairs {
            pair.recreate_computed(self.language, &family.parents(pair.wanted), &mut touched);
        }
        let context = self.context(&touched);

        for pair in &mut pairs {
            pair.match_parts(&family.parents(pair.wanted), context);
        }
        let lost: HashMap<&QualifiedName, Vec<Vec<Identifier>>> = pairs
            .iter()
            .map(|pair| (&pair.wanted.name, pair.lost_keys()))
            .filter(|(_, keys)| !keys.is_empty())
            .collect();
        for pair in &mut pairs {
            pair.set_aside_foreign_keys(&lost, context);
        }

        namespace::plan(actual, wanted, context, plan);
        enums
            .added
            .iter()
            .for_each(|one| enum_type::create(one, plan));
        enums
            .removed
            .iter()
            .for_each(|one| enum_type::drop(one, plan));
        for change in &enum_changes {
            change.plan(&attached, wanted, context, plan);
        }
        let moving = routine_changes.iter().map(|change| change.name());
        let moving = moving.chain(touched.routines());
        let moving = Mentions::of_names(equivalence, moving);
        for both in &domains.both {
            let tables = (attached.tables.as_slice(), wanted.tables.as_slice());
            domain::alter(*both, tables, &moving, context, plan);
        }
        let sequences = pair(&actual.sequences, &wanted.sequences, equivalence, |one| {
            qualified(&one.name)
        });
        sequence::plan(&sequences, actual, wanted, context, plan);

        let removed = routines.removed.iter().map(|one| &one.name);
        let removed = Mentions::of_names(equivalence, removed);
        for one in &domains.removed {
            domain::let_go(one, context, plan);
            domain::drop(one, &removed, plan);
        }
        let early = routine::used_by_tables(&routine_changes, wanted, context);
        let new = New {
            domains: domains.added.clone(),
            routines: early
                .iter()
                .filter_map(|place| routine_changes.get(*place))
                .collect(),
            tables: tables.added.clone(),
            all: &wanted.tables,
            arrivals: Arrivals::of(&pairs, &tables.added),
        };
        create::plan(&new, actual, &lost, context, plan);
        for pair in &pairs {
            pair.plan(context, plan);
        }
        release::plan(&attached.tables, &pairs, &tables.removed, context, plan);
        drop_table::plan(&tables.removed, &new.arrivals, wanted, &lost, context, plan);
        let both = (actual, &going);
        routine::plan(&routines, &routine_changes, &early, both, context, plan);

        let watched = Watched::of(actual, wanted, context);
        let mut gone = view::plan(actual, wanted, &watched, context, plan);
        gone.extend(tables.removed.iter().map(|table| table.name.clone()));
        let both = (actual, wanted);
        trigger::plan(both, &gone, touched.routines(), &watched, context, plan);
        policy::plan(both, &gone, touched.routines(), &watched, context, plan);
        undecided
    }

    fn context<'t>(&'t self, touched: &'t Touched) -> Context<'t> {
        Context {
            language: self.language,
            decisions: self.decisions,
            declared: self.declared,
            touched,
        }
    }

    /// The tables side by side.
    fn tables(&self) -> Pairs<'a, Table> {
        pair(
            &self.actual.tables,
            &self.wanted.tables,
            self.language.equivalence,
            |table| qualified(&table.name),
        )
    }
}

fn similar_columns(pair: &TablePair<'_>, language: Language<'_>) -> Vec<RenameCandidate> {
    let removed: Vec<_> = pair
        .columns
        .iter()
        .filter_map(|change| match change {
            ColumnChange::Removed(column) => Some(*column),
            _ => None,
        })
        .collect();
    let added: Vec<_> = pair
        .columns
        .iter()
        .filter_map(|change| match change {
            ColumnChange::Added(column) => Some(*column),
            _ => None,
        })
        .collect();
    rename::similar_columns(&pair.wanted.name, &removed, &added, language)
}

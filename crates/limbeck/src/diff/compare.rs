//! The way from one schema to another.

use std::collections::HashMap;

use super::{
    Comparison, Decisions, Detected, Hazard, Language, Object, RenameCandidate, Sides,
    canonical::canonical,
    column::{ColumnChange, Parents},
    context::Context,
    create::{self, New},
    declared::Declared,
    domain, enum_type, namespace,
    order::{Dependencies, Phase, Plan, ordered},
    pairing::{Pairs, pair, qualified},
    policy, rename, routine, sequence,
    table::TablePair,
    touched::{How, Touched},
    trigger, view,
    watch::Watched,
};
use crate::{
    operation::DropTable,
    schema::{Constraint, Database, Identifier, QualifiedName, Table},
};

/// Compares two schemas and says what leads from the actual to the wanted one, in an order that works.
///
/// The result is the same to the byte for the same schemas, whatever order their parts come in.
pub fn compare(sides: Sides<'_>, language: Language<'_>, decisions: &Decisions) -> Comparison {
    let wanted = canonical(sides.wanted);
    let renamed = rename::renamed(canonical(sides.actual), &wanted, decisions, language);
    // The new names may sort differently.
    let actual = canonical(&renamed.database);
    let declared = Declared::of(sides.declared);
    let mut plan = Plan::default();
    for change in renamed.changes {
        plan.push(Phase::Rename, change);
    }
    let undecided = Comparing {
        actual: &actual,
        wanted: &wanted,
        language,
        decisions,
        declared: &declared,
    }
    .plan(&mut plan);
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
}

impl<'a> Comparing<'a> {
    fn plan(&self, plan: &mut Plan) -> Vec<RenameCandidate> {
        let (actual, wanted) = (self.actual, self.wanted);
        let equivalence = self.language.equivalence;
        let tables = self.tables();
        let family = Family::of(&tables.both);
        let mut pairs: Vec<TablePair<'a>> = family
            .in_order(&tables.both)
            .map(|(from, to)| TablePair::new(from, to, &family.parents(to), self.language))
            .collect();
        let mut undecided = rename::similar_tables(&tables.removed, &tables.added, self.language);
        for pair in &pairs {
            undecided.extend(similar_columns(pair, self.language));
        }
        // What happens to columns decides what has to make room.
        let mut touched = Touched::default();
        let nothing = Touched::default();
        let before = self.context(&nothing);
        for pair in &pairs {
            pair.mark(&mut touched);
        }
        for table in &tables.removed {
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
            change.plan(actual, wanted, context, plan);
        }
        for both in &domains.both {
            domain::alter(*both, actual, context, plan);
        }
        domains
            .removed
            .iter()
            .for_each(|one| domain::drop(one, plan));
        let sequences = pair(&actual.sequences, &wanted.sequences, equivalence, |one| {
            qualified(&one.name)
        });
        sequence::plan(&sequences, actual, wanted, context, plan);

        let routines = routine::pairs(actual, wanted, equivalence);
        let routine_changes = routine::changes(&routines, equivalence);
        let early = routine::used_by_tables(&routine_changes, wanted, context);
        let new = New {
            domains: domains.added.clone(),
            routines: early
                .iter()
                .filter_map(|place| routine_changes.get(*place))
                .collect(),
            tables: tables.added.clone(),
        };
        create::plan(&new, actual, &lost, context, plan);
        for pair in &pairs {
            pair.plan(context, plan);
        }
        drop_tables(&tables.removed, context, plan);
        routine::plan(&routines, &routine_changes, &early, context, plan);

        let watched = Watched::of(actual, context);
        let mut gone = view::plan(actual, wanted, &watched, context, plan);
        gone.extend(tables.removed.iter().map(|table| table.name.clone()));
        let recreated: Vec<QualifiedName> = routine_changes
            .iter()
            .filter_map(|change| change.dropped())
            .map(|routine| routine.name.clone())
            .collect();
        let both = (actual, wanted);
        trigger::plan(both, &gone, &recreated, &watched, context, plan);
        policy::plan(both, &gone, &recreated, &watched, context, plan);
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

    /// The tables side by side. One that cannot become what is wanted goes, and a new one comes.
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

/// Partitions and heirs, and the tables that they have their columns from.
struct Family<'a> {
    by_name: HashMap<&'a QualifiedName, (&'a Table, &'a Table)>,
}

impl<'a> Family<'a> {
    fn of(both: &[(&'a Table, &'a Table)]) -> Self {
        Family {
            by_name: both
                .iter()
                .map(|(from, to)| (&to.name, (*from, *to)))
                .collect(),
        }
    }

    fn names(table: &Table) -> impl Iterator<Item = &QualifiedName> {
        let options = &table.options.postgresql;
        options.inherits.iter().chain(&options.partition_of)
    }

    /// The parents that stay, and stay its parents.
    fn parents(&self, wanted: &Table) -> Parents<'a> {
        let own = self.by_name.get(&wanted.name);
        let still = |name: &&QualifiedName| {
            own.is_some_and(|(actual, _)| Family::names(actual).any(|other| other == *name))
        };
        Parents {
            staying: Family::names(wanted)
                .filter(still)
                .filter_map(|name| self.by_name.get(name).copied())
                .collect(),
        }
    }

    /// Parents before their children.
    fn in_order(
        &self,
        both: &[(&'a Table, &'a Table)],
    ) -> impl Iterator<Item = (&'a Table, &'a Table)> {
        let places: HashMap<&QualifiedName, usize> = both
            .iter()
            .enumerate()
            .map(|(place, (_, to))| (&to.name, place))
            .collect();
        let needs: Vec<Dependencies> = both
            .iter()
            .map(|(_, to)| Dependencies {
                soft: Family::names(to)
                    .filter_map(|name| places.get(name).copied())
                    .collect(),
                ..Dependencies::default()
            })
            .collect();
        let order: Vec<(&Table, &Table)> = ordered(&needs)
            .into_iter()
            .filter_map(|place| both.get(place).copied())
            .collect();
        order.into_iter()
    }
}

/// Tables that go: those that refer before those referred to; foreign keys in a circle go first.
fn drop_tables(removed: &[&Table], context: Context<'_>, plan: &mut Plan) {
    let places: HashMap<&QualifiedName, usize> = removed
        .iter()
        .enumerate()
        .map(|(place, table)| (&table.name, place))
        .collect();
    let keys = |table: &'_ Table| -> Vec<crate::schema::ForeignKey> {
        let constraints = table.constraints.iter();
        constraints
            .filter_map(|one| match one {
                Constraint::ForeignKey(key) => Some(key.clone()),
                _ => None,
            })
            .collect()
    };
    let needs: Vec<Dependencies> = removed
        .iter()
        .enumerate()
        .map(|(place, table)| {
            let targets = keys(table);
            let soft = targets.iter().filter_map(|key| places.get(&key.target));
            let mut needs = Dependencies {
                soft: soft.copied().filter(|other| *other != place).collect(),
                ..Dependencies::default()
            };
            let parents = Family::names(table).filter_map(|name| places.get(name));
            needs.hard.extend(parents);
            needs
        })
        .collect();
    let order = ordered(&needs);
    let mut dropped: Vec<&QualifiedName> = Vec::new();
    for table in order
        .into_iter()
        .rev()
        .filter_map(|place| removed.get(place))
    {
        for key in keys(table) {
            let first = key.target != table.name && dropped.contains(&&key.target);
            if first && !context.rebuilds() && key.name.is_some() {
                let operation = super::constraint::drop(table, &Constraint::ForeignKey(key));
                plan.assist(Phase::DropForeignKeys, operation);
            }
        }
        dropped.push(&table.name);
        let what = Detected::Removed {
            object: Object::Table(table.name.clone()),
        };
        let operation = DropTable {
            table: table.name.clone(),
            if_exists: false,
            cascade: false,
            original: Some((*table).clone()),
        };
        let hazard = Hazard::DropsTable {
            table: table.name.clone(),
        };
        plan.warn(Phase::DropTables, what, operation, hazard);
    }
}

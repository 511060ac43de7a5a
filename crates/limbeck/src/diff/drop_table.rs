//! Tables that go.

use std::collections::{BTreeSet, HashMap};

use super::{
    Detected, Hazard, Object,
    arrivals::Arrivals,
    constraint,
    context::Context,
    family::Family,
    index,
    order::{Dependencies, Mentions, Phase, Plan, ordered},
    table_options,
    touched::How,
};
use crate::{
    operation::DropTable,
    schema::{Constraint, Database, ForeignKey, Identifier, QualifiedName, Table},
};

/// Names of indexes and constraints, with the schema that they may have to be unique in.
type Names<'a> = BTreeSet<(Option<&'a Identifier>, &'a str)>;

/// Tables that go: those that refer before those referred to; foreign keys in a circle go first.
pub(super) fn plan(
    removed: &[&Table],
    arrivals: &Arrivals<'_>,
    wanted: &Database,
    lost: &HashMap<&QualifiedName, Vec<Vec<Identifier>>>,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let taken = names_of_parts(wanted);
    let places: HashMap<&QualifiedName, usize> = removed
        .iter()
        .enumerate()
        .map(|(place, table)| (&table.name, place))
        .collect();
    let keys = |table: &'_ Table| -> Vec<ForeignKey> {
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
        free_names(table, &taken, &context, plan);
        if arrivals.crowd(table) {
            table_options::detach(table, plan);
        }
        for key in keys(table) {
            let own = is_taken(table, key.name.as_ref(), &taken);
            let target = removed.iter().find(|other| other.name == key.target);
            let held = target.is_some_and(|target| clashes(target, &taken));
            let holds = target.is_none() && holds_on(&key, lost, &context);
            let circle = key.target != table.name && dropped.contains(&&key.target);
            let first = own || held || holds || circle;
            if first && !context.rebuilds() && key.name.is_some() {
                let operation = constraint::drop(table, &Constraint::ForeignKey(key));
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

fn names_of_parts(database: &Database) -> Names<'_> {
    let tables = database.tables.iter();
    tables
        .flat_map(|table| {
            let constraints = table.constraints.iter().filter_map(Constraint::name);
            let indexes = table.indexes.iter().filter_map(|index| index.name.as_ref());
            let schema = table.name.schema.as_ref();
            constraints
                .chain(indexes)
                .map(move |name| (schema, name.as_str()))
        })
        .collect()
}

fn is_taken(table: &Table, name: Option<&Identifier>, taken: &Names<'_>) -> bool {
    let schema = table.name.schema.as_ref();
    name.is_some_and(|name| taken.contains(&(schema, name.as_str())))
}

/// Whether a name of one of the table's indexes or constraints is wanted elsewhere.
fn clashes(table: &Table, taken: &Names<'_>) -> bool {
    let constraints = table.constraints.iter().map(Constraint::name);
    let indexes = table.indexes.iter().map(|index| index.name.as_ref());
    let mut names = constraints.chain(indexes);
    names.any(|name| is_taken(table, name, taken))
}

/// Drops the indexes and constraints of a table that goes whose names others get before it is gone, and those that use
/// routines and types which go before it. Foreign keys are not among them: they go where foreign keys go.
fn free_names(table: &Table, taken: &Names<'_>, context: &Context<'_>, plan: &mut Plan) {
    let unusable = Mentions::of_names(context.language.equivalence, context.touched.unusable());
    let uses = |text: &str| !unusable.within(text).is_empty();
    for one in &table.constraints {
        let key = matches!(one, Constraint::ForeignKey(_));
        // A CHECK of the parent's goes with that, and its name is the table's only.
        let inherited =
            matches!(one, Constraint::Check(_)) && Family::names(table).next().is_some();
        let taken = is_taken(table, one.name(), taken);
        let in_the_way = taken || constraint::expressions(one).into_iter().any(uses);
        if !key && !inherited && !context.rebuilds() && in_the_way {
            plan.assist(Phase::DropConstraints, constraint::drop(table, one));
        }
    }
    for one in &table.indexes {
        let taken = is_taken(table, one.name.as_ref(), taken);
        let in_the_way = taken || index::expressions(one).into_iter().any(uses);
        if context.capabilities().indexes_of_tables || !in_the_way {
            continue;
        }
        if let Some(operation) = index::drop(&table.name, one) {
            plan.assist(Phase::DropIndexes, operation);
        }
    }
}

/// Whether a foreign key to a table that stays is in the way of what happens there.
fn holds_on(
    key: &ForeignKey,
    lost: &HashMap<&QualifiedName, Vec<Vec<Identifier>>>,
    context: &Context<'_>,
) -> bool {
    let mut columns = key.target_columns.iter();
    let touched = columns.any(|column| {
        let how = context.touched.how(&key.target, column);
        how.is_some_and(|how| how >= How::Retyped)
    });
    touched || lost.contains_key(&key.target)
}

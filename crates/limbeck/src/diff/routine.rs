//! Functions and procedures.

use std::collections::BTreeSet;

use super::{
    Detected, Equivalence, Object,
    context::Context,
    create::{domain_text, table_text},
    order::{Dependencies, Mentions, Phase, Plan, ordered},
    pairing::{Pairs, pair, qualified, same_qualified},
};
use crate::{
    operation::{CreateRoutine, DropRoutine},
    schema::{Database, Identifier, QualifiedName, Routine},
};

/// A routine that is created.
pub(super) enum RoutineChange<'a> {
    /// It is new.
    Added(&'a Routine),
    /// Its text says that it replaces the one there is.
    Replaced(&'a Routine, &'a Routine),
    /// The one there is goes first.
    Recreated(&'a Routine, &'a Routine),
}

/// Pairs the routines of both sides: by kind, name and types of arguments.
pub(super) fn pairs<'a>(
    actual: &'a Database,
    wanted: &'a Database,
    equivalence: &dyn Equivalence,
) -> Pairs<'a, Routine> {
    pair(&actual.routines, &wanted.routines, equivalence, |routine| {
        let mut key = qualified(&routine.name);
        key.push(Identifier::new(routine.kind.to_string()));
        let signature = routine.signature.as_deref().unwrap_or_default();
        key.push(Identifier::new(signature));
        key
    })
}

/// The routines that have to be created.
pub(super) fn changes<'a>(
    pairs: &Pairs<'a, Routine>,
    equivalence: &dyn Equivalence,
) -> Vec<RoutineChange<'a>> {
    let added = pairs.added.iter().map(|one| RoutineChange::Added(one));
    let changed = pairs.both.iter().filter_map(|(from, to)| {
        if equivalence.same_definition(&from.definition, &to.definition) {
            return None;
        }
        let replaces = says_replace(&to.definition) && returns(from) == returns(to);
        Some(match replaces {
            true => RoutineChange::Replaced(from, to),
            false => RoutineChange::Recreated(from, to),
        })
    });
    added.chain(changed).collect()
}

fn says_replace(definition: &str) -> bool {
    let head: String = definition.chars().take(60).collect();
    let words: Vec<String> = head.split_whitespace().map(str::to_uppercase).collect();
    words.windows(2).any(|pair| pair == ["OR", "REPLACE"])
}

/// What a function gives back, where a line of its own says so: that cannot be replaced.
fn returns(routine: &Routine) -> Option<&str> {
    let mut lines = routine.definition.lines().map(str::trim);
    lines.find(|line| line.to_uppercase().starts_with("RETURNS "))
}

impl RoutineChange<'_> {
    /// The routine as it will be.
    pub(super) fn wanted(&self) -> &Routine {
        match self {
            RoutineChange::Added(to)
            | RoutineChange::Replaced(_, to)
            | RoutineChange::Recreated(_, to) => to,
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> &QualifiedName {
        &self.wanted().name
    }

    /// Its text.
    pub(super) fn definition(&self) -> &str {
        &self.wanted().definition
    }

    /// The one that goes before it is created.
    pub(super) fn dropped(&self) -> Option<&Routine> {
        match self {
            RoutineChange::Recreated(from, _) => Some(from),
            _ => None,
        }
    }

    /// Plans its creation.
    pub(super) fn create(&self, phase: Phase, plan: &mut Plan) {
        let routine = self.wanted();
        let what = match self {
            RoutineChange::Added(_) => Detected::Added {
                object: object(routine),
            },
            _ => Detected::Changed {
                object: object(routine),
                differences: Vec::new(),
            },
        };
        let replaced = match self {
            RoutineChange::Replaced(from, _) => Some((*from).clone()),
            _ => None,
        };
        let operation = CreateRoutine {
            routine: routine.clone(),
            replaced,
        };
        plan.detect(phase, what, operation);
    }
}

fn object(routine: &Routine) -> Object {
    Object::Routine {
        kind: routine.kind,
        name: routine.name.clone(),
        signature: routine.signature.clone(),
    }
}

fn drop_operation(routine: &Routine) -> DropRoutine {
    DropRoutine {
        kind: routine.kind,
        name: routine.name.clone(),
        signature: routine.signature.clone(),
        if_exists: false,
        cascade: false,
        original: Some(routine.clone()),
    }
}

/// The places of the changes that tables and domains use, directly or by way of another one.
pub(super) fn used_by_tables(
    changes: &[RoutineChange<'_>],
    wanted: &Database,
    context: Context<'_>,
) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    if changes.is_empty() {
        return used;
    }
    let names = changes.iter().enumerate();
    let names = names.map(|(place, change)| (change.name().clone(), place));
    let mentions = Mentions::of(context.language.equivalence, names);
    let mut open: Vec<usize> = Vec::new();
    for table in &wanted.tables {
        open.extend(mentions.within(&table_text(table)));
    }
    for domain in &wanted.domains {
        open.extend(mentions.within(&domain_text(domain)));
    }
    while let Some(place) = open.pop() {
        if used.insert(place)
            && let Some(change) = changes.get(place)
        {
            open.extend(mentions.within(change.definition()));
        }
    }
    used
}

/// Plans what is dropped, and what is created after the tables.
pub(super) fn plan(
    pairs: &Pairs<'_, Routine>,
    changes: &[RoutineChange<'_>],
    early: &BTreeSet<usize>,
    context: Context<'_>,
    plan: &mut Plan,
) {
    let equivalence = context.language.equivalence;
    let removed = pairs.removed.iter().enumerate();
    let removed = removed.map(|(place, routine)| (routine.name.clone(), place));
    let removed = Mentions::of(equivalence, removed);
    let needs: Vec<Dependencies> = pairs
        .removed
        .iter()
        .map(|routine| Dependencies {
            soft: removed.within(&routine.definition).into_iter().collect(),
            ..Dependencies::default()
        })
        .collect();
    // Those that use others go first.
    let order = ordered(&needs).into_iter().rev();
    for removed in order.filter_map(|place| pairs.removed.get(place)) {
        // An argument with another name makes another routine for us, but the same for the database.
        let in_the_way = pairs.added.iter().any(|added| {
            added.kind == removed.kind && same_qualified(equivalence, &removed.name, &added.name)
        });
        let phase = match in_the_way {
            true => Phase::DropRoutinesInTheWay,
            false => Phase::DropRoutines,
        };
        let what = Detected::Removed {
            object: object(removed),
        };
        plan.detect(phase, what, drop_operation(removed));
    }
    for change in changes {
        if let Some(dropped) = change.dropped() {
            plan.assist(Phase::DropRoutinesInTheWay, drop_operation(dropped));
        }
    }
    let late: Vec<&RoutineChange<'_>> = changes
        .iter()
        .enumerate()
        .filter(|(place, _)| !early.contains(place))
        .map(|(_, change)| change)
        .collect();
    let names = late.iter().enumerate();
    let names = names.map(|(place, change)| (change.name().clone(), place));
    let mentions = Mentions::of(equivalence, names);
    let needs: Vec<Dependencies> = late
        .iter()
        .map(|change| Dependencies {
            soft: mentions.within(change.definition()).into_iter().collect(),
            ..Dependencies::default()
        })
        .collect();
    for place in ordered(&needs) {
        if let Some(change) = late.get(place) {
            change.create(Phase::CreateRoutines, plan);
        }
    }
}

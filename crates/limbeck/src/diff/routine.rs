//! Functions and procedures.

use std::collections::BTreeSet;

use super::{
    Detected, Equivalence, Language, Object,
    context::Context,
    create::{column_text, domain_text, table_text},
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

/// The routines that have to be created. Those that hold on to a table or a type that goes cannot stay while it does.
pub(super) fn changes<'a>(
    pairs: &Pairs<'a, Routine>,
    going: &Going<'_>,
    equivalence: &dyn Equivalence,
) -> Vec<RoutineChange<'a>> {
    let added = pairs.added.iter().map(|one| RoutineChange::Added(one));
    let changed = pairs.both.iter().filter_map(|(from, to)| {
        let same = equivalence.same_definition(&from.definition, &to.definition);
        let of_type = going.holds_type(from);
        if same && !of_type {
            return None;
        }
        let stays = !of_type && !going.holds_table(from);
        let replaces = stays && says_replace(&to.definition) && returns(from) == returns(to);
        Some(match replaces {
            true => RoutineChange::Replaced(from, to),
            false => RoutineChange::Recreated(from, to),
        })
    });
    added.chain(changed).collect()
}

/// Tables and types that go, and hold on to routines that use them.
pub(super) struct Going<'a> {
    tables: Mentions<'a>,
    types: Mentions<'a>,
}

impl<'a> Going<'a> {
    /// What goes, for good or to make room for another of its name.
    pub(super) fn of<'n>(
        tables: impl Iterator<Item = &'n QualifiedName>,
        types: impl Iterator<Item = &'n QualifiedName>,
        language: Language<'a>,
    ) -> Self {
        // Elsewhere a routine is a text that is read when it is called.
        let holds = language.capabilities.views_hold_columns;
        Going {
            tables: Mentions::of_names(language.equivalence, tables.filter(|_| holds)),
            types: Mentions::of_names(language.equivalence, types.filter(|_| holds)),
        }
    }

    /// Whether a routine cannot stay while what it uses goes.
    pub(super) fn hold(&self, routine: &Routine) -> bool {
        self.holds_table(routine) || self.holds_type(routine)
    }

    fn holds_table(&self, routine: &Routine) -> bool {
        !self.tables.within(&routine.definition).is_empty()
    }

    fn holds_type(&self, routine: &Routine) -> bool {
        !self.types.within(parsed(&routine.definition)).is_empty()
    }
}

/// What of a definition the database has understood when it is made: all but a body in quotes.
fn parsed(definition: &str) -> &str {
    let body = definition.find("\nAS ").unwrap_or(definition.len());
    definition.get(..body).unwrap_or(definition)
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

/// The routines among some that columns and domains there use. Whatever else of a table uses one of them goes before it.
fn in_use<'a>(
    routines: &[&'a Routine],
    actual: &Database,
    context: Context<'_>,
) -> BTreeSet<&'a QualifiedName> {
    if routines.is_empty() {
        return BTreeSet::new();
    }
    let names = routines.iter().enumerate();
    let names = names.map(|(place, routine)| (routine.name.clone(), place));
    let mentions = Mentions::of(context.language.equivalence, names);
    let columns = actual.tables.iter().flat_map(|table| &table.columns);
    let columns = columns.filter_map(column_text).map(str::to_owned);
    let texts = columns.chain(actual.domains.iter().map(domain_text));
    let found = texts.flat_map(|text| mentions.within(&text));
    found
        .filter_map(|place| routines.get(place).map(|routine| &routine.name))
        .collect()
}

/// Whether the arguments are of the same types, so that a database takes one for the other; names do not count.
fn same_arguments(one: &Routine, other: &Routine) -> bool {
    let arguments = |routine: &Routine| -> Vec<String> {
        let all = routine.signature.as_deref().unwrap_or_default();
        all.split(", ").map(str::to_owned).collect()
    };
    let unnamed = |text: &str| text.split_once(' ').map(|(_, rest)| rest.to_owned());
    let (one, other) = (arguments(one), arguments(other));
    one.len() == other.len()
        && one.iter().zip(&other).all(|(a, b)| {
            let (of_a, of_b) = (unnamed(a), unnamed(b));
            a == b
                || of_a.as_ref() == Some(b)
                || of_b.as_ref() == Some(a)
                || (of_a.is_some() && of_a == of_b)
        })
}

/// Plans what is dropped, and what is created after the tables.
pub(super) fn plan(
    pairs: &Pairs<'_, Routine>,
    changes: &[RoutineChange<'_>],
    early: &BTreeSet<usize>,
    (actual, going): (&Database, &Going<'_>),
    context: Context<'_>,
    plan: &mut Plan,
) {
    let equivalence = context.language.equivalence;
    let in_use = in_use(&pairs.removed, actual, context);
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
            added.kind == removed.kind
                && same_qualified(equivalence, &removed.name, &added.name)
                && same_arguments(removed, added)
        });
        let holds = going.hold(removed) && !in_use.contains(&removed.name);
        let phase = match in_the_way || holds {
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

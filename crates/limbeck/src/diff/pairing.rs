//! Which thing of one schema is which of the other, by name.

use std::collections::HashMap;

use super::Equivalence;
use crate::schema::{Identifier, QualifiedName};

/// Things of two schemas side by side. Each list is in the order of its side; `both` in the wanted one's.
pub(super) struct Pairs<'a, T> {
    pub(super) both: Vec<(&'a T, &'a T)>,
    pub(super) removed: Vec<&'a T>,
    pub(super) added: Vec<&'a T>,
}

/// Pairs things whose keys are the same; a key is a list of names.
pub(super) fn pair<'a, T>(
    actual: &'a [T],
    wanted: &'a [T],
    equivalence: &dyn Equivalence,
    key: impl Fn(&T) -> Vec<Identifier>,
) -> Pairs<'a, T> {
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    let keys: Vec<Vec<Identifier>> = actual.iter().map(&key).collect();
    for (place, names) in keys.iter().enumerate() {
        by_name.entry(folded(names)).or_default().push(place);
    }
    let mut taken = vec![false; actual.len()];
    let mut pairs = Pairs {
        both: Vec::new(),
        removed: Vec::new(),
        added: Vec::new(),
    };
    for one in wanted {
        let names = key(one);
        let same = |place: &usize| {
            keys.get(*place).is_some_and(|other| {
                other.len() == names.len()
                    && other
                        .iter()
                        .zip(&names)
                        .all(|(actual, wanted)| equivalence.same_name(actual, wanted))
            })
        };
        let free = |place: &&usize| !taken.get(**place).copied().unwrap_or(true);
        let places = by_name.get(&folded(&names));
        // The very same name before one that only means the same.
        let found = places.and_then(|places| {
            let exact = |place: &&usize| keys.get(**place) == Some(&names);
            let mut open = places.iter().filter(free);
            open.clone()
                .find(exact)
                .or_else(|| open.find(|place| same(place)))
                .copied()
        });
        match found.and_then(|place| Some((place, actual.get(place)?))) {
            Some((place, other)) => {
                if let Some(taken) = taken.get_mut(place) {
                    *taken = true;
                }
                pairs.both.push((other, one));
            }
            None => pairs.added.push(one),
        }
    }
    pairs.removed = actual
        .iter()
        .zip(taken)
        .filter_map(|(one, taken)| (!taken).then_some(one))
        .collect();
    pairs
}

/// Things of one schema, to be found by their names without a look at each of them.
pub(super) struct ByName<'a, T> {
    equivalence: &'a dyn Equivalence,
    name: fn(&T) -> &QualifiedName,
    all: HashMap<String, Vec<&'a T>>,
}

impl<'a, T> ByName<'a, T> {
    pub(super) fn of(
        things: &'a [T],
        name: fn(&T) -> &QualifiedName,
        equivalence: &'a dyn Equivalence,
    ) -> Self {
        let mut all: HashMap<String, Vec<&T>> = HashMap::new();
        for thing in things {
            let key = name(thing).name.as_str().to_lowercase();
            all.entry(key).or_default().push(thing);
        }
        ByName {
            equivalence,
            name,
            all,
        }
    }

    /// The first one whose name means the same.
    pub(super) fn find(&self, name: &QualifiedName) -> Option<&'a T> {
        let alike = self.all.get(&name.name.as_str().to_lowercase());
        let mut alike = alike.into_iter().flatten().copied();
        alike.find(|thing| same_qualified(self.equivalence, (self.name)(thing), name))
    }
}

/// The key of a qualified name. No schema is a name of its own, which no schema has.
pub(super) fn qualified(name: &QualifiedName) -> Vec<Identifier> {
    let schema = name.schema.clone().unwrap_or_else(|| Identifier::new(""));
    vec![schema, name.name.clone()]
}

fn folded(names: &[Identifier]) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| name.as_str().to_lowercase())
        .collect();
    names.join("\u{0}")
}

/// Whether two qualified names mean the same thing.
pub(super) fn same_qualified(
    equivalence: &dyn Equivalence,
    actual: &QualifiedName,
    wanted: &QualifiedName,
) -> bool {
    let same_schema = match (&actual.schema, &wanted.schema) {
        (Some(actual), Some(wanted)) => equivalence.same_name(actual, wanted),
        (None, None) => true,
        _ => false,
    };
    same_schema && equivalence.same_name(&actual.name, &wanted.name)
}

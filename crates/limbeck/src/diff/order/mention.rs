//! Which definition mentions which name, without asking for each pair.

use std::collections::HashMap;

use crate::{diff::Equivalence, schema::QualifiedName};

/// Names that definitions may mention, each with a value of the caller's.
pub(crate) struct Mentions<'a> {
    equivalence: &'a dyn Equivalence,
    names: Vec<(QualifiedName, usize)>,
    /// Names that are one word, by that word.
    words: HashMap<String, Vec<usize>>,
    /// Names that no splitting into words finds.
    others: Vec<usize>,
}

impl<'a> Mentions<'a> {
    /// The names that can be asked for.
    pub(crate) fn of(
        equivalence: &'a dyn Equivalence,
        names: impl IntoIterator<Item = (QualifiedName, usize)>,
    ) -> Self {
        let names: Vec<(QualifiedName, usize)> = names.into_iter().collect();
        let mut words: HashMap<String, Vec<usize>> = HashMap::new();
        let mut others = Vec::new();
        for (place, (name, _)) in names.iter().enumerate() {
            let text = name.name.as_str();
            if text.chars().all(is_word) {
                words.entry(text.to_lowercase()).or_default().push(place);
            } else {
                others.push(place);
            }
        }
        Mentions {
            equivalence,
            names,
            words,
            others,
        }
    }

    /// Names of which it only matters whether any is mentioned.
    pub(crate) fn of_names<'n>(
        equivalence: &'a dyn Equivalence,
        names: impl IntoIterator<Item = &'n QualifiedName>,
    ) -> Self {
        Mentions::of(equivalence, names.into_iter().map(|name| (name.clone(), 0)))
    }

    /// The values of the names that a definition mentions, each once, in order.
    pub(crate) fn within(&self, definition: &str) -> Vec<usize> {
        let lower = definition.to_lowercase();
        let mut candidates: Vec<usize> = lower
            .split(|character| !is_word(character))
            .filter_map(|word| self.words.get(word))
            .flatten()
            .chain(&self.others)
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut found: Vec<usize> = candidates
            .into_iter()
            .filter_map(|place| self.names.get(place))
            .filter(|(name, _)| self.equivalence.mentions(definition, name))
            .map(|(_, value)| *value)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

//! What is gone and what is new, and look alike.

use std::cmp::Ordering;

use crate::{
    diff::{Language, RenameCandidate, Renamed},
    schema::{Column, EnumType, Identifier, QualifiedName, Table},
};

/// From here on somebody is asked.
const ALIKE: f64 = 0.6;

/// Tables that may be each other, each at most once, the most alike first.
pub(in crate::diff) fn tables(
    removed: &[&Table],
    added: &[&Table],
    language: Language<'_>,
) -> Vec<RenameCandidate> {
    let in_one_schema = |(from, to): &(&Table, &Table)| from.name.schema == to.name.schema;
    let candidates = all_pairs(removed, added)
        .filter(in_one_schema)
        .map(|(from, to)| RenameCandidate {
            what: Renamed::Table,
            table: None,
            from: from.name.clone(),
            to: to.name.clone(),
            similarity: table_similarity(from, to, language),
        });
    best(candidates.collect())
}

/// Columns of one table that may be each other.
pub(in crate::diff) fn columns(
    table: &QualifiedName,
    removed: &[&Column],
    added: &[&Column],
    language: Language<'_>,
) -> Vec<RenameCandidate> {
    // What is computed holds nothing that could be lost.
    let plain =
        |(from, to): &(&Column, &Column)| from.computed().is_none() && to.computed().is_none();
    let candidates = all_pairs(removed, added)
        .filter(plain)
        .map(|(from, to)| RenameCandidate {
            what: Renamed::Column,
            table: Some(table.clone()),
            from: QualifiedName::new(from.name.clone()),
            to: QualifiedName::new(to.name.clone()),
            similarity: column_similarity(from, to, language),
        });
    best(candidates.collect())
}

/// The one value of an enum type that may have another text: all others stand where they stood.
pub(in crate::diff) fn value(actual: &EnumType, wanted: &EnumType) -> Option<RenameCandidate> {
    if actual.values.len() != wanted.values.len() {
        return None;
    }
    let mut differing = actual
        .values
        .iter()
        .zip(&wanted.values)
        .filter(|(from, to)| from != to);
    let (from, to) = differing.next()?;
    let known = actual.values.contains(to) || wanted.values.contains(from);
    if differing.next().is_some() || known {
        return None;
    }
    Some(RenameCandidate {
        what: Renamed::EnumValue,
        table: wanted.name.clone(),
        from: QualifiedName::new(from.as_str()),
        to: QualifiedName::new(to.as_str()),
        similarity: name_similarity(from, to),
    })
}

fn all_pairs<'a, T>(
    removed: &'a [&'a T],
    added: &'a [&'a T],
) -> impl Iterator<Item = (&'a T, &'a T)> {
    removed
        .iter()
        .flat_map(move |from| added.iter().map(move |to| (*from, *to)))
}

fn best(mut candidates: Vec<RenameCandidate>) -> Vec<RenameCandidate> {
    candidates.retain(|candidate| candidate.similarity >= ALIKE);
    candidates.sort_by(|a, b| {
        let alike = b.similarity.partial_cmp(&a.similarity);
        let names = (&a.from, &a.to).cmp(&(&b.from, &b.to));
        alike.unwrap_or(Ordering::Equal).then(names)
    });
    let mut chosen: Vec<RenameCandidate> = Vec::new();
    for candidate in candidates {
        let free =
            |other: &RenameCandidate| other.from != candidate.from && other.to != candidate.to;
        if chosen.iter().all(free) {
            chosen.push(candidate);
        }
    }
    chosen
}

/// Mostly the columns; the name a little.
fn table_similarity(from: &Table, to: &Table, language: Language<'_>) -> f64 {
    let common: f64 = from
        .columns
        .iter()
        .filter_map(|column| Some((column, to.column(&column.name)?)))
        .map(
            |(a, b)| match language.same_type(&a.data_type, &b.data_type) {
                true => 1.0,
                false => 0.5,
            },
        )
        .sum();
    let all = f64::from(u32::try_from(from.columns.len() + to.columns.len()).unwrap_or(u32::MAX));
    let columns = if all > 0.0 { 2.0 * common / all } else { 0.0 };
    0.75 * columns + 0.25 * identifier_similarity(&from.name.name, &to.name.name)
}

/// Mostly the type; with another type the name has to be nearly the same.
fn column_similarity(from: &Column, to: &Column, language: Language<'_>) -> f64 {
    let name = identifier_similarity(&from.name, &to.name);
    if !language.same_type(&from.data_type, &to.data_type) {
        return 0.25 + 0.5 * name;
    }
    let point = |same: bool| if same { 0.15 } else { 0.0 };
    let default = language.equivalence.same_default(
        from.default.as_ref(),
        to.default.as_ref(),
        &to.data_type,
    );
    0.5 + 0.2 * name + point(from.nullable == to.nullable) + point(default)
}

fn identifier_similarity(a: &Identifier, b: &Identifier) -> f64 {
    name_similarity(a.as_str(), b.as_str())
}

/// One minus the share of letters that have to change (Levenshtein).
fn name_similarity(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (
        a.to_lowercase().chars().collect(),
        b.to_lowercase().chars().collect(),
    );
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 1.0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, left) in a.iter().enumerate() {
        let mut diagonal = line;
        let mut before = line + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, right) in row.iter_mut().skip(1).zip(&b) {
            let change = diagonal + usize::from(left != right);
            diagonal = *cell;
            *cell = change.min(diagonal + 1).min(before + 1);
            before = *cell;
        }
    }
    let distance = row.last().copied().unwrap_or(longest);
    let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    1.0 - share(distance) / share(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_alike_as_their_letters() {
        assert!((name_similarity("titel", "title") - 0.6).abs() < 1e-9);
        assert!((name_similarity("a", "b")).abs() < 1e-9);
        assert!((name_similarity("Name", "name") - 1.0).abs() < 1e-9);
        assert!((name_similarity("", "name")).abs() < 1e-9);
    }
}

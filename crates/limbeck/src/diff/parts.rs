//! Constraints and indexes of a table side by side: by name, by what they are, and what that makes of them.

use super::Equivalence;
use crate::schema::Identifier;

/// A part of a table on both sides.
#[derive(Debug)]
pub(super) enum Part<'a, T> {
    /// There and wanted.
    Same(&'a T, &'a T),
    /// Only wanted.
    Added(&'a T),
    /// Only there.
    Removed(&'a T),
    /// There under the same name, but another one.
    Changed(&'a T, &'a T),
    /// There under another name.
    Renamed(&'a T, &'a T),
    /// There and wanted, but in the way of something else: dropped and created again.
    SetAside(&'a T, &'a T),
}

/// What matching has to know about a part.
pub(super) struct Matching<'f, T> {
    pub(super) equivalence: &'f dyn Equivalence,
    /// Its name, if it counts: `None` for a name that nobody gave.
    pub(super) actual_name: &'f dyn Fn(&T) -> Option<Identifier>,
    pub(super) wanted_name: &'f dyn Fn(&T) -> Option<Identifier>,
    /// Whether two are the same but for their names.
    pub(super) same: &'f dyn Fn(&T, &T) -> bool,
    /// Whether it can be given another name.
    pub(super) can_rename: bool,
}

/// Puts the parts side by side. What is wanted comes first, in its order; then what is only there.
pub(super) fn side_by_side<'a, T>(
    actual: &'a [T],
    wanted: &'a [T],
    matching: &Matching<'_, T>,
) -> Vec<Part<'a, T>> {
    let mut open: Vec<&T> = actual.iter().collect();
    let mut found: Vec<Option<Part<'a, T>>> = wanted.iter().map(|_| None).collect();
    // By name first: whatever has the name is what was meant.
    for (slot, one) in found.iter_mut().zip(wanted) {
        let Some(name) = (matching.wanted_name)(one) else {
            continue;
        };
        let named = |other: &&T| {
            (matching.actual_name)(other)
                .is_some_and(|actual| matching.equivalence.same_name(&actual, &name))
        };
        *slot = take(&mut open, named).map(|other| match (matching.same)(other, one) {
            true => Part::Same(other, one),
            false => Part::Changed(other, one),
        });
    }
    // A name that nobody gave is any name.
    for (slot, one) in found.iter_mut().zip(wanted) {
        if slot.is_none() && (matching.wanted_name)(one).is_none() {
            let alike = |other: &&T| (matching.same)(other, one);
            let unnamed = |other: &&T| (matching.actual_name)(other).is_none() && alike(other);
            *slot = take(&mut open, unnamed)
                .or_else(|| take(&mut open, alike))
                .map(|other| Part::Same(other, one));
        }
    }
    // What is left and alike has another name now.
    for (slot, one) in found.iter_mut().zip(wanted) {
        if slot.is_none() {
            *slot =
                take(&mut open, |other| (matching.same)(other, one)).map(|other| {
                    match matching.can_rename && (matching.actual_name)(other).is_some() {
                        true => Part::Renamed(other, one),
                        false => Part::Changed(other, one),
                    }
                });
        }
    }
    let mut parts: Vec<Part<'a, T>> = found
        .into_iter()
        .zip(wanted)
        .map(|(part, one)| part.unwrap_or(Part::Added(one)))
        .collect();
    parts.extend(open.into_iter().map(Part::Removed));
    parts
}

fn take<'a, T>(open: &mut Vec<&'a T>, wanted: impl Fn(&&'a T) -> bool) -> Option<&'a T> {
    let place = open.iter().position(wanted)?;
    Some(open.remove(place))
}

impl<'a, T> Part<'a, T> {
    /// The one that is dropped, if one is.
    pub(super) fn dropped(&self) -> Option<&'a T> {
        match self {
            Part::Removed(actual) | Part::Changed(actual, _) | Part::SetAside(actual, _) => {
                Some(actual)
            }
            _ => None,
        }
    }

    /// The one that is created, if one is.
    pub(super) fn created(&self) -> Option<&'a T> {
        match self {
            Part::Added(wanted) | Part::Changed(_, wanted) | Part::SetAside(_, wanted) => {
                Some(wanted)
            }
            _ => None,
        }
    }

    /// The one that is there and would stay there.
    pub(super) fn staying(&self) -> Option<&'a T> {
        match self {
            Part::Same(actual, _) | Part::Renamed(actual, _) => Some(actual),
            _ => None,
        }
    }

    /// The same part, dropped and created again.
    pub(super) fn set_aside(&self) -> Self {
        match *self {
            Part::Same(actual, wanted) => Part::SetAside(actual, wanted),
            Part::Renamed(actual, wanted) | Part::Changed(actual, wanted) => {
                Part::Changed(actual, wanted)
            }
            Part::SetAside(actual, wanted) => Part::SetAside(actual, wanted),
            Part::Added(wanted) => Part::Added(wanted),
            Part::Removed(actual) => Part::Removed(actual),
        }
    }
}

//! Tests of the room as a whole.

mod faults;
mod history;
mod large;
mod laws;
mod parents;

use super::{Revision, RevisionGraph, RevisionId};

/// Revisions from a short notation, separated by `;`: `id < parent, parent ~ dependency #label`.
pub(super) fn revisions(notation: &str) -> Vec<Revision> {
    notation
        .split(';')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(revision)
        .collect()
}

fn revision(text: &str) -> Revision {
    let (text, labels) = text.split_once('#').unwrap_or((text, ""));
    let (text, dependencies) = text.split_once('~').unwrap_or((text, ""));
    let (id, parents) = text.split_once('<').unwrap_or((text, ""));
    let words = |list: &str| -> Vec<String> {
        list.split(',')
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    };
    let id = id.trim();
    Revision {
        id: RevisionId::new(id).unwrap(),
        down: words(parents)
            .iter()
            .map(|id| RevisionId::new(id).unwrap())
            .collect(),
        depends_on: words(dependencies),
        branch_labels: words(labels),
        origin: Some(format!("versions/{id}.sql")),
    }
}

/// A faultless graph.
pub(super) fn graph(notation: &str) -> RevisionGraph {
    RevisionGraph::new(revisions(notation)).unwrap()
}

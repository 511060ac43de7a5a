//! The graph of a case. Alembic writes one parent as a string, several as a list, none as null.

use limbeck::revision::{Revision, RevisionGraph, RevisionId};
use serde::Deserialize;

/// One revision of a case.
#[derive(Debug, Deserialize)]
pub(super) struct CaseNode {
    id: String,
    down: OneOrMany,
    deps: OneOrMany,
    labels: Vec<String>,
}

/// A string, a list of strings, or nothing.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    None,
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub(super) fn as_slice(&self) -> &[String] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// Builds the graph of a case; a fault in it is found by the question that needs it.
pub(super) fn build(nodes: &[CaseNode]) -> Result<RevisionGraph, String> {
    let id = |text: &String| RevisionId::new(text).map_err(|error| error.to_string());
    let revision = |node: &CaseNode| {
        Ok(Revision {
            id: id(&node.id)?,
            down: node
                .down
                .as_slice()
                .iter()
                .map(id)
                .collect::<Result<_, String>>()?,
            depends_on: node.deps.as_slice().to_vec(),
            branch_labels: node.labels.clone(),
            origin: None,
        })
    };
    Ok(RevisionGraph::build(
        nodes.iter().map(revision).collect::<Result<_, String>>()?,
    ))
}

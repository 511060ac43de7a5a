//! The graph of all revisions: what it holds and plain questions to it.
//! Must not know targets or plans; those are in `resolve`, `ends`, `select` and `plan`.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::edges::Edges;
use super::labels::Labels;
use super::position::Position;
use super::{GraphProblem, Node, Revision};

/// All revisions of a project and how they follow each other.
///
/// Revisions are numbered in file order; edges are packed lists of numbers. Every question is
/// answered in time linear to the part of the graph that it is about.
#[derive(Clone, Debug)]
pub struct RevisionGraph {
    pub(super) revisions: Vec<Revision>,
    /// Ids and branch labels.
    pub(super) names: HashMap<Arc<str>, Name>,
    /// Branch labels in declared order; with the ids they make up what partial names match.
    pub(super) labels: Vec<Arc<str>>,
    pub(super) problems: Vec<GraphProblem>,
    /// Revisions that cannot be used, with the number of the problem.
    pub(super) broken: HashMap<u32, usize>,
    /// The problem that keeps the heads from being known, a cycle.
    pub(super) cyclic: Option<usize>,
    pub(super) heads: Vec<u32>,
    pub(super) real_heads: Vec<u32>,
    pub(super) bases: Vec<u32>,
    /// To parents.
    pub(super) downs: Edges,
    /// To dependencies, labels resolved.
    pub(super) dependencies: Edges,
    /// To parents and to those dependencies that no ancestor declares already.
    pub(super) parents: Edges,
    /// From parents.
    pub(super) children: Edges,
    /// From parents and from dependencies.
    pub(super) all_children: Edges,
    /// Labels with inheritance, worked out when first asked for.
    pub(super) inherited: OnceLock<Labels>,
    /// Where each revision stands, worked out when first asked for.
    pub(super) positions: OnceLock<Vec<Position>>,
}

/// What an id or a label stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    pub(super) node: u32,
    /// The problem, when something else claims the same name.
    pub(super) clash: Option<usize>,
}

impl Name {
    pub(super) fn sound(node: u32) -> Self {
        Self { node, clash: None }
    }
}

impl RevisionGraph {
    /// What is wrong with the revisions; empty for a graph from [`RevisionGraph::new`].
    pub fn problems(&self) -> &[GraphProblem] {
        &self.problems
    }

    /// How many revisions there are.
    pub fn len(&self) -> usize {
        self.revisions.len()
    }

    /// True without any revision.
    pub fn is_empty(&self) -> bool {
        self.revisions.is_empty()
    }

    /// All revisions in file order.
    pub fn iter(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.revisions.len() as u32).map(|index| self.node(index))
    }

    /// The revision with exactly this id.
    pub fn get(&self, id: &str) -> Option<Node<'_>> {
        self.find(id).map(|index| self.node(index))
    }

    /// Revisions without children, in file order, also those that another revision depends on.
    pub fn heads(&self) -> impl Iterator<Item = Node<'_>> {
        self.nodes(&self.heads)
    }

    /// Revisions without children and without dependents, in file order: the rows of a
    /// database on which everything is applied.
    pub fn real_heads(&self) -> impl Iterator<Item = Node<'_>> {
        self.nodes(&self.real_heads)
    }

    /// Revisions without parents, in file order.
    pub fn bases(&self) -> impl Iterator<Item = Node<'_>> {
        self.nodes(&self.bases)
    }

    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let name = self.names.get(id)?;
        (self.revision(name.node).id == *id).then_some(name.node)
    }

    pub(super) fn revision(&self, index: u32) -> &Revision {
        &self.revisions[index as usize]
    }

    pub(super) fn node(&self, index: u32) -> Node<'_> {
        Node { graph: self, index }
    }

    pub(super) fn nodes<'g>(&'g self, indices: &'g [u32]) -> impl Iterator<Item = Node<'g>> {
        indices.iter().map(|&index| self.node(index))
    }

    pub(super) fn is_head(&self, index: u32) -> bool {
        self.heads.binary_search(&index).is_ok()
    }

    pub(super) fn is_real_head(&self, index: u32) -> bool {
        self.real_heads.binary_search(&index).is_ok()
    }
}

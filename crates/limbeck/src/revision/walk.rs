//! Sets of revisions reached from others: ancestors, descendants, lineage. Must not know targets.

use super::RevisionGraph;
use super::edges::Edges;
use super::position::{Position, positions};
use super::problem::GraphProblem;

/// A set of revisions, one flag for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marks(Vec<bool>);

impl Marks {
    pub(super) fn none(graph: &RevisionGraph) -> Self {
        Self(vec![false; graph.revisions.len()])
    }

    pub(super) fn has(&self, node: u32) -> bool {
        self.0.get(node as usize).copied().unwrap_or(false)
    }

    /// Adds `node`; false when it was there.
    pub(super) fn add(&mut self, node: u32) -> bool {
        self.0
            .get_mut(node as usize)
            .is_some_and(|mark| !std::mem::replace(mark, true))
    }

    pub(super) fn remove(&mut self, node: u32) {
        if let Some(mark) = self.0.get_mut(node as usize) {
            *mark = false;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// The members in file order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0
            .iter()
            .enumerate()
            .filter(|(_, mark)| **mark)
            .map(|(node, _)| node as u32)
    }

    pub(super) fn union(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(mark, other)| *mark |= other);
    }

    pub(super) fn intersect(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(mark, other)| *mark &= other);
    }

    pub(super) fn subtract(&mut self, other: &Self) {
        self.0
            .iter_mut()
            .zip(&other.0)
            .for_each(|(mark, other)| *mark &= !other);
    }
}

impl RevisionGraph {
    /// `from` and everything reached along `edges`.
    fn reach(&self, edges: &Edges, from: impl IntoIterator<Item = u32>) -> Marks {
        let mut marks = Marks::none(self);
        let mut todo: Vec<u32> = from.into_iter().filter(|&node| marks.add(node)).collect();
        while let Some(node) = todo.pop() {
            todo.extend(
                edges
                    .of(node)
                    .iter()
                    .copied()
                    .filter(|&next| marks.add(next)),
            );
        }
        marks
    }

    /// `from` with all that must be applied before, dependencies included.
    pub(super) fn ancestors(&self, from: &[u32]) -> Marks {
        self.reach(&self.parents, from.iter().copied())
    }

    /// `from` with all ancestors by parents alone.
    pub(super) fn line_below(&self, from: &[u32]) -> Marks {
        self.reach(&self.downs, from.iter().copied())
    }

    /// `from` with all that build on them, dependents included.
    pub(super) fn dependents(&self, from: &[u32]) -> Marks {
        self.reach(&self.all_children, from.iter().copied())
    }

    /// `from` with all descendants by parents alone.
    pub(super) fn line_above(&self, from: &[u32]) -> Marks {
        self.reach(&self.children, from.iter().copied())
    }

    /// Every revision that is an ancestor or a descendant of one of `of`, or one of them.
    pub(super) fn lineage(&self, of: &[u32], with_dependencies: bool) -> Marks {
        let (mut marks, below) = match with_dependencies {
            true => (self.dependents(of), self.ancestors(of)),
            false => (self.line_above(of), self.line_below(of)),
        };
        marks.union(&below);
        marks
    }

    /// Where each revision stands.
    pub(super) fn positions(&self) -> &[Position] {
        self.positions.get_or_init(|| positions(self))
    }

    /// Two of `nodes` of which one is an ancestor of the other, as (descendant, ancestor).
    pub(super) fn overlap(&self, nodes: &[u32]) -> Option<(u32, u32)> {
        let below = nodes
            .iter()
            .flat_map(|&node| self.parents.of(node))
            .copied();
        let below = self.reach(&self.parents, below);
        let &ancestor = nodes.iter().find(|&&node| below.has(node))?;
        let above = self.dependents(&[ancestor]);
        let &descendant = nodes
            .iter()
            .find(|&&node| node != ancestor && above.has(node))?;
        Some((descendant, ancestor))
    }

    /// The problem of the first of `marks` that cannot be used.
    pub(super) fn fault_in(&self, marks: &Marks) -> Option<&GraphProblem> {
        if self.broken.is_empty() {
            return None;
        }
        marks
            .iter()
            .find_map(|node| self.problems.get(*self.broken.get(&node)?))
    }
}

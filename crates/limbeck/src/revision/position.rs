//! Where each revision stands: how far above base, and on which chain. Must not know why it is asked.

use super::RevisionGraph;
use super::cycles::order_from_bases;
use super::edges::Edges;

/// Where a revision stands.
#[derive(Clone, Debug)]
pub(super) struct Position {
    /// The longest way to a base, in steps: whatever a revision needs has a lower level.
    level: u32,
    /// The chain that it is on. Each on a chain is a parent of the next.
    chain: u32,
}

impl Position {
    pub(super) fn shares_chain(&self, other: &Self) -> bool {
        self.chain == other.chain
    }

    /// Sorts revisions by chain, and on a chain the lower first.
    pub(super) fn on_chain(&self) -> (u32, u32) {
        (self.chain, self.level)
    }
}

/// The positions of all revisions.
///
/// A chain goes from each revision up to that child above which most follows, so that a long
/// branch is one chain, however many short ones leave it.
pub(super) fn positions(graph: &RevisionGraph) -> Vec<Position> {
    let order = order_from_bases(&graph.parents);
    let levels = levels_in(&order, &graph.parents);
    let mut heights = vec![0u32; levels.len()];
    let mut chains: Vec<u32> = (0..graph.parents.nodes()).collect();
    // From a child to the parent that continues its chain.
    let mut continued = vec![false; levels.len()];
    for &node in order.iter().rev() {
        let children = graph.children.of(node);
        let highest = children
            .iter()
            .copied()
            .max_by_key(|&child| heights[child as usize]);
        let Some(child) = highest else { continue };
        heights[node as usize] = heights[child as usize] + 1;
        if !std::mem::replace(&mut continued[child as usize], true) {
            chains[node as usize] = chains[child as usize];
        }
    }
    levels
        .into_iter()
        .zip(chains)
        .map(|(level, chain)| Position { level, chain })
        .collect()
}

/// For every node the longest way along `edges`, in steps.
pub(super) fn levels(edges: &Edges) -> Vec<u32> {
    levels_in(&order_from_bases(edges), edges)
}

fn levels_in(order: &[u32], edges: &Edges) -> Vec<u32> {
    let mut levels = vec![0u32; edges.nodes() as usize];
    for &node in order {
        let below = edges
            .of(node)
            .iter()
            .map(|&to| levels[to as usize] + 1)
            .max();
        levels[node as usize] = below.unwrap_or(0);
    }
    levels
}

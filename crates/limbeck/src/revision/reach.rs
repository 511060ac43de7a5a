//! Does one revision need another? Asked one pair at a time. Must not know why it is asked.

use super::RevisionGraph;
use super::cycles::order_from_bases;
use super::edges::Edges;

/// Where a revision stands, so that most questions are answered without a walk.
#[derive(Debug)]
pub(super) struct Position {
    /// The longest way to a base, in steps: whatever a revision needs has a lower level.
    level: u32,
    /// The line of parents that it is on: on one line the higher needs the lower.
    line: u32,
}

/// The positions of all revisions.
///
/// A line goes from each revision up to that child above which most follows, so that a long
/// branch is one line, however many short ones leave it.
pub(super) fn positions(graph: &RevisionGraph) -> Vec<Position> {
    let order = order_from_bases(&graph.parents);
    let levels = levels_in(&order, &graph.parents);
    let mut heights = vec![0u32; levels.len()];
    let mut lines: Vec<u32> = (0..graph.parents.nodes()).collect();
    // From a child to the parent that continues its line.
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
            lines[node as usize] = lines[child as usize];
        }
    }
    levels
        .into_iter()
        .zip(lines)
        .map(|(level, line)| Position { level, line })
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

/// Answers questions about one graph, with a memory that is used again for each.
pub(super) struct Reach<'g> {
    graph: &'g RevisionGraph,
    /// The question in which a revision was last seen.
    seen: Vec<u32>,
    question: u32,
    todo: Vec<u32>,
}

impl<'g> Reach<'g> {
    pub(super) fn new(graph: &'g RevisionGraph) -> Self {
        Self {
            graph,
            seen: vec![0; graph.revisions.len()],
            question: 0,
            todo: Vec::new(),
        }
    }

    /// True when `node` needs `ancestor`, by parents or dependencies, directly or not; false for
    /// one and the same. Looks only at what lies between the two.
    pub(super) fn needs(&mut self, node: u32, ancestor: u32) -> bool {
        let positions = self.graph.positions();
        let Position { level, line } = positions[ancestor as usize];
        let higher = |node: u32| positions[node as usize].level > level;
        if !higher(node) {
            return false;
        }
        self.question += 1;
        self.todo.clear();
        self.todo.push(node);
        while let Some(node) = self.todo.pop() {
            if positions[node as usize].line == line {
                return true;
            }
            for &parent in self.graph.parents.of(node) {
                if parent == ancestor {
                    return true;
                }
                let seen = &mut self.seen[parent as usize];
                if higher(parent) && *seen != self.question {
                    *seen = self.question;
                    self.todo.push(parent);
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::graph;
    use super::*;

    #[test]
    fn knows_what_is_needed() {
        let graph = graph("a; b < a; c < a; d < b, c; e; f < e ~ c; g < f");
        let mut reach = Reach::new(&graph);
        let mut needs = |node: &str, ancestor: &str| {
            reach.needs(graph.find(node).unwrap(), graph.find(ancestor).unwrap())
        };
        for (node, ancestor) in [("d", "a"), ("d", "c"), ("g", "a"), ("g", "e"), ("f", "c")] {
            assert!(needs(node, ancestor), "{node} {ancestor}");
        }
        for (node, ancestor) in [("a", "d"), ("b", "c"), ("g", "b"), ("d", "e"), ("a", "a")] {
            assert!(!needs(node, ancestor), "{node} {ancestor}");
        }
    }
}

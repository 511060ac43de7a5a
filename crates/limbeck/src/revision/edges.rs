//! Edges between numbered revisions, packed. Must not know what an edge means.

/// For every node the nodes it points at, in one allocation: 100,000 revisions
/// would otherwise be as many small vectors for each kind of edge.
#[derive(Debug, Default, Clone)]
pub(super) struct Edges {
    /// `starts[n]..starts[n + 1]` is the part of `targets` that belongs to node `n`.
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Edges {
    /// The nodes that `node` points at, in declared order.
    pub(super) fn of(&self, node: u32) -> &[u32] {
        let at = node as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => self
                .targets
                .get(from as usize..to as usize)
                .unwrap_or_default(),
            _ => &[],
        }
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> u32 {
        (self.starts.len() as u32).saturating_sub(1)
    }

    /// The same edges the other way round, each list in ascending order.
    pub(super) fn reversed(&self) -> Self {
        let nodes = self.nodes() as usize;
        let mut starts = vec![0u32; nodes + 1];
        for &target in &self.targets {
            starts[target as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut free = starts.clone();
        let mut targets = vec![0u32; self.targets.len()];
        for node in 0..nodes as u32 {
            for &target in self.of(node) {
                let slot = &mut free[target as usize];
                targets[*slot as usize] = node;
                *slot += 1;
            }
        }
        Self { starts, targets }
    }

    /// The edges for which `keep(from, to)` holds.
    pub(super) fn filtered(&self, keep: impl Fn(u32, u32) -> bool) -> Self {
        (0..self.nodes())
            .map(|node| {
                self.of(node)
                    .iter()
                    .copied()
                    .filter(|&to| keep(node, to))
                    .collect()
            })
            .collect()
    }

    /// Each node's edges followed by those in `other`, without repeats.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let mut joined = Builder::default();
        for node in 0..self.nodes() {
            let own = self.of(node);
            joined.node(
                own.iter()
                    .chain(other.of(node).iter().filter(|to| !own.contains(to)))
                    .copied(),
            );
        }
        joined.edges
    }
}

/// Collects edges node by node.
#[derive(Debug)]
struct Builder {
    edges: Edges,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            edges: Edges {
                starts: vec![0],
                targets: Vec::new(),
            },
        }
    }
}

impl Builder {
    fn node(&mut self, targets: impl IntoIterator<Item = u32>) {
        self.edges.targets.extend(targets);
        self.edges.starts.push(self.edges.targets.len() as u32);
    }
}

impl FromIterator<Vec<u32>> for Edges {
    fn from_iter<I: IntoIterator<Item = Vec<u32>>>(lists: I) -> Self {
        let mut builder = Builder::default();
        for list in lists {
            builder.node(list);
        }
        builder.edges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reverses_and_joins() {
        let edges: Edges = [vec![], vec![0], vec![1, 0]].into_iter().collect();
        let back = edges.reversed();
        assert_eq!(
            [back.of(0), back.of(1), back.of(2)],
            [&[1, 2][..], &[2], &[]]
        );
        let more: Edges = [vec![], vec![0], vec![0]].into_iter().collect();
        assert_eq!(more.joined(&edges).of(2), [0, 1]);
        assert_eq!(edges.filtered(|_, to| to == 0).of(2), [0]);
        assert_eq!(edges.of(9), [0u32; 0]);
    }
}

//! Finding cycles among numbered revisions. Must not know names or what to do about a cycle.

use std::collections::HashMap;

use super::edges::Edges;

/// Nodes so ordered that each comes after all that it points at: bases first.
/// Nodes on a cycle, or above one, are left out.
pub(super) fn order_from_bases(edges: &Edges) -> Vec<u32> {
    peel(edges, &edges.reversed(), |_| true)
}

/// What is left of a graph when everything below and above its cycles is taken away.
#[derive(Debug, Default)]
pub(super) struct Cycles {
    /// Cycles without a node in common; each node points at the next, the last at the first.
    pub(super) cycles: Vec<Vec<u32>>,
    /// Every node that lies on a cycle or between two, with the cycle it leads to.
    pub(super) members: HashMap<u32, usize>,
}

/// Finds cycles. One is found in every tangle; a second one in the same tangle
/// shows when the first has been mended.
pub(super) fn find_cycles(edges: &Edges) -> Cycles {
    let back = edges.reversed();
    let from_bases = peel(edges, &back, |_| true);
    if from_bases.len() == edges.nodes() as usize {
        return Cycles::default();
    }
    let mut left = vec![true; edges.nodes() as usize];
    for node in from_bases {
        left[node as usize] = false;
    }
    for node in peel(&back, edges, |node| left[node as usize]) {
        left[node as usize] = false;
    }
    follow(edges, |node| left[node as usize])
}

/// Repeatedly takes away nodes all of whose targets are gone. Only nodes for which `within`
/// holds are there in the first place.
fn peel(edges: &Edges, back: &Edges, within: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut waiting: Vec<u32> = (0..edges.nodes())
        .map(|node| edges.of(node).iter().filter(|&&to| within(to)).count() as u32)
        .collect();
    let mut peeled: Vec<u32> = (0..edges.nodes())
        .filter(|&n| within(n) && waiting[n as usize] == 0)
        .collect();
    let mut next = 0;
    while let Some(&gone) = peeled.get(next) {
        next += 1;
        for &node in back.of(gone).iter().filter(|&&node| within(node)) {
            let waiting = &mut waiting[node as usize];
            *waiting -= 1;
            if *waiting == 0 {
                peeled.push(node);
            }
        }
    }
    peeled
}

/// Walks along the first remaining edge of each node. Every remaining node has one,
/// so each walk ends in a cycle.
fn follow(edges: &Edges, left: impl Fn(u32) -> bool) -> Cycles {
    let mut found = Cycles::default();
    for start in (0..edges.nodes()).filter(|&node| left(node)) {
        let mut path = Vec::new();
        let mut place: HashMap<u32, usize> = HashMap::new();
        let mut node = start;
        let cycle = loop {
            if let Some(&cycle) = found.members.get(&node) {
                break cycle;
            }
            if let Some(&at) = place.get(&node) {
                found.cycles.push(path[at..].to_vec());
                break found.cycles.len() - 1;
            }
            place.insert(node, path.len());
            path.push(node);
            match edges.of(node).iter().find(|&&to| left(to)) {
                Some(&to) => node = to,
                None => return found,
            }
        };
        found
            .members
            .extend(path.into_iter().map(|node| (node, cycle)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_cycle_once_and_what_lies_between() {
        // 0 <- 1 <-> 2 <- 3 <- (4 <-> 5), 6 above all
        let edges: Edges = [
            vec![],
            vec![0, 2],
            vec![1],
            vec![2],
            vec![5, 3],
            vec![4],
            vec![5],
        ]
        .into_iter()
        .collect();
        let found = find_cycles(&edges);
        assert_eq!(found.cycles, [vec![1, 2], vec![4, 5]]);
        let mut members: Vec<u32> = found.members.keys().copied().collect();
        members.sort_unstable();
        assert_eq!(members, [1, 2, 3, 4, 5]);
        assert_eq!(order_from_bases(&edges), [0]);
    }

    #[test]
    fn a_long_cycle_does_not_exhaust_the_stack() {
        const NODES: u32 = 50_000;
        let edges: Edges = (0..NODES).map(|n| vec![(n + 1) % NODES]).collect();
        assert_eq!(find_cycles(&edges).cycles[0].len(), NODES as usize);
    }
}

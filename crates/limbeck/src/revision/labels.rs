//! Which branch labels a revision carries, own and inherited. Must not know targets.

use std::collections::HashMap;
use std::sync::Arc;

use super::RevisionGraph;
use super::cycles::order_from_bases;

/// Which labels each revision carries. Labels are numbered in sorted order.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    names: Vec<Arc<str>>,
    sets: Sets,
    /// For every revision its set.
    of: Vec<u32>,
}

impl RevisionGraph {
    /// The labels of a revision, sorted.
    pub(super) fn labels_of(&self, node: u32) -> Vec<&str> {
        let labels = self.inherited();
        let numbers = labels.numbers(node).iter();
        numbers
            .filter_map(|&n| labels.names.get(n as usize).map(AsRef::as_ref))
            .collect()
    }

    /// True when `node` carries `label`, own or inherited.
    pub(super) fn has_label(&self, node: u32, label: &str) -> bool {
        let labels = self.inherited();
        let number = labels.names.binary_search_by(|name| (**name).cmp(label));
        number.is_ok_and(|number| labels.numbers(node).binary_search(&(number as u32)).is_ok())
    }

    fn inherited(&self) -> &Labels {
        self.inherited.get_or_init(|| self.inherit())
    }

    /// A label goes to all that builds on its revision, and down the unbranched line that leads
    /// there.
    fn inherit(&self) -> Labels {
        let mut names = self.labels.clone();
        names.sort_unstable();
        let mut sets = Sets::default();
        let mut own = vec![Sets::EMPTY; self.revisions.len()];
        for (number, label) in names.iter().enumerate() {
            if let Some(name) = self.names.get(label) {
                let own = &mut own[name.node as usize];
                let label = sets.add(vec![number as u32]);
                *own = sets.union(*own, label);
            }
        }
        let order = order_from_bases(&self.downs);
        let mut of = own.clone();
        for &node in &order {
            for &parent in self.downs.of(node) {
                of[node as usize] = sets.union(of[node as usize], of[parent as usize]);
            }
        }
        // What comes down to each revision, from the one child that an unbranched line has.
        let mut comes = vec![Sets::EMPTY; self.revisions.len()];
        for &node in order.iter().rev() {
            if self.all_children.of(node).len() > 1 || self.downs.of(node).len() > 1 {
                continue;
            }
            let goes = sets.union(own[node as usize], comes[node as usize]);
            of[node as usize] = sets.union(of[node as usize], goes);
            if let Some(&parent) = self.downs.of(node).first() {
                comes[parent as usize] = goes;
            }
        }
        Labels { names, sets, of }
    }
}

impl Labels {
    fn numbers(&self, node: u32) -> &[u32] {
        self.of
            .get(node as usize)
            .map_or(&[], |&set| self.sets.numbers(set))
    }
}

/// Sets of labels, each kept once for all the revisions of a line: with 100 labels on 100,000
/// revisions a set for each revision would be most of the memory.
#[derive(Clone, Debug, Default)]
struct Sets {
    /// The labels of each set but the empty one, ascending.
    lists: Vec<Vec<u32>>,
    unions: HashMap<(u32, u32), u32>,
}

impl Sets {
    const EMPTY: u32 = 0;

    fn add(&mut self, list: Vec<u32>) -> u32 {
        self.lists.push(list);
        self.lists.len() as u32
    }

    fn numbers(&self, set: u32) -> &[u32] {
        let list = (set as usize)
            .checked_sub(1)
            .and_then(|at| self.lists.get(at));
        list.map_or(&[], Vec::as_slice)
    }

    fn union(&mut self, a: u32, b: u32) -> u32 {
        if a == b || b == Self::EMPTY {
            return a;
        }
        if a == Self::EMPTY {
            return b;
        }
        if let Some(&known) = self.unions.get(&(a, b)) {
            return known;
        }
        let mut list = [self.numbers(a), self.numbers(b)].concat();
        list.sort_unstable();
        list.dedup();
        let union = match list.len() {
            same if same == self.numbers(a).len() => a,
            same if same == self.numbers(b).len() => b,
            _ => self.add(list),
        };
        self.unions.insert((a, b), union);
        union
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::graph;

    /// The labels of every revision that has some.
    fn labels(notation: &str) -> String {
        let graph = graph(notation);
        let labelled = graph.iter().filter(|node| !node.labels().is_empty());
        labelled
            .map(|node| format!("{}: {}", node.id(), node.labels().join(" ")))
            .collect::<Vec<_>>()
            .join("; ")
    }

    #[test]
    fn go_to_all_that_builds_on_their_revision() {
        insta::assert_snapshot!(labels("a #x; b < a; c < b; d < b"), @"a: x; b: x; c: x; d: x");
        insta::assert_snapshot!(labels("a; b < a #x; c < a #y; m < b, c; n < m"), @"b: x; c: y; m: x y; n: x y");
    }

    #[test]
    fn go_down_to_a_branch_point_or_merge() {
        insta::assert_snapshot!(labels("a; b < a; c < b #x; d < c"), @"a: x; b: x; c: x; d: x");
        insta::assert_snapshot!(labels("a; b < a; c < b #x; d < b; e < c"), @"c: x; e: x");
        insta::assert_snapshot!(labels("a; b < a; c < a; m < b, c; n < m; o < n #x"), @"n: x; o: x");
        insta::assert_snapshot!(labels("a; b < a #x; c < b #y, w; d < c"), @"a: w x y; b: w x y; c: w x y; d: w x y");
    }

    #[test]
    fn stop_where_a_dependency_makes_a_branch_point_and_do_not_follow_it() {
        insta::assert_snapshot!(labels("a; b < a; c < b #x; z ~ b"), @"c: x");
        insta::assert_snapshot!(labels("a; b < a #x; z ~ b; y < z"), @"a: x; b: x");
    }

    #[test]
    fn a_label_is_asked_for_by_its_whole_name() {
        let graph = graph("a #net; b < a");
        let b = graph.find("b").unwrap();
        assert!(graph.has_label(b, "net"));
        assert!(!graph.has_label(b, "ne") && !graph.has_label(b, "b"));
    }

    #[test]
    fn one_line_with_many_labels_shares_its_sets() {
        const LINE: usize = 2_000;
        let notation = (0..LINE).map(|n| match n {
            0 => "r0".to_owned(),
            n if n % 20 == 0 => format!("r{n} < r{} #label{n:04}", n - 1),
            n => format!("r{n} < r{}", n - 1),
        });
        let graph = graph(&notation.collect::<Vec<_>>().join(";"));
        let labelled = graph
            .iter()
            .filter(|node| node.labels().len() == LINE / 20 - 1);
        assert_eq!(labelled.count(), LINE);
        let sets = &graph.inherited().sets;
        assert!(sets.lists.len() < LINE / 4, "{}", sets.lists.len());
    }
}

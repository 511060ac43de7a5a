//! Which branch labels a revision carries, own and inherited. Must not know targets.

use std::collections::HashMap;
use std::sync::Arc;

use super::RevisionGraph;
use super::cycles::order_from_bases;

/// Which labels each revision carries. Labels are numbered in sorted order.
#[derive(Debug)]
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
#[derive(Debug, Default)]
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

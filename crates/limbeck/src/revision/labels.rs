//! Which branch labels a revision carries, own and inherited. Must not know targets.

use std::sync::Arc;

use super::RevisionGraph;
use super::cycles::order_from_bases;

/// Which labels each revision carries. Labels are numbered in sorted order.
#[derive(Debug)]
pub(super) struct Labels {
    names: Vec<Arc<str>>,
    /// For every revision the numbers, ascending. Revisions of one line share one list.
    of: Vec<Arc<[u32]>>,
}

impl RevisionGraph {
    /// The labels of a revision, sorted.
    pub(super) fn labels_of(&self, node: u32) -> Vec<&str> {
        let labels = self.inherited();
        let numbers = labels
            .of
            .get(node as usize)
            .into_iter()
            .flat_map(|list| list.iter());
        numbers
            .filter_map(|&n| labels.names.get(n as usize).map(AsRef::as_ref))
            .collect()
    }

    /// True when `node` carries `label`, own or inherited.
    pub(super) fn has_label(&self, node: u32, label: &str) -> bool {
        let labels = self.inherited();
        let Ok(number) = labels.names.binary_search_by(|name| (**name).cmp(label)) else {
            return false;
        };
        labels
            .of
            .get(node as usize)
            .is_some_and(|list| list.contains(&(number as u32)))
    }

    fn inherited(&self) -> &Labels {
        self.inherited.get_or_init(|| self.inherit())
    }

    fn inherit(&self) -> Labels {
        let none: Arc<[u32]> = Arc::new([]);
        let mut lists = vec![none; self.revisions.len()];
        let mut names = self.labels.clone();
        names.sort_unstable();
        for (number, label) in names.iter().enumerate() {
            if let Some(name) = self.names.get(label) {
                add(&mut lists[name.node as usize], &[number as u32]);
            }
        }
        let own = lists.clone();
        for node in order_from_bases(&self.downs) {
            for &parent in self.downs.of(node) {
                let inherited = lists[parent as usize].clone();
                add(&mut lists[node as usize], &inherited);
            }
        }
        for (node, own) in own.iter().enumerate().filter(|(_, own)| !own.is_empty()) {
            self.pass_down(node as u32, own, &mut lists);
        }
        Labels { names, of: lists }
    }

    /// A label also names the unbranched line that leads to its revision.
    fn pass_down(&self, from: u32, own: &[u32], lists: &mut [Arc<[u32]>]) {
        let mut node = from;
        while self.all_children.of(node).len() <= 1 && self.downs.of(node).len() <= 1 {
            add(&mut lists[node as usize], own);
            match self.downs.of(node).first() {
                Some(&parent) => node = parent,
                None => return,
            }
        }
    }
}

/// Puts `more` into the sorted `list`, and keeps the shared one when nothing is new.
fn add(list: &mut Arc<[u32]>, more: &[u32]) {
    if list.is_empty() && !more.is_empty() {
        *list = more.into();
    } else if more
        .iter()
        .any(|number| list.binary_search(number).is_err())
    {
        let mut joined: Vec<u32> = list.iter().chain(more).copied().collect();
        joined.sort_unstable();
        joined.dedup();
        *list = joined.into();
    }
}

//! The rows of the version table: what each step writes, and what the table then holds.
//! Must not know SQL.
//!
//! One row for each revision that is applied and that no other applied revision needs. So a step
//! up replaces the rows of its parents, and a step down brings back those parents that nothing
//! else needs.

use std::collections::BTreeSet;

use super::reach::Reach;
use super::walk::Marks;
use super::{RevisionGraph, RevisionId, Step, VersionWrite};

/// The rows of a version table, sorted, followed step by step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VersionRows(BTreeSet<RevisionId>);

impl VersionRows {
    /// The rows in sorted order.
    pub fn iter(&self) -> impl Iterator<Item = &RevisionId> {
        self.0.iter()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True at base.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when there is a row for this id.
    pub fn contains(&self, id: &str) -> bool {
        self.0.contains(id)
    }

    /// Does what the writes of `step` do to the table.
    pub fn apply(&mut self, step: &Step) {
        for write in &step.writes {
            match write {
                VersionWrite::Insert(id) => {
                    self.0.insert(id.clone());
                }
                VersionWrite::Update { from, to } => {
                    self.0.remove(from);
                    self.0.insert(to.clone());
                }
                VersionWrite::Delete(id) => {
                    self.0.remove(id);
                }
            }
        }
    }
}

impl FromIterator<RevisionId> for VersionRows {
    fn from_iter<I: IntoIterator<Item = RevisionId>>(ids: I) -> Self {
        Self(ids.into_iter().collect())
    }
}

/// The rows while a plan is made.
pub(super) struct Table<'g> {
    graph: &'g RevisionGraph,
    rows: BTreeSet<u32>,
    downgrade: Option<Downgrade<'g>>,
}

/// What only a downgrade keeps.
struct Downgrade<'g> {
    /// For every revision how many applied ones need it directly.
    needed: Vec<u32>,
    /// Everything that was applied before the plan.
    applied: Marks,
    /// Everything that the plan undoes.
    planned: &'g Marks,
    graph: &'g RevisionGraph,
    reach: Reach<'g>,
}

impl<'g> Table<'g> {
    pub(super) fn for_upgrade(graph: &'g RevisionGraph, rows: &[u32]) -> Self {
        Self {
            graph,
            rows: rows.iter().copied().collect(),
            downgrade: None,
        }
    }

    pub(super) fn for_downgrade(
        graph: &'g RevisionGraph,
        rows: &[u32],
        planned: &'g Marks,
    ) -> Self {
        let mut needed = vec![0; graph.revisions.len()];
        let applied = graph.ancestors(rows);
        for node in applied.iter() {
            for &parent in graph.parents.of(node) {
                needed[parent as usize] += 1;
            }
        }
        let downgrade = Some(Downgrade {
            needed,
            applied,
            planned,
            graph,
            reach: Reach::new(graph),
        });
        Self {
            downgrade,
            ..Self::for_upgrade(graph, rows)
        }
    }

    /// The writes after `node` was upgraded.
    pub(super) fn apply(&mut self, node: u32) -> Vec<VersionWrite> {
        let parents = self.graph.parents.of(node);
        let replaced: Vec<u32> = parents
            .iter()
            .copied()
            .filter(|&n| self.rows.contains(&n))
            .collect();
        self.rows.insert(node);
        for row in &replaced {
            self.rows.remove(row);
        }
        let id = self.id(node);
        match replaced.split_last() {
            None => vec![VersionWrite::Insert(id)],
            Some((&last, others)) => {
                let deletes = others.iter().map(|&row| VersionWrite::Delete(self.id(row)));
                let update = VersionWrite::Update {
                    from: self.id(last),
                    to: id,
                };
                deletes.chain([update]).collect()
            }
        }
    }

    /// The writes after `node` was downgraded.
    pub(super) fn undo(&mut self, node: u32) -> Vec<VersionWrite> {
        self.rows.remove(&node);
        let parents = self.graph.parents.of(node);
        let mut uncovered = Vec::new();
        if let Some(downgrade) = &mut self.downgrade {
            for &parent in parents {
                let needed = &mut downgrade.needed[parent as usize];
                *needed = needed.saturating_sub(1);
            }
            for &parent in parents {
                if downgrade.needed[parent as usize] == 0
                    || downgrade.is_row_early(parent, parents, &self.rows)
                {
                    uncovered.push(parent);
                }
            }
        }
        uncovered.retain(|&parent| self.rows.insert(parent));
        let id = self.id(node);
        match uncovered.split_last() {
            None => vec![VersionWrite::Delete(id)],
            Some((&last, others)) => {
                let inserts = others.iter().map(|&row| VersionWrite::Insert(self.id(row)));
                let update = VersionWrite::Update {
                    from: id,
                    to: self.id(last),
                };
                inserts.chain([update]).collect()
            }
        }
    }

    fn id(&self, node: u32) -> RevisionId {
        self.graph.revision(node).id.clone()
    }
}

impl Downgrade<'_> {
    /// Alembic gives a parent a row although another parent of the same merge contains it, when
    /// rows of other branches are there and none of them contains it. When the rest of the plan
    /// undoes all that needs it this is harmless, and both tools write the same. If something
    /// stays, the rows would overlap and the next upgrade be refused: then there is no such row.
    fn is_row_early(&mut self, parent: u32, parents: &[u32], rows: &BTreeSet<u32>) -> bool {
        if rows.is_empty() || parents.len() < 2 {
            return false;
        }
        let stays = |&node: &u32| self.applied.has(node) && !self.planned.has(node);
        if self.graph.all_children.of(parent).iter().any(stays) {
            return false;
        }
        let contained = parents
            .iter()
            .any(|&sibling| self.reach.needs(sibling, parent));
        contained && !rows.iter().any(|&row| self.reach.needs(row, parent))
    }
}

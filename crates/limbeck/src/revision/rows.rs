//! The rows of the version table: what each step writes, and what the table then holds.
//! Must not know SQL.
//!
//! One row for each revision that is applied and that no other applied revision needs. So a step
//! up replaces the rows of its parents, and a step down brings back those parents that nothing
//! else needs.

use std::collections::BTreeSet;

use super::leads::Leads;
use super::least::NONE;
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
    /// The rows, each with the number of the step that wrote it. Made when first asked for.
    leads: Option<Leads>,
    /// How many steps there were.
    step: u32,
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
            leads: None,
            step: 0,
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
        let downgrade = self.downgrade.as_mut();
        let mut uncovered =
            downgrade.map_or_else(Vec::new, |downgrade| downgrade.uncovered(node, &self.rows));
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
    /// The parents of `node` that get a row when it is undone; `rows` are the others.
    fn uncovered(&mut self, node: u32, rows: &BTreeSet<u32>) -> Vec<u32> {
        let parents = self.graph.parents.of(node);
        for &parent in parents {
            let needed = &mut self.needed[parent as usize];
            *needed = needed.saturating_sub(1);
        }
        self.step += 1;
        if self.leads.is_none() && parents.iter().any(|&n| self.may_be_early(n, parents, rows)) {
            let mut line_at = vec![NONE; self.needed.len()];
            rows.iter().for_each(|&row| line_at[row as usize] = 0);
            self.leads = Some(Leads::new(self.graph, &self.applied, &line_at));
        }
        // For the time being all parents are rows, later ones than any other.
        let added = || parents.iter().copied().filter(|n| !rows.contains(n));
        self.stand(NONE, [node]);
        self.stand(self.step, added());
        let mut uncovered = parents.to_vec();
        uncovered.retain(|&n| self.needed[n as usize] == 0 || self.is_row_early(n, parents, rows));
        self.stand(NONE, added().filter(|n| !uncovered.contains(n)));
        uncovered
    }

    /// Alembic gives a parent a row although another parent of the same merge contains it, when
    /// rows of other branches are there and none of them contains it. When the rest of the plan
    /// undoes all that needs it this is harmless, and both tools write the same. If something
    /// stays, the rows would overlap and the next upgrade be refused: then there is no such row.
    fn is_row_early(&mut self, parent: u32, parents: &[u32], rows: &BTreeSet<u32>) -> bool {
        self.may_be_early(parent, parents, rows)
            && self.leads.as_mut().and_then(|leads| leads.first(parent)) == Some(self.step)
    }

    /// Whether that may be, without asking which rows contain it.
    fn may_be_early(&self, parent: u32, parents: &[u32], rows: &BTreeSet<u32>) -> bool {
        let stays = |&node: &u32| self.applied.has(node) && !self.planned.has(node);
        parents.len() > 1
            && !rows.is_empty()
            && self.needed[parent as usize] > 0
            && !self.graph.all_children.of(parent).iter().any(stays)
    }

    fn stand(&mut self, step: u32, nodes: impl IntoIterator<Item = u32>) {
        if let Some(leads) = &mut self.leads {
            nodes.into_iter().for_each(|node| leads.stand(step, node));
        }
    }
}

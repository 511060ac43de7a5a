//! Plans that only write the version table. Must not know SQL.

use std::collections::HashSet;

use super::resolve::Place;
use super::walk::Marks;
use super::{
    Anchor, Direction, Plan, PlanError, ResolveError, RevisionGraph, Step, Target, VersionWrite,
};

impl RevisionGraph {
    /// The moves that make the version table say that `targets` are applied. Rows of other
    /// branches stay; no target means base.
    ///
    /// With `purge` the rows are deleted first, whatever they hold: the way out when the table
    /// names a revision that this project does not have.
    ///
    /// # Errors
    /// [`PlanError`] when a row or target stands for no revision, or `head` for several.
    pub fn stamp<S: AsRef<str>>(
        &self,
        targets: &[Target],
        rows: &[S],
        purge: bool,
    ) -> Result<Plan, PlanError> {
        let rows = if purge { Vec::new() } else { self.rows(rows)? };
        let base = [Target::BASE];
        let targets = if targets.is_empty() { &base } else { targets };
        let mut touched: Vec<u32> = Vec::new();
        let mut seen = HashSet::new();
        for target in targets {
            for row in self.rows_in_lineage(target, &rows)? {
                if seen.insert(row) {
                    touched.push(row);
                }
            }
        }
        let mut places = Vec::new();
        for target in targets {
            places.extend(self.select(target)?);
        }
        let wanted: Vec<u32> = places.iter().copied().filter_map(Place::node).collect();
        self.refuse_faults(&self.ancestors(&wanted))?;
        let mut stamp = Stamp {
            graph: self,
            needed: self.ancestors(&touched),
            needing: self.dependents(&touched),
            touched,
            table: rows.iter().copied().collect(),
            steps: Vec::new(),
        };
        if places.is_empty() {
            stamp.leave_all();
        }
        for place in places {
            match place {
                Place::Base => stamp.leave_all(),
                Place::At(node) => stamp.move_to(node),
            }
        }
        Ok(Plan {
            steps: stamp.steps,
            start: self.ids(&rows),
            purge,
        })
    }

    /// The rows that a target of stamp moves: those in its lineage, dependencies included.
    fn rows_in_lineage(&self, target: &Target, rows: &[u32]) -> Result<Vec<u32>, ResolveError> {
        // The heads are asked for even without rows: `head` must not be ambiguous.
        let mut of: Vec<u32> = match (&target.anchor, target.steps) {
            (Anchor::Base, None) => Vec::new(),
            (Anchor::Head | Anchor::Heads, None) => self
                .select(target)?
                .into_iter()
                .filter_map(Place::node)
                .collect(),
            _ if rows.is_empty() => return Ok(Vec::new()),
            (Anchor::Name(name), None) => vec![self.lookup(name)?],
            _ => {
                return Err(ResolveError::NotHere {
                    argument: target.to_string(),
                    reason: "stamp cannot count steps from the rows it replaces; \
                             name the revision",
                });
            }
        };
        if let Some(branch) = &target.branch {
            of.push(self.branch(branch)?);
        }
        let mut rows = rows.to_vec();
        if !of.is_empty() {
            let lineage = self.lineage(&of, true);
            rows.retain(|&row| lineage.has(row));
        }
        Ok(rows)
    }
}

struct Stamp<'g> {
    graph: &'g RevisionGraph,
    /// The rows in the lineage of a target, in the order of the table.
    touched: Vec<u32>,
    /// What those rows need, and what needs them.
    needed: Marks,
    needing: Marks,
    /// The rows as they are after the steps so far.
    table: HashSet<u32>,
    steps: Vec<Step>,
}

impl Stamp<'_> {
    fn leave_all(&mut self) {
        for row in std::mem::take(&mut self.touched) {
            if self.table.remove(&row) {
                let id = self.graph.revision(row).id.clone();
                self.steps.push(Step {
                    revision: id.clone(),
                    direction: Direction::StampDown,
                    from: vec![id.clone()],
                    to: Vec::new(),
                    writes: vec![VersionWrite::Delete(id)],
                });
            }
        }
    }

    fn move_to(&mut self, node: u32) {
        let is_touched = self.needed.has(node) && self.needing.has(node);
        if self.table.contains(&node) || is_touched && self.touched.contains(&node) {
            return;
        }
        let down = self.needed.has(node);
        let up = self.needing.has(node);
        // As in Alembic the first move takes all rows that any target touches along.
        let mut from: Vec<u32> = Vec::new();
        if down || up {
            from.extend(self.touched.iter().filter(|row| self.table.contains(row)));
        }
        let id = self.graph.revision(node).id.clone();
        let ids = self.graph.ids(&from);
        let writes = match ids.split_last() {
            None => vec![VersionWrite::Insert(id.clone())],
            Some((last, others)) => {
                let update = VersionWrite::Update {
                    from: last.clone(),
                    to: id.clone(),
                };
                others
                    .iter()
                    .cloned()
                    .map(VersionWrite::Delete)
                    .chain([update])
                    .collect()
            }
        };
        from.iter().for_each(|row| {
            self.table.remove(row);
        });
        self.table.insert(node);
        let direction = if down {
            Direction::StampDown
        } else {
            Direction::StampUp
        };
        self.steps.push(Step {
            revision: id.clone(),
            direction,
            from: ids,
            to: vec![id],
            writes,
        });
    }
}

//! Which revisions an upgrade adds and a downgrade undoes. Must not know the version table.

use super::history::IterateOptions;
use super::resolve::Place;
use super::walk::Marks;
use super::{PlanError, ResolveError, RevisionGraph, Target};

/// The revisions selected, and those to begin with when they are put in order.
pub(super) struct Selection {
    pub(super) members: Marks,
    pub(super) tops: Vec<u32>,
}

impl RevisionGraph {
    /// What `tops` need beyond `lower`.
    pub(super) fn between(
        &self,
        tops: Vec<u32>,
        lower: &[u32],
        options: IterateOptions,
    ) -> Result<Selection, PlanError> {
        self.refuse_overlap(&tops)?;
        self.refuse_overlap(lower)?;
        let mut members = self.ancestors(&tops);
        if !options.implicit_base && lower.iter().any(|&node| !members.has(node)) {
            return Err(PlanError::NotARange {
                start: self.joined(lower),
                end: self.joined(&tops),
            });
        }
        members.subtract(&self.ancestors(lower));
        if options.inclusive {
            lower.iter().for_each(|&node| {
                members.add(node);
            });
        }
        if !lower.is_empty() && !options.implicit_base {
            members.intersect(&self.line_above(lower));
        }
        Ok(Selection { members, tops })
    }

    /// What a downgrade to `target` undoes when `rows` are applied.
    pub(super) fn undone(
        &self,
        target: &Target,
        rows: Vec<u32>,
        options: IterateOptions,
    ) -> Result<Selection, PlanError> {
        let (place, branch) = self.downgrade_target(target, &rows)?;
        let mut roots = match place {
            Place::Base => self.bases.clone(),
            Place::At(node) if options.inclusive => vec![node],
            Place::At(node) => self.children.of(node).to_vec(),
        };
        if let (Some(branch), true) = (branch, roots.len() > 1) {
            let line = self.line_below(&[branch]);
            roots.retain(|&root| line.has(root));
            if roots.is_empty() {
                return Err(PlanError::NotInBranch {
                    target: target.to_string(),
                });
            }
        }
        let active = self.ancestors(&rows);
        self.refuse_faults(&active)?;
        let mut members = self.dependents(&roots);
        members.intersect(&active);
        if options.implicit_base {
            let mut others = active;
            others.subtract(&self.ancestors(&roots));
            members.union(&others);
        }
        match place {
            Place::At(node) if members.is_empty() && !rows.contains(&node) => {
                Err(PlanError::NotADowngrade {
                    target: target.to_string(),
                    rows: self.ids(&rows),
                })
            }
            _ => Ok(Selection {
                members,
                tops: rows,
            }),
        }
    }

    fn joined(&self, nodes: &[u32]) -> String {
        match nodes {
            [] => "base".to_owned(),
            nodes => super::problem::list(&self.ids(nodes)),
        }
    }

    fn refuse_overlap(&self, nodes: &[u32]) -> Result<(), ResolveError> {
        match self.overlap(nodes) {
            None => Ok(()),
            Some((revision, ancestor)) => Err(ResolveError::Overlap {
                revision: self.revision(revision).id.clone(),
                ancestor: self.revision(ancestor).id.clone(),
            }),
        }
    }

    pub(super) fn refuse_faults(&self, members: &Marks) -> Result<(), ResolveError> {
        match self.fault_in(members) {
            None => Ok(()),
            Some(problem) => Err(problem.clone().into()),
        }
    }
}

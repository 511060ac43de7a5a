//! Where an upgrade or a downgrade goes, counted from what is applied. Must not know what lies between.

use super::error::Steps;
use super::resolve::Place;
use super::walk::Marks;
use super::{Anchor, ResolveError, RevisionGraph, Target};

/// What happens to a relative target that leaves the graph.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Overrun {
    Refuse,
    /// Stay at the end of the graph, as history does.
    Stop,
}

impl RevisionGraph {
    /// The revisions that an upgrade target stands for when `rows` are applied.
    pub(super) fn upgrade_targets(
        &self,
        target: &Target,
        rows: &[u32],
        overrun: Overrun,
    ) -> Result<Vec<u32>, ResolveError> {
        let Some(steps) = target.steps else {
            return Ok(self
                .select(target)?
                .into_iter()
                .filter_map(Place::node)
                .collect());
        };
        let too_far = if target.anchor == Anchor::Implicit {
            ResolveError::TooFar {
                relative: Steps(steps),
            }
        } else {
            ResolveError::WalkedTooFar {
                argument: target.to_string(),
            }
        };
        let walked = if target.anchor == Anchor::Implicit {
            if steps <= 0 {
                return Err(too_far);
            }
            let members = self.members(target.branch.as_deref())?;
            let start = self.start_of_steps(target, rows, members.as_ref())?;
            self.walk_up(target, start, steps, members.as_ref())?
        } else if steps > 0 {
            let members = self.members(target.branch.as_deref())?;
            let start = self.single(&target.anchor_alone())?;
            self.walk_up(target, start, steps, members.as_ref())?
        } else {
            let start = self.single(&Target {
                steps: None,
                ..target.clone()
            })?;
            self.walk_down(target, start, steps)?
        };
        match (walked.arrived(), overrun) {
            (Some(Place::At(node)), _) => Ok(vec![node]),
            (None, Overrun::Stop) | (Some(Place::Base), Overrun::Stop) => {
                Ok(walked.place.node().into_iter().collect())
            }
            (None | Some(Place::Base), Overrun::Refuse) => Err(too_far),
        }
    }

    /// Where `+N` and `label@+N` count from: the row of the branch, else what other rows imply
    /// of it, else base.
    fn start_of_steps(
        &self,
        target: &Target,
        rows: &[u32],
        members: Option<&Marks>,
    ) -> Result<Place, ResolveError> {
        let mut starts: Vec<u32> = rows.to_vec();
        if let Some(members) = members {
            starts.retain(|&row| members.has(row));
            if starts.is_empty() {
                let mut active = self.ancestors(rows);
                active.intersect(members);
                let mut tips = active.clone();
                active
                    .iter()
                    .flat_map(|n| self.parents.of(n))
                    .for_each(|&n| tips.remove(n));
                starts = tips.iter().collect();
            }
        }
        match starts.as_slice() {
            [] => Ok(Place::Base),
            &[start] => Ok(Place::At(start)),
            several => Err(self.ambiguous_start(target, several)),
        }
    }

    /// Where a downgrade goes, and the branch it is limited to.
    pub(super) fn downgrade_target(
        &self,
        target: &Target,
        rows: &[u32],
    ) -> Result<(Place, Option<u32>), ResolveError> {
        if let (Anchor::Implicit, Some(steps @ 0..)) = (&target.anchor, target.steps) {
            return Err(ResolveError::TooFar {
                relative: Steps(steps),
            });
        }
        let branch = match target.branch.as_deref() {
            Some(branch) => Some(self.branch(branch)?),
            None => None,
        };
        let Some(steps) = target.steps else {
            return Ok((self.single(&target.anchor_alone())?, branch));
        };
        if target.anchor != Anchor::Implicit {
            let walked = if steps < 0 {
                let start = self.single(&Target {
                    steps: None,
                    ..target.clone()
                })?;
                self.walk_down(target, start, steps)?
            } else {
                let members = self.members(target.branch.as_deref())?;
                let start = self.single(&target.anchor_alone())?;
                self.walk_up(target, start, steps, members.as_ref())?
            };
            let too_far = ResolveError::WalkedTooFar {
                argument: target.to_string(),
            };
            return Ok((walked.arrived().ok_or(too_far)?, branch));
        }
        let too_far = ResolveError::TooFar {
            relative: Steps(steps),
        };
        // Without a branch the first row counts, and only its own branch is undone.
        let start = match branch {
            None => rows.first().copied(),
            Some(branch) => self.applied_in(target, branch, rows)?,
        };
        let Some(start) = start else {
            return Err(too_far);
        };
        let walked = self.walk_down(target, Place::At(start), steps)?;
        Ok((walked.arrived().ok_or(too_far)?, branch.or(Some(start))))
    }

    /// The one row of a branch, else the one revision of it that other rows imply.
    fn applied_in(
        &self,
        target: &Target,
        branch: u32,
        rows: &[u32],
    ) -> Result<Option<u32>, ResolveError> {
        let members = self.lineage(&[branch], false);
        let mut starts: Vec<u32> = rows.to_vec();
        starts.retain(|&row| members.has(row));
        if starts.is_empty() {
            starts = self.effective_heads(rows);
            starts.retain(|&row| members.has(row));
        }
        match starts.as_slice() {
            [] => Ok(None),
            &[start] => Ok(Some(start)),
            several => Err(self.ambiguous_start(target, several)),
        }
    }

    fn ambiguous_start(&self, target: &Target, rows: &[u32]) -> ResolveError {
        ResolveError::AmbiguousStart {
            argument: target.to_string(),
            rows: self.ids(rows),
        }
    }
}

//! Which revisions lie between two ends: of an upgrade, a downgrade, a history range.
//! Must not know the version table.

use super::error::Steps;
use super::resolve::Place;
use super::walk::Marks;
use super::{Anchor, Node, PlanError, Range, ResolveError, RevisionGraph, Target};

/// One end of [`RevisionGraph::iterate`].
#[derive(Debug, Clone, Copy)]
pub enum Bound<'a> {
    /// What a user typed.
    Target(&'a Target),
    /// Full ids, as in a version table; none means base.
    Rows(&'a [&'a str]),
}

/// How [`RevisionGraph::iterate`] selects revisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IterateOptions {
    /// Also list the lower end.
    pub inclusive: bool,
    /// Upgrade: also list what the upper end needs from other branches.
    /// Downgrade: also list the other branches, down to base.
    pub implicit_base: bool,
    /// Select what a downgrade from `upper` to `lower` would undo.
    pub for_downgrade: bool,
}

/// The revisions selected, and those to begin with when they are put in order.
pub(super) struct Selection {
    pub(super) members: Marks,
    pub(super) tops: Vec<u32>,
}

/// What happens to a relative target that leaves the graph.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Overrun {
    Refuse,
    /// Stay at the end of the graph, as history does.
    Stop,
}

impl RevisionGraph {
    /// The revisions of `history`, newest first; without a range all of them.
    ///
    /// Both ends are included. `current` stands for `rows`. Faulty revisions are listed too:
    /// showing them is how a user finds them.
    ///
    /// # Errors
    /// [`PlanError`] when an end stands for no revision or the ends do not lie on one line.
    pub fn history<S: AsRef<str>>(
        &self,
        range: &Range,
        rows: &[S],
    ) -> Result<Vec<Node<'_>>, PlanError> {
        let lower = match &range.start {
            None => Vec::new(),
            Some(start) if start.anchor == Anchor::Current => self.rows(rows)?,
            Some(start) => self.range_start(start)?,
        };
        let mut tops = match &range.end {
            None => self.real_heads.clone(),
            Some(end) if end.anchor == Anchor::Current => self.rows(rows)?,
            Some(end) => self.upgrade_targets(end, &lower, Overrun::Stop)?,
        };
        self.keep_branch(range.start.as_ref(), &mut tops)?;
        let options = IterateOptions {
            inclusive: true,
            ..IterateOptions::default()
        };
        let selection = self
            .between(tops, &lower, options)
            .map_err(|error| match error {
                PlanError::NotARange { start, end } => PlanError::NotARange {
                    start: range.start.as_ref().map_or(start, Target::to_string),
                    end: range.end.as_ref().map_or(end, Target::to_string),
                },
                other => other,
            })?;
        Ok(self.listed(&selection))
    }

    /// Revisions between two ends, newest first: the general form beneath history, upgrade
    /// and downgrade.
    ///
    /// # Errors
    /// [`PlanError`] when an end stands for no revision, the ends do not lie on one line, or
    /// what lies between them is faulty.
    pub fn iterate(
        &self,
        upper: Bound<'_>,
        lower: Bound<'_>,
        options: IterateOptions,
    ) -> Result<Vec<Node<'_>>, PlanError> {
        let base = Target::BASE;
        let selection = if options.for_downgrade {
            let rows = self.bound(upper)?;
            let named;
            let target = match lower {
                Bound::Target(target) => target,
                Bound::Rows([]) => &base,
                Bound::Rows([row]) => {
                    named = Target {
                        branch: None,
                        anchor: Anchor::Name((*row).to_owned()),
                        steps: None,
                    };
                    &named
                }
                Bound::Rows(rows) => {
                    let rows = self.rows(rows)?;
                    return Err(self.multiple_heads(String::from("lower"), &rows).into());
                }
            };
            self.undone(target, rows, options)?
        } else {
            let below = self.bound(lower)?;
            let mut tops = match upper {
                Bound::Target(target) => self.upgrade_targets(target, &below, Overrun::Refuse)?,
                Bound::Rows(rows) => self.rows(rows)?,
            };
            if let Bound::Target(lower) = lower {
                self.keep_branch(Some(lower), &mut tops)?;
            }
            self.between(tops, &below, options)?
        };
        self.refuse_faults(&selection.members)?;
        Ok(self.listed(&selection))
    }

    fn bound(&self, bound: Bound<'_>) -> Result<Vec<u32>, ResolveError> {
        match bound {
            Bound::Rows(rows) => self.rows(rows),
            Bound::Target(target) => Ok(self
                .select(target)?
                .into_iter()
                .filter_map(Place::node)
                .collect()),
        }
    }

    fn listed(&self, selection: &Selection) -> Vec<Node<'_>> {
        let order = self.newest_first(&selection.members, &selection.tops);
        order.into_iter().map(|node| self.node(node)).collect()
    }

    /// The lower end of a history range. Where a line counted down ends at base, all begin there.
    fn range_start(&self, start: &Target) -> Result<Vec<u32>, ResolveError> {
        let places = self.select(start)?;
        Ok(places
            .into_iter()
            .map(Place::node)
            .collect::<Option<_>>()
            .unwrap_or_default())
    }

    /// With `label@…` as the lower end only the heads of that branch are upper ends.
    fn keep_branch(&self, lower: Option<&Target>, tops: &mut Vec<u32>) -> Result<(), ResolveError> {
        let Some(branch) = lower.and_then(|lower| lower.branch.as_deref()) else {
            return Ok(());
        };
        let node = self.branch(branch)?;
        let labels = self.labels_of(node);
        let label = match labels.as_slice() {
            labels if labels.contains(&branch) => Some(branch),
            &[only] => Some(only),
            _ => None,
        };
        match label {
            Some(label) => tops.retain(|&top| self.has_label(top, label)),
            None => {
                let members = self.lineage(&[node], false);
                tops.retain(|&top| members.has(top));
            }
        }
        Ok(())
    }

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

    fn ambiguous_start(&self, target: &Target, rows: &[u32]) -> ResolveError {
        ResolveError::AmbiguousStart {
            argument: target.to_string(),
            rows: self.ids(rows),
        }
    }

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

    /// Where a downgrade goes, and the branch it is limited to.
    fn downgrade_target(
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

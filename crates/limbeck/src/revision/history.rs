//! Revisions listed between two ends: `history` and the general form beneath it.
//! Must not know the version table.

use super::ends::Overrun;
use super::resolve::Place;
use super::select::Selection;
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
}

//! Plans: the steps of an upgrade or downgrade. Must not know scripts, SQL or databases.

use super::ends::Overrun;
use super::history::IterateOptions;
use super::rows::Table;
use super::select::Selection;
use super::{PlanError, ResolveError, RevisionGraph, RevisionId, Target, VersionRows};

/// Steps in the order in which they run, each with what it does to the version table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The rows that the plan was made for, each once. They stay unknown ids when `purge` is set.
    pub start: Vec<RevisionId>,
    /// True when all rows are deleted before the first step, known or not.
    pub purge: bool,
    /// The steps; empty when there is nothing to do.
    pub steps: Vec<Step>,
}

/// One revision moved, or one move of a stamp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The revision whose script runs; for a stamp the later end of the move.
    pub revision: RevisionId,
    /// What happens to it.
    pub direction: Direction,
    /// Where the step comes from: parents for an upgrade (dependencies are not listed).
    pub from: Vec<RevisionId>,
    /// Where the step leads.
    pub to: Vec<RevisionId>,
    /// What is written to the version table afterwards, in this order.
    pub writes: Vec<VersionWrite>,
}

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Runs the upgrade of the script.
    Upgrade,
    /// Runs the downgrade of the script.
    Downgrade,
    /// Only writes a later revision into the version table.
    StampUp,
    /// Only writes an earlier revision, or none, into the version table.
    StampDown,
}

impl Direction {
    /// True when no script runs.
    pub fn is_stamp(self) -> bool {
        matches!(self, Self::StampUp | Self::StampDown)
    }

    /// True when the step leads to a later revision.
    pub fn is_up(self) -> bool {
        matches!(self, Self::Upgrade | Self::StampUp)
    }
}

/// One write to the version table. Updates and deletes must hit exactly one row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum VersionWrite {
    /// A new row.
    Insert(RevisionId),
    /// A row that changes.
    Update {
        /// What it holds before.
        from: RevisionId,
        /// What it holds afterwards.
        to: RevisionId,
    },
    /// A row that goes.
    Delete(RevisionId),
}

impl VersionWrite {
    /// The id that is stored, if any.
    pub fn stored(&self) -> Option<&RevisionId> {
        match self {
            Self::Insert(id) | Self::Update { to: id, .. } => Some(id),
            Self::Delete(_) => None,
        }
    }
}

impl std::fmt::Display for VersionWrite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Insert(id) => write!(f, "INSERT {id}"),
            Self::Update { from, to } => write!(f, "UPDATE {from} -> {to}"),
            Self::Delete(id) => write!(f, "DELETE {id}"),
        }
    }
}

impl Plan {
    /// The rows before the first step. [`VersionRows::apply`] follows them through the steps.
    pub fn first_rows(&self) -> VersionRows {
        if self.purge {
            VersionRows::default()
        } else {
            self.start.iter().cloned().collect()
        }
    }

    /// The rows after the last step.
    pub fn final_rows(&self) -> VersionRows {
        let mut rows = self.first_rows();
        self.steps.iter().for_each(|step| rows.apply(step));
        rows
    }

    /// The longest id that the plan ever stores, by characters. When it does not fit the column
    /// of the version table, widen the column or refuse before the first step runs.
    pub fn longest_id(&self) -> Option<&RevisionId> {
        let stored = self.steps.iter().flat_map(|step| &step.writes);
        stored
            .filter_map(VersionWrite::stored)
            .max_by_key(|id| id.chars())
    }
}

impl RevisionGraph {
    /// The steps that bring a database with `rows` to `target`. What is applied stays applied:
    /// a target below the rows is an empty plan.
    ///
    /// # Errors
    /// [`PlanError`] when a row or the target stands for no revision, the target is ambiguous or
    /// leaves the graph, rows overlap, or a revision that is needed is faulty.
    pub fn upgrade<S: AsRef<str>>(&self, target: &Target, rows: &[S]) -> Result<Plan, PlanError> {
        let rows = self.rows(rows)?;
        let tops = self.upgrade_targets(target, &rows, Overrun::Refuse)?;
        self.refuse_faults(&self.ancestors(&tops))?;
        self.refuse_faults(&self.ancestors(&rows))?;
        let options = IterateOptions {
            implicit_base: true,
            ..IterateOptions::default()
        };
        let Selection { members, tops } = self.between(tops, &rows, options)?;
        let mut order = self.newest_first(&members, &tops);
        order.reverse();
        let mut table = Table::for_upgrade(self, &rows);
        let steps = order.into_iter().map(|node| {
            let revision = self.revision(node);
            Step {
                revision: revision.id.clone(),
                direction: Direction::Upgrade,
                from: revision.down.clone(),
                to: vec![revision.id.clone()],
                writes: table.apply(node),
            }
        });
        Ok(Plan {
            steps: steps.collect(),
            start: self.ids(&rows),
            purge: false,
        })
    }

    /// The steps that take a database with `rows` down to `target`: everything applied above it
    /// goes, also what depends on that. Other branches stay.
    ///
    /// # Errors
    /// [`PlanError::NotADowngrade`] when nothing of the target is applied, else as
    /// [`RevisionGraph::upgrade`].
    pub fn downgrade<S: AsRef<str>>(&self, target: &Target, rows: &[S]) -> Result<Plan, PlanError> {
        let rows = self.rows(rows)?;
        let selection = self.undone(target, rows, IterateOptions::default())?;
        let order = self.newest_first(&selection.members, &selection.tops);
        let rows = selection.tops;
        let mut table = Table::for_downgrade(self, &rows, &selection.members);
        let steps = order.into_iter().map(|node| {
            let revision = self.revision(node);
            Step {
                revision: revision.id.clone(),
                direction: Direction::Downgrade,
                from: vec![revision.id.clone()],
                to: revision.down.clone(),
                writes: table.undo(node),
            }
        });
        Ok(Plan {
            steps: steps.collect(),
            start: self.ids(&rows),
            purge: false,
        })
    }

    /// The rows from which an offline run starts: `start` of `start:end`, none for base.
    ///
    /// # Errors
    /// [`ResolveError`] unless the target stands for one revision or base.
    pub fn offline_rows(&self, start: Option<&Target>) -> Result<Vec<RevisionId>, ResolveError> {
        let place = match start {
            Some(start) => self.single(start)?.node(),
            None => None,
        };
        Ok(place
            .map(|node| self.revision(node).id.clone())
            .into_iter()
            .collect())
    }
}

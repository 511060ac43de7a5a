//! Why a target, a range or a plan is refused. Must not know exit codes: callers map [`ErrorKind`].

use super::problem::{GraphProblem, list};
use super::{RevisionId, TargetError};

/// What an error is about, for exit codes and machine-readable answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The target is not in the grammar, or of a form that this command does not take.
    InvalidTarget,
    /// A name stands for no revision.
    UnknownRevision,
    /// The beginning of an id fits several.
    AmbiguousRevision,
    /// One revision is wanted, several heads are there.
    MultipleHeads,
    /// A relative target could go several ways.
    AmbiguousStep,
    /// A relative target leaves the graph.
    TooFar,
    /// The destination lies in the wrong direction, or a range has unrelated ends.
    NotReachable,
    /// Of several revisions one is an ancestor of another.
    Overlap,
    /// The part of the graph that is needed is faulty.
    BrokenGraph,
}

/// Why a name or target stands for no revision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveError {
    /// The target itself is malformed.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The target is of a form that means nothing here.
    #[error("'{argument}' cannot be used here: {reason}")]
    NotHere {
        /// The target.
        argument: String,
        /// Why, and what to use instead.
        reason: &'static str,
    },
    /// No id and no label begins like this.
    #[error("Can't locate revision identified by '{argument}'{}", hint(nearest.as_deref()))]
    Unknown {
        /// The name.
        argument: String,
        /// An id or label that looks similar.
        nearest: Option<String>,
    },
    /// Several ids or labels begin like this.
    #[error(
        "Can't locate revision identified by '{argument}': it could be {}; type more of the id",
        list(candidates)
    )]
    Ambiguous {
        /// The beginning that was typed.
        argument: String,
        /// What it could be, in file order.
        candidates: Vec<String>,
    },
    /// The part before `@` is no label and no revision.
    #[error("No such branch: '{branch}'")]
    UnknownBranch {
        /// The part before `@`.
        branch: String,
    },
    /// `label@revision` where the two are unrelated.
    #[error("Revision {revision} is not a member of branch '{branch}'")]
    NotInBranch {
        /// The revision.
        revision: RevisionId,
        /// The part before `@`.
        branch: String,
    },
    /// One revision is wanted and there are several.
    #[error(
        "Multiple head revisions are present for given argument '{argument}': {}; please specify \
         a specific target revision, '<branchname>@{argument}' to narrow to a specific head, or \
         'heads' for all heads",
        list(heads)
    )]
    MultipleHeads {
        /// The target.
        argument: String,
        /// The heads it could mean.
        heads: Vec<RevisionId>,
    },
    /// The same where a new revision is made.
    #[error(
        "Multiple heads are present: {}; please specify the head revision on which the new \
         revision should be based, or perform a merge",
        list(heads)
    )]
    SeveralHeads {
        /// The heads there are.
        heads: Vec<RevisionId>,
    },
    /// A new revision on top of one that has children already.
    #[error(
        "Revision {revision} is not a head revision; please specify --splice to create a new \
         branch from this revision"
    )]
    NotAHead {
        /// The revision.
        revision: RevisionId,
    },
    /// One parent named twice.
    #[error("Duplicate head revisions specified: {revision}")]
    DuplicateHeads {
        /// The revision.
        revision: RevisionId,
    },
    /// Steps up or down from several rows at once.
    #[error(
        "'{argument}' is ambiguous: steps would count from several current revisions: {}; \
         name the branch, as in '{}@{argument}'",
        list(rows), rows.first().map_or("branch", RevisionId::as_str)
    )]
    AmbiguousStart {
        /// The target.
        argument: String,
        /// The rows that steps could count from.
        rows: Vec<RevisionId>,
    },
    /// A branch point on the way up or a merge point on the way down.
    #[error(
        "Ambiguous walk: from {from} '{argument}' could go to {}; name the revision or its branch",
        list(ways)
    )]
    AmbiguousWalk {
        /// The target.
        argument: String,
        /// Where the ways part; `base` or `heads` at the ends of the graph.
        from: String,
        /// The next revisions there.
        ways: Vec<RevisionId>,
    },
    /// More steps from the current rows than there are.
    #[error("Relative revision {relative} didn't produce {} migrations", .relative.unsigned_abs())]
    TooFar {
        /// The steps asked for.
        relative: Steps,
    },
    /// More steps from a named revision than there are.
    #[error("Walked too far: '{argument}' leaves the graph")]
    WalkedTooFar {
        /// The target.
        argument: String,
    },
    /// Rows or targets of which one already contains another.
    #[error(
        "Requested revision {revision} overlaps with other requested revisions {ancestor}: \
         {ancestor} is an ancestor of {revision}"
    )]
    Overlap {
        /// The later one.
        revision: RevisionId,
        /// The one it contains.
        ancestor: RevisionId,
    },
    /// What the target needs is faulty.
    #[error(transparent)]
    Graph(#[from] GraphProblem),
}

/// A signed number of steps, shown with its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps(pub i64);

impl Steps {
    fn unsigned_abs(self) -> u64 {
        self.0.unsigned_abs()
    }
}

impl std::fmt::Display for Steps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:+}", self.0)
    }
}

fn hint(nearest: Option<&str>) -> String {
    nearest
        .map(|name| format!("; did you mean '{name}'?"))
        .unwrap_or_default()
}

impl ResolveError {
    /// What the error is about.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Target(_) | Self::NotHere { .. } | Self::DuplicateHeads { .. } => {
                ErrorKind::InvalidTarget
            }
            Self::Unknown { .. } | Self::UnknownBranch { .. } | Self::NotInBranch { .. } => {
                ErrorKind::UnknownRevision
            }
            Self::Ambiguous { .. } => ErrorKind::AmbiguousRevision,
            Self::MultipleHeads { .. } | Self::SeveralHeads { .. } => ErrorKind::MultipleHeads,
            Self::NotAHead { .. } => ErrorKind::NotReachable,
            Self::AmbiguousStart { .. } | Self::AmbiguousWalk { .. } => ErrorKind::AmbiguousStep,
            Self::TooFar { .. } | Self::WalkedTooFar { .. } => ErrorKind::TooFar,
            Self::Overlap { .. } => ErrorKind::Overlap,
            Self::Graph(_) => ErrorKind::BrokenGraph,
        }
    }

    pub(super) fn unknown(argument: &str) -> Self {
        Self::Unknown {
            argument: argument.to_owned(),
            nearest: None,
        }
    }

    /// Says it in the words of someone who makes a revision, not of one who upgrades.
    pub(super) fn for_new_revision(self) -> Self {
        match self {
            Self::MultipleHeads { heads, .. } => Self::SeveralHeads { heads },
            other => other,
        }
    }
}

/// Why there is no plan, or no range of revisions to show.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A target or a row of the version table stands for no revision.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// Nothing of it is applied, so there is nothing to go down to.
    #[error(
        "Destination {target} is not a valid downgrade target from current head(s){}",
        at(rows)
    )]
    NotADowngrade {
        /// The target.
        target: String,
        /// The rows of the version table.
        rows: Vec<RevisionId>,
    },
    /// `label@target` where nothing above the target belongs to the branch.
    #[error(
        "Not a valid downgrade target from current heads: nothing above '{target}' is in the branch"
    )]
    NotInBranch {
        /// The target.
        target: String,
    },
    /// The ends of a range do not lie on one line.
    #[error(
        "Requested range {start}:{end} does not refer to ancestor/descendant revisions along the \
         same branch"
    )]
    NotARange {
        /// The older end.
        start: String,
        /// The newer end.
        end: String,
    },
}

fn at(rows: &[RevisionId]) -> String {
    match rows {
        [] => "; the database is at base".to_owned(),
        rows => format!(" {}", list(rows)),
    }
}

impl PlanError {
    /// What the error is about.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Resolve(error) => error.kind(),
            _ => ErrorKind::NotReachable,
        }
    }
}

impl From<GraphProblem> for PlanError {
    fn from(problem: GraphProblem) -> Self {
        Self::Resolve(problem.into())
    }
}

impl From<TargetError> for PlanError {
    fn from(error: TargetError) -> Self {
        Self::Resolve(error.into())
    }
}

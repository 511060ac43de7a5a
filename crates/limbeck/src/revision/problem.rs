//! What can be wrong with a set of revisions. Must not know how commands react to it.

use super::RevisionId;

/// One thing that is wrong in a set of revisions, naming every file that takes part.
///
/// Revisions appear as `id (file)` where the file is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphProblem {
    /// Two scripts with one id.
    #[error(
        "revision {id} is present more than once: {}; give one of them another id",
        list(places)
    )]
    DuplicateId {
        /// The id.
        id: RevisionId,
        /// Each place that declares it.
        places: Vec<String>,
    },
    /// A label declared twice, or equal to the id of a revision.
    #[error(
        "branch name '{label}' in revision {revision} is already used by revision {other}; \
         rename one of them"
    )]
    DuplicateLabel {
        /// The label.
        label: String,
        /// The later revision that declares it.
        revision: String,
        /// The revision that had the name first.
        other: String,
    },
    /// A parent that no script declares.
    #[error(
        "revision {parent}, the parent of {revision}, is not present; \
         add its script or correct the down revision"
    )]
    MissingParent {
        /// The missing id.
        parent: RevisionId,
        /// The revision that names it.
        revision: String,
    },
    /// A dependency that is neither an id nor a label of any script.
    #[error(
        "'{dependency}', on which {revision} depends, is neither a revision nor a branch label; \
         add its script or correct depends_on"
    )]
    MissingDependency {
        /// What was written in `depends_on`.
        dependency: String,
        /// The revision that names it.
        revision: String,
    },
    /// A revision that is its own parent.
    #[error("self-loop: revision {revision} is its own parent; correct the down revision")]
    SelfLoop {
        /// The revision.
        revision: String,
    },
    /// A revision that depends on itself.
    #[error("dependency self-loop: revision {revision} depends on itself; correct depends_on")]
    DependencySelfLoop {
        /// The revision.
        revision: String,
    },
    /// Revisions that are each other's ancestors.
    #[error(
        "cycle in revisions: {}; correct the down revision of one of {}",
        path(cycle),
        list(revisions)
    )]
    Cycle {
        /// The ids in order, each revising the next, the last revising the first.
        cycle: Vec<RevisionId>,
        /// The same revisions with their files.
        revisions: Vec<String>,
    },
    /// Revisions that need each other through `depends_on`.
    #[error(
        "dependency cycle in revisions: {}; correct depends_on of one of {}",
        path(cycle),
        list(revisions)
    )]
    DependencyCycle {
        /// The ids in order, each needing the next, the last needing the first.
        cycle: Vec<RevisionId>,
        /// The same revisions with their files.
        revisions: Vec<String>,
    },
}

/// `a -> b -> a`.
fn path(cycle: &[RevisionId]) -> String {
    let ids: Vec<&str> = cycle
        .iter()
        .chain(cycle.first())
        .map(RevisionId::as_str)
        .collect();
    ids.join(" -> ")
}

/// At most ten names, and how many more there are: a cycle may run through thousands.
pub(super) fn list<S: AsRef<str>>(names: &[S]) -> String {
    const SHOWN: usize = 10;
    let shown: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Everything that is wrong in a set of revisions that had to be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.problems))]
pub struct GraphError {
    /// The problems, in file order within each kind; never empty.
    pub problems: Vec<GraphProblem>,
}

fn lines(problems: &[GraphProblem]) -> String {
    problems
        .iter()
        .map(GraphProblem::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

//! Targets to revisions. Must not know plans.

use super::{Anchor, Node, ResolveError, RevisionGraph, RevisionId, Target};

/// Where a target points: at a revision, or below all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Base,
    At(u32),
}

impl Place {
    pub(super) fn node(self) -> Option<u32> {
        match self {
            Self::Base => None,
            Self::At(node) => Some(node),
        }
    }
}

impl RevisionGraph {
    /// The revisions that a target of `show`, `edit` or `merge` stands for, in the order of the
    /// graph; none for `base`. `current` stands for `rows`, `-N` counts down from the heads.
    ///
    /// # Errors
    /// [`ResolveError`] when a name is unknown or ambiguous, or heads are several.
    pub fn resolve<S: AsRef<str>>(
        &self,
        target: &Target,
        rows: &[S],
    ) -> Result<Vec<Node<'_>>, ResolveError> {
        if *target
            == (Target {
                branch: None,
                anchor: Anchor::Current,
                steps: None,
            })
        {
            return Ok(self
                .rows(rows)?
                .into_iter()
                .map(|node| self.node(node))
                .collect());
        }
        let places = self.select(target)?;
        Ok(places
            .into_iter()
            .filter_map(Place::node)
            .map(|node| self.node(node))
            .collect())
    }

    /// The rows of a version table as revisions, each once.
    pub(super) fn rows<S: AsRef<str>>(&self, rows: &[S]) -> Result<Vec<u32>, ResolveError> {
        let mut nodes = Vec::with_capacity(rows.len());
        let mut seen = std::collections::HashSet::with_capacity(rows.len());
        for row in rows {
            let id = row.as_ref();
            let node = self.find(id).ok_or_else(|| ResolveError::unknown(id))?;
            if seen.insert(node) {
                nodes.push(node);
            }
        }
        Ok(nodes)
    }

    /// What a target stands for when it is not relative to the database.
    pub(super) fn select(&self, target: &Target) -> Result<Vec<Place>, ResolveError> {
        let branch = target.branch.as_deref();
        match (&target.anchor, target.steps) {
            (Anchor::Implicit, Some(steps)) if steps < 0 => {
                // More steps than there are lead to base.
                let heads = self.heads_with_label(branch)?;
                heads
                    .into_iter()
                    .map(|head| Ok(self.walk_down(target, Place::At(head), steps)?.place))
                    .collect()
            }
            (_, Some(_)) => Err(ResolveError::NotHere {
                argument: target.to_string(),
                reason: "a relative target needs something to count from; name the revision",
            }),
            (Anchor::Implicit, None) => Err(ResolveError::unknown(&target.to_string())),
            (Anchor::Current, None) => Err(ResolveError::NotHere {
                argument: target.to_string(),
                reason: "'current' is for history, show and edit; name the revision",
            }),
            (Anchor::Base, None) => Ok(Vec::new()),
            (Anchor::Head, None) => Ok(self.head(branch)?.into_iter().map(Place::At).collect()),
            (Anchor::Heads, None) => {
                let heads = match branch {
                    None => self.known_heads(&self.real_heads)?,
                    Some(branch) => self.heads_in(branch)?,
                };
                Ok(heads.into_iter().map(Place::At).collect())
            }
            (Anchor::Name(name), None) => Ok(vec![Place::At(self.lookup_in(name, branch)?)]),
        }
    }

    /// What a target stands for when it must be one place.
    pub(super) fn single(&self, target: &Target) -> Result<Place, ResolveError> {
        match self.select(target)?.as_slice() {
            [] => Ok(Place::Base),
            &[place] => Ok(place),
            several => Err(self.multiple_heads(
                target.to_string(),
                &several
                    .iter()
                    .filter_map(|place| place.node())
                    .collect::<Vec<_>>(),
            )),
        }
    }

    fn heads_in(&self, branch: &str) -> Result<Vec<u32>, ResolveError> {
        let members = self.lineage(&[self.branch(branch)?], false);
        Ok(self
            .heads
            .iter()
            .copied()
            .filter(|&head| members.has(head))
            .collect())
    }

    fn head(&self, branch: Option<&str>) -> Result<Option<u32>, ResolveError> {
        let heads = match branch {
            Some(branch) => self.heads_in(branch)?,
            None => self.known_heads(&self.heads)?,
        };
        match heads.as_slice() {
            [] => Ok(None),
            &[head] => Ok(Some(head)),
            several => {
                let prefix = branch
                    .map(|branch| format!("{branch}@"))
                    .unwrap_or_default();
                Err(self.multiple_heads(format!("{prefix}head"), several))
            }
        }
    }

    /// `heads`, unless a cycle hides which they are.
    fn known_heads(&self, heads: &[u32]) -> Result<Vec<u32>, ResolveError> {
        match self.cyclic.and_then(|number| self.problems.get(number)) {
            Some(problem) => Err(problem.clone().into()),
            None => Ok(heads.to_vec()),
        }
    }

    fn heads_with_label(&self, label: Option<&str>) -> Result<Vec<u32>, ResolveError> {
        let mut heads = self.known_heads(&self.real_heads)?;
        heads.retain(|&head| label.is_none_or(|label| self.has_label(head, label)));
        Ok(heads)
    }

    pub(super) fn multiple_heads(&self, argument: String, heads: &[u32]) -> ResolveError {
        ResolveError::MultipleHeads {
            argument,
            heads: self.ids(heads),
        }
    }

    pub(super) fn ids(&self, nodes: &[u32]) -> Vec<RevisionId> {
        nodes
            .iter()
            .map(|&node| self.revision(node).id.clone())
            .collect()
    }
}

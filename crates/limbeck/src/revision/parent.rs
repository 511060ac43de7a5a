//! What a new revision is built on: `revision --head`, `merge`, `--depends-on`. Must not know files or templates.

use super::resolve::Place;
use super::{Node, ResolveError, RevisionGraph, Target};

impl RevisionGraph {
    /// The parents of a new revision or merge, in the order asked for; empty for a new base.
    ///
    /// Without `splice` each must be a head.
    ///
    /// # Errors
    /// [`ResolveError::SeveralHeads`] when `head` is asked for and there are several,
    /// [`ResolveError::NotAHead`] without `splice`, [`ResolveError::DuplicateHeads`] when two
    /// targets are one revision, else as [`RevisionGraph::resolve`].
    pub fn parents_for(
        &self,
        targets: &[Target],
        splice: bool,
    ) -> Result<Vec<Node<'_>>, ResolveError> {
        let mut parents: Vec<u32> = Vec::new();
        for target in targets {
            let places = self
                .select(target)
                .map_err(ResolveError::for_new_revision)?;
            parents.extend(places.into_iter().filter_map(Place::node));
        }
        let mut seen: Vec<u32> = parents.clone();
        seen.sort_unstable();
        if let Some(pair) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
            let revision = self.revision(pair[0]).id.clone();
            return Err(ResolveError::DuplicateHeads { revision });
        }
        if let Some(&node) = parents.iter().find(|&&node| !splice && !self.is_head(node)) {
            return Err(ResolveError::NotAHead {
                revision: self.revision(node).id.clone(),
            });
        }
        Ok(parents.into_iter().map(|node| self.node(node)).collect())
    }

    /// What to write into `depends_on` for a name typed by the user: a branch label as it is,
    /// else the full id.
    ///
    /// # Errors
    /// As [`RevisionGraph::resolve`]; the name must stand for exactly one revision.
    pub fn dependency_name(&self, target: &Target) -> Result<String, ResolveError> {
        let node = self.single(target)?.node();
        let node = node.ok_or_else(|| ResolveError::unknown(&target.to_string()))?;
        let revision = self.revision(node);
        let typed = target.to_string();
        match self.labels.iter().any(|label| **label == *typed) {
            true => Ok(typed),
            false => Ok(revision.id.to_string()),
        }
    }
}

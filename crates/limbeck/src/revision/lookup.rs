//! Names to revisions: full ids, labels and the beginnings of either. Must not know targets.

use super::walk::Marks;
use super::{ResolveError, RevisionGraph};

/// Names shorter than this are never the long side of a partial match.
const SHORTEST_PARTIAL: usize = 4;

impl RevisionGraph {
    /// The revision that a full id, a label or the beginning of one stands for.
    pub(super) fn lookup(&self, name: &str) -> Result<u32, ResolveError> {
        self.lookup_in(name, None)
    }

    pub(super) fn lookup_in(&self, name: &str, branch: Option<&str>) -> Result<u32, ResolveError> {
        let members = match branch {
            Some(branch) => Some((branch, self.lineage(&[self.branch(branch)?], false))),
            None => None,
        };
        let node = match self.names.get(name) {
            Some(found) => {
                if let Some(problem) = found.clash.and_then(|number| self.problems.get(number)) {
                    return Err(problem.clone().into());
                }
                found.node
            }
            None => self.partial(name, members.as_ref().map(|(_, members)| members))?,
        };
        match members {
            Some((branch, members)) if !members.has(node) => Err(ResolveError::NotInBranch {
                revision: self.revision(node).id.clone(),
                branch: branch.to_owned(),
            }),
            _ => Ok(node),
        }
    }

    fn partial(&self, start: &str, members: Option<&Marks>) -> Result<u32, ResolveError> {
        let ids = self.revisions.iter().map(|revision| revision.id.as_str());
        let labels = self.labels.iter().map(AsRef::as_ref);
        let fits = ids.chain(labels).filter(|name| {
            name.starts_with(start) && name.chars().nth(SHORTEST_PARTIAL - 1).is_some()
        });
        let mut found: Vec<(&str, u32)> = fits
            .filter_map(|name| Some((name, self.names.get(name)?.node)))
            .filter(|(_, node)| members.is_none_or(|members| members.has(*node)))
            .collect();
        match (found.pop(), found.is_empty()) {
            (Some((_, node)), true) => Ok(node),
            (None, _) => Err(ResolveError::Unknown {
                argument: start.to_owned(),
                nearest: self.nearest(start),
            }),
            (Some(last), false) => {
                found.push(last);
                let candidates = found.iter().map(|(name, _)| (*name).to_owned()).collect();
                Err(ResolveError::Ambiguous {
                    argument: start.to_owned(),
                    candidates,
                })
            }
        }
    }

    /// A name that someone may have meant. Only close ones: a wrong guess is worse than none.
    fn nearest(&self, typed: &str) -> Option<String> {
        const CLOSE: f64 = 0.8;
        let ids = self.revisions.iter().map(|revision| revision.id.as_str());
        let names = ids.chain(self.labels.iter().map(AsRef::as_ref));
        names
            .map(|name| (strsim::normalized_damerau_levenshtein(typed, name), name))
            .filter(|(similarity, _)| *similarity >= CLOSE)
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, name)| name.to_owned())
    }

    /// The revision that stands for a branch: that of the label, or the one named.
    pub(super) fn branch(&self, name: &str) -> Result<u32, ResolveError> {
        self.lookup(name).map_err(|error| match error {
            ResolveError::Unknown { .. } => ResolveError::UnknownBranch {
                branch: name.to_owned(),
            },
            other => other,
        })
    }

    /// Everything in the lineage of the branch; `None` without one, meaning everything.
    pub(super) fn members(&self, branch: Option<&str>) -> Result<Option<Marks>, ResolveError> {
        match branch {
            Some(branch) => Ok(Some(self.lineage(&[self.branch(branch)?], false))),
            None => Ok(None),
        }
    }
}

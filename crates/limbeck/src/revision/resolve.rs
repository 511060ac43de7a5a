//! Names and targets to revisions. Must not know plans.

use super::walk::Marks;
use super::{Anchor, Node, ResolveError, RevisionGraph, RevisionId, Target};

/// Names shorter than this are never the long side of a partial match.
const SHORTEST_PARTIAL: usize = 4;

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

/// How a walk ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walked {
    /// Where it stopped.
    pub(super) place: Place,
    /// False when the graph ended before the steps did.
    whole: bool,
}

impl Walked {
    pub(super) fn arrived(self) -> Option<Place> {
        self.whole.then_some(self.place)
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

    /// The revision that a full id, a label or the beginning of one stands for.
    pub(super) fn lookup(&self, name: &str) -> Result<u32, ResolveError> {
        self.lookup_in(name, None)
    }

    fn lookup_in(&self, name: &str, branch: Option<&str>) -> Result<u32, ResolveError> {
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

    /// `steps` (negative) down from `start` by parents.
    pub(super) fn walk_down(
        &self,
        target: &Target,
        start: Place,
        steps: i64,
    ) -> Result<Walked, ResolveError> {
        let mut place = start;
        for _ in 0..steps.unsigned_abs() {
            let Place::At(node) = place else {
                return Ok(Walked {
                    place,
                    whole: false,
                });
            };
            self.usable(node)?;
            place = match self.downs.of(node) {
                [] => Place::Base,
                &[parent] => Place::At(parent),
                ways => return Err(self.ambiguous_walk(target, place, ways)),
            };
        }
        Ok(Walked { place, whole: true })
    }

    /// `steps` up from `start` by children within `members`.
    pub(super) fn walk_up(
        &self,
        target: &Target,
        start: Place,
        steps: i64,
        members: Option<&Marks>,
    ) -> Result<Walked, ResolveError> {
        let mut place = start;
        for _ in 0..steps.unsigned_abs() {
            let ways = match place {
                Place::Base => self.bases.as_slice(),
                Place::At(node) => self.children.of(node),
            };
            let mut ways: Vec<u32> = ways.to_vec();
            ways.retain(|&way| members.is_none_or(|members| members.has(way)));
            place = match ways.as_slice() {
                [] => {
                    return Ok(Walked {
                        place,
                        whole: false,
                    });
                }
                &[child] => Place::At(child),
                ways => return Err(self.ambiguous_walk(target, place, ways)),
            };
        }
        Ok(Walked { place, whole: true })
    }

    fn usable(&self, node: u32) -> Result<(), ResolveError> {
        match self
            .broken
            .get(&node)
            .and_then(|&number| self.problems.get(number))
        {
            Some(problem) => Err(problem.clone().into()),
            None => Ok(()),
        }
    }

    fn ambiguous_walk(&self, target: &Target, from: Place, ways: &[u32]) -> ResolveError {
        ResolveError::AmbiguousWalk {
            argument: target.to_string(),
            from: from
                .node()
                .map_or("base".to_owned(), |node| self.revision(node).id.to_string()),
            ways: self.ids(ways),
        }
    }
}

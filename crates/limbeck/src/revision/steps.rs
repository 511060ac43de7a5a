//! Steps up and down from a place, as in `+1` and `ae10-2`. Must not know where they count from.

use super::resolve::Place;
use super::walk::Marks;
use super::{ResolveError, RevisionGraph, Target};

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

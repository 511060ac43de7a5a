//! The ways of a difference that have been worked out: everybody who tells something about one asks for it anew.

use std::sync::{Mutex, PoisonError};

use crate::{
    diff::{Comparison, Decisions},
    script::Direction,
};

/// Ways by what has been decided.
#[derive(Default)]
pub(super) struct KnownWays {
    found: Mutex<Vec<(Direction, Decisions, Comparison)>>,
}

impl KnownWays {
    /// The way in a direction when this has been decided.
    pub(super) fn or_find(
        &self,
        direction: Direction,
        decisions: &Decisions,
        find: impl FnOnce() -> Comparison,
    ) -> Comparison {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let known = found
            .iter()
            .find(|(way, of, _)| *way == direction && of == decisions);
        if let Some((_, _, comparison)) = known {
            return comparison.clone();
        }
        let comparison = find();
        found.push((direction, decisions.clone(), comparison.clone()));
        comparison
    }

    /// Forgets all of them, because a side has changed.
    pub(super) fn forget(&mut self) {
        *self = KnownWays::default();
    }
}

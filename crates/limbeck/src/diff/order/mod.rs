//! What comes before what.

mod graph;
mod mention;
mod phase;

pub(super) use graph::{Dependencies, ordered};
pub(super) use mention::Mentions;
pub(super) use phase::{Phase, Plan};

//! How a statement that changes many rows is divided. Must not know how its text is divided; that is the script format's.

use serde::{Deserialize, Serialize};

/// A statement runs over stretches of its table, one after the other along a key, each in a transaction of its own: no row
/// is locked for longer than its stretch takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batches {
    /// How many rows of the table a stretch has.
    pub rows: u32,
    /// The column that is walked along, as SQL writes its name. An index over it makes the walk cheap; rows that share a
    /// value share a stretch.
    pub key: String,
}

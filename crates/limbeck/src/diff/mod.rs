//! Two schemas and what leads from one to the other. Must not do I/O, write SQL for a database, or know which one it is:
//! it asks [`Capabilities`](crate::dialect::Capabilities) what can be done, and an [`Equivalence`] what counts as equal.
//!
//! [`compare`] is the only way in. `compare(empty, x)` is how any schema is built; the way back of a comparison is the
//! comparison the other way round with [`Decisions::inverted`], because both schemas are known. Names that nobody gave are
//! [`settled`] before.

mod arrivals;
mod canonical;
mod column;
mod column_change;
mod compare;
mod comparison;
mod constraint;
mod context;
mod counting;
mod create;
mod decision;
mod declared;
mod detected;
mod domain;
mod drop_table;
mod enum_type;
mod equivalence;
mod family;
mod grants;
mod hazard;
mod index;
mod named_kind;
mod namespace;
mod numbering;
mod option_steps;
mod order;
mod own_sequence;
mod pairing;
mod parts;
mod policy;
mod release;
mod rename;
mod replaced;
mod routine;
mod sequence;
mod set_aside;
mod settled;
mod table;
mod table_options;
mod touched;
mod trigger;
mod type_words;
mod view;
mod watch;
mod watcher;

pub use compare::compare;
pub use comparison::{Change, Comparison, Language, Sides};
pub use decision::{Decisions, Fill, InvalidDecision, RenameCandidate, RenameDecision, Renamed};
pub use detected::{DefaultKind, Detected, Object};
pub(crate) use equivalence::has_word;
pub use equivalence::{Equivalence, TextEquality};
pub use hazard::Hazard;
pub use settled::settled;

#[cfg(test)]
mod tests;

//! SQLite: its lock, and what its ALTER TABLE cannot say, done in place or by a rebuild. Must not know another dialect.

mod change;
mod in_place;
pub(crate) mod lock;
pub mod rebuild;
mod table_sql;

pub use change::{ColumnPlace, ConstraintChoice, ConstraintKind, TableChange};

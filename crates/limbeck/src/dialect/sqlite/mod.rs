//! SQLite.

pub(crate) mod lock;

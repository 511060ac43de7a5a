//! The rebuild on real SQLite.

mod connection;
mod in_place;
mod refused;
mod survives;

pub(crate) use connection::Database;

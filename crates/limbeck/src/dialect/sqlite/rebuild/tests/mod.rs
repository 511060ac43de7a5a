//! The rebuild on real SQLite.

mod connection;
mod crash;
mod in_place;
mod laws;
mod measure;
mod refused;
mod survives;

pub(crate) use connection::Database;

//! Schema migrations: a graph of revisions, moved up and down on SQLite, PostgreSQL, MySQL and MariaDB.
//!
//! The rooms, from left to right; none calls a room to its left:
//!
//! - [`config`]: one settings value from `alembic.ini`, `pyproject.toml` or `limbeck.toml`
//! - [`script`]: the versions directory, its formats and their headers
//! - [`revision`]: ids, graph, target grammar, plans
//! - [`schema`]: what a database contains
//! - [`operation`]: what a migration does
//! - [`dialect`]: operations to statements, one room per database
//! - [`migrate`]: a plan run on a database or written as SQL
//! - [`migrator`]: a project and the ways to run it, for the command and for applications
#![deny(missing_docs)]

pub mod config;
pub mod dialect;
pub mod migrate;
pub mod migrator;
pub mod operation;
pub mod revision;
pub mod schema;
pub mod script;

#[cfg(feature = "macros")]
pub use limbeck_macros::embed;

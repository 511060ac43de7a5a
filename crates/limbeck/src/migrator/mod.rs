//! A project and the ways to run it: what the command and an application that embeds the library both stand on.
//!
//! [`Project`] is settings, scripts and the graph they form, from a configuration, from a directory, or compiled in.
//! [`Migrator`] is a project on one database: opened from an address, taken from a pool, or lent by the caller, who may
//! be inside a transaction. Many copies of an application may start at once: one migrates, the others wait and find
//! nothing left to do.
//!
//! [`Migrator`]'s methods are the whole of it; the crate's front page shows them at work.
//!
//! Must not print, read the environment, or decide what a person should see.

mod advice;
pub mod autogenerate;
mod connect;
mod error;
mod new_revision;
mod observers;
mod offline;
mod planned_step;
mod project;
mod run;
mod run_options;
mod status;

pub use connect::{open, open_to_read};
pub use error::MigratorError;
pub use new_revision::{NewRevision, WrittenRevision, run_hooks};
pub use offline::OfflineScript;
pub use planned_step::PlannedStep;
pub use project::Project;
pub use run::Migrator;
pub use run_options::run_options;
pub use status::Status;

//! A project and the ways to run it: what the command and an application that embeds the library both stand on.

mod error;
mod project;

pub use error::MigratorError;
pub use project::Project;

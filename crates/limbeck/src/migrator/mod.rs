//! A project and the ways to run it: what the command and an application that embeds the library both stand on.
//!
//! [`Project`] is settings, scripts and the graph they form, from a configuration, from a directory, or compiled in.
//! [`Migrator`] is a project on one database: opened from an address, taken from a pool, or lent by the caller, who may
//! be inside a transaction. Many copies of an application may start at once: one migrates, the others wait and find
//! nothing left to do.
//!
//! ```
//! use limbeck::migrator::{Migrator, Project};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let project = Project::from_embedded(&[(
//!     "1975ea83b712_create_account.sql",
//!     "-- create account\n\
//!      --\n\
//!      -- revision: 1975ea83b712\n\
//!      -- revises: base\n\
//!      \n\
//!      -- limbeck: upgrade\n\
//!      CREATE TABLE account (id INTEGER PRIMARY KEY);\n",
//! )]);
//! let mut connection = <sqlx::SqliteConnection as sqlx::Connection>::connect("sqlite::memory:").await?;
//! let report = Migrator::borrow(&project, &mut connection).await?.upgrade("heads").await?;
//! assert_eq!(report.rows_after, ["1975ea83b712"]);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! Must not print, read the environment, or decide what a person should see.

mod connect;
mod error;
mod new_revision;
mod offline;
mod planned_step;
mod project;
mod run;
mod run_options;
mod status;

pub use error::MigratorError;
pub use new_revision::{NewRevision, WrittenRevision, run_hooks};
pub use offline::OfflineScript;
pub use planned_step::PlannedStep;
pub use project::Project;
pub use run::Migrator;
pub use run_options::run_options;
pub use status::Status;

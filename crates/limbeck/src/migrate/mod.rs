//! Runs a plan on a database, or writes it as SQL. The only room that sends statements.
//!
//! - [`Session`]: one connection, and the one place that statements pass
//! - [`VersionTable`]: where the database says which revisions it has
//! - [`LockOptions`], [`unlock`]: one run at a time
//! - [`run`]: a plan, step by step, told to an [`Observer`]
//! - [`preview`]: its statements, without running them
//! - [`normalise`]: what the database's own engine makes of a model
//! - [`write_offline`]: a script for the database's own client

mod lock;
mod observer;
mod offline;
mod preview;
mod run;
mod scratch;
mod session;
mod version_table;

pub use lock::{LockError, LockOptions, Unlocked, unlock};
pub use observer::{Event, HookError, Observer, Silent};
pub use offline::{OfflineError, OfflineOptions, headline, write_offline};
pub use preview::{PreviewedStep, Question, preview};
pub use run::{
    Aftermath, PartialStep, Planner, Report, RunError, RunFailure, RunOptions, ScriptIndex,
    StatementFailure, StepReport, TableChangeFailure, TransactionMode, WideIds, run,
};
pub use scratch::{
    NormaliseError, NormaliseOptions, normalise, normalise_beside, renormalise, renormalise_some,
};
pub(crate) use session::language;
pub use session::{ConnectionOptions, LentConnection, Server, Session, SessionLocks, SessionPool};
pub use version_table::{VersionTable, VersionTableError};

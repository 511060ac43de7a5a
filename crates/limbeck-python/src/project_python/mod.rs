//! The project's own Python: what imports the application is run there, by the Alembic that is installed there, on the
//! engine's connection.
//!
//! A child process runs the driver (`driver/*.py`), which runs env.py up to `context.run_migrations()` and then revisions on
//! command; each of their statements comes back here and goes to the run's [`ScriptContext`](limbeck::script::ScriptContext).
//! So to the engine it is one more kind of script: same transaction, lock, plan and report. Must not know a terminal, nor read
//! the environment: where to look for a Python is told.

mod automatic;
mod discovery;
mod environment;
mod error;
mod fallback;
mod frame;
mod gaps;
mod launch;
mod message;
mod observer;
mod process;
mod script;
mod service;
mod stage;
mod value;

pub use automatic::AutomaticEnvironment;
pub use discovery::{Discovery, FoundPython, Origin, PythonSearch, Tried};
pub use environment::{NativeScripts, ProjectEnvironment};
pub use error::{ProjectPythonError, PythonFailure};
pub use launch::Launch;
pub use message::{FailureFrame, Report};
pub use script::ProjectScript;
pub use stage::{Notices, ProjectPython};

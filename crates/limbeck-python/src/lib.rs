//! Alembic's front end: an embedded Python interpreter that offers the `alembic` and `sqlalchemy` names, the running
//! of `env.py`, and the bridge to the project's own Python. It builds on `limbeck`, which knows nothing of it.
#![deny(missing_docs)]

mod assessment;
pub mod autogenerate;
mod bridge;
pub mod environment;
mod failure;
mod front_end;
mod interpreter;
pub mod project_python;
mod script;
mod script_text;
mod syntax;
mod template;

pub use assessment::MissingName;
pub use front_end::{FrontEnd, FrontEndOptions};

//! Between Python and the engine: the native module `_limbeck`, the requests that it sends, and those who serve them.
//!
//! Everything a script does to a database passes here. Must not know how scripts are found or what their operations mean.

mod autocommit;
mod binds;
mod conversation;
mod data;
mod import;
mod inspection;
mod module;
mod operation;
mod request;
mod services;
mod value;

pub use binds::Naming;
pub(crate) use binds::Shared;
pub(crate) use conversation::{Requests, enter};
pub(crate) use data::{from_python as data_from_python, to_python as data_to_python};
pub(crate) use module::module_def;
pub(crate) use services::{EnvironmentHost, Services};

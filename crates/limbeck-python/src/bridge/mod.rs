//! Between Python and the engine: the native module `_limbeck`, the requests that it sends, and those who serve them.
//!
//! Everything a script does to a database passes here. Must not know how scripts are found or what their operations mean.

mod conversation;
mod inspection;
mod module;
mod request;
mod services;
mod value;

pub(crate) use conversation::{Requests, enter};
pub(crate) use module::module_def;
pub(crate) use services::{Services, Shared};

//! Scripts in Python through the library: what they do, what they are refused, and what is in the database then.
#![allow(clippy::unwrap_used, clippy::panic)]

mod applications;
mod errors;
mod fixture;
mod hostile;
mod live;
mod modules;
mod operations;
mod servers;
mod values;

//! A model is changed, a revision is written, read and run; afterwards the database is what the model wants, and one step
//! back it is what it was.
#![allow(clippy::unwrap_used, clippy::panic)]

mod changes;
mod commands;
mod decisions;
mod project;
mod servers;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/database.rs"]
mod support_database;

//! Wrong things that people do and that happen to them, each with the message that the command answers with.
//!
//! A message has to say what, where, why and what to do next, so each is pinned word for word. What holds for all of
//! them is checked at every run: no panic, and no password in any form of output.
#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod configuration;
#[cfg(unix)]
mod full_disk;
mod graphs;
mod half_way;
mod ids;
mod lock;
mod mariadb;
#[cfg(unix)]
mod permissions;
mod postgresql;
mod project;
mod python;
mod scripts;
mod statements;
mod targets;
mod version_rows;

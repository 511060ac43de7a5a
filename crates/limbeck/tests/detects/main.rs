//! What a comparison detects: one file for each kind of object and change, and whole schemas in which it finds nothing.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    reason = "a test has nobody to report to but its panic; the engine's test code is shared with the laws"
)]

mod case;
mod cases;
#[path = "../autogenerate/databases.rs"]
mod databases;
#[path = "../autogenerate/engine.rs"]
mod engine;
mod places;
mod privileges;
mod real_schemas;
mod same;

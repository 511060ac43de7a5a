//! Comparisons applied to live databases: what leads from one schema to another really does, with rows in the tables.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test has nobody to report to but its panic"
)]

mod databases;
mod engine;
mod laws;
mod portrait;
mod random;
mod survivors;
mod trial;

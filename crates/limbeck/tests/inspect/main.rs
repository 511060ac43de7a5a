//! What is read from a live database, built again elsewhere, reads the same.

// Test code that is not itself a test function.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod build;
mod mariadb;
mod postgres;
mod random;
mod sqlite;

//! Runs on live servers: PostgreSQL and MariaDB, private ones or those that the environment names.

// Test code that is not itself a test function.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod history;
mod lease;
mod mariadb;
mod offline;
mod pooler;
mod postgres;
mod races;

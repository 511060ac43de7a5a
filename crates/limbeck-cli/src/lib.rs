//! The `limbeck` command: arguments in, text out.
//!
//! This crate must not hold logic that a user of the library would miss.
#![deny(missing_docs)]

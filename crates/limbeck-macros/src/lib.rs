//! Compile-time embedding of revision scripts for the `limbeck` library.
//!
//! This crate turns a directory into source text and must not know what a
//! revision is: the library reads the embedded files with the same readers it
//! uses for a directory at run time.
#![deny(missing_docs)]

//! Revisions and env.py in the project's own Python, on the engine's connection. Without a Python that has Alembic these tests
//! say so and pass; with `CI` set they fail.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod environment;
mod failures;
mod fallback;
mod process;
mod project;
mod runs;
mod servers;
mod speed;

//! Databases for tests: a fresh one for each, on real servers.
//!
//! A server is taken from `LIMBECK_TEST_POSTGRES_URL` or `LIMBECK_TEST_MYSQL_URL` (addresses of an administrator,
//! which `.ci/services` sets), or a private one is started from the binaries on this machine and stopped when the
//! test process ends. Without either a test says so and passes; with `CI` set it fails.
//!
//! Must not know the engine: what it hands out are addresses.
#![deny(missing_docs)]
// A test has nobody to report to but its own panic, and its skips are for people to read.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used
)]

mod mariadb;
mod pgbouncer;
mod postgres;
mod process;
mod python;

pub use mariadb::{galera, mariadb};
pub use pgbouncer::{Pooler, pgbouncer};
pub use postgres::postgres;
pub use python::python_with_alembic;

/// A database of a test's own; it goes with its server.
#[derive(Clone, Debug)]
pub struct TestDatabase {
    /// The address, as `sqlx` reads it.
    pub url: String,
    /// The database's name.
    pub name: String,
}

/// Says that a test is skipped; on a build server that is a failure.
fn skip(what: &str, reason: &str) {
    assert!(
        std::env::var_os("CI").is_none(),
        "{what} is missing on a build server: {reason}"
    );
    eprintln!("skipped: no {what} ({reason})");
}

/// The administrator's address with another database in it, so that any client can read it.
fn address_of(admin: &str, database: &str) -> String {
    let (address, parameters) = admin.split_once('?').unwrap_or((admin, ""));
    let server = address
        .rsplit_once('/')
        .map_or(address, |(server, _)| server);
    match parameters {
        "" => format!("{server}/{database}"),
        parameters => format!("{server}/{database}?{parameters}"),
    }
}

/// A name no other test has.
fn fresh_name() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    format!(
        "limbeck_{}_{}_{}",
        std::process::id(),
        time.map_or(0, |time| time.subsec_nanos()),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}

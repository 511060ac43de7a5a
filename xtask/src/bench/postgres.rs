//! Upgrades on PostgreSQL, against `psql` running the very script that Limbeck writes with `--sql`.

use std::{env, fs, io, path::Path, process::Command};

use super::{
    BenchError, Options,
    history::{self, Shape},
    report::Report,
    scenario::Programs,
    series::{Contender, run},
};

/// Measures upgrades from empty, where `LIMBECK_TEST_POSTGRES_URL` names a server and `psql` is installed.
///
/// # Errors
/// [`BenchError`] when the histories cannot be written.
pub(crate) fn upgrades(
    programs: &Programs,
    options: &Options,
    report: &mut Report,
) -> Result<(), BenchError> {
    report.heading("PostgreSQL: upgrade from empty");
    let Ok(server) = env::var("LIMBECK_TEST_POSTGRES_URL") else {
        report
            .line("Not measured: LIMBECK_TEST_POSTGRES_URL is not set (`. .ci/services` sets it).");
        return Ok(());
    };
    let database = in_database(&server, "limbeck_bench");
    for &size in options.sizes.iter().filter(|size| **size <= 1000) {
        let root = tempfile::tempdir()?;
        let root = root.path();
        history::write_limbeck(
            &root.join("limbeck"),
            &history::generate(size, Shape::Linear),
            &database,
        )?;
        let script = programs
            .limbeck(root, &["upgrade", "head", "--sql"])
            .output()?;
        fs::write(root.join("raw.sql"), script.stdout)?;
        let fresh = || recreate(&server);
        let figures = run(
            &[
                Contender::new("limbeck upgrade head", || {
                    programs.limbeck(root, &["upgrade", "head"])
                })
                .prepared(fresh),
                Contender::new("psql, the same script", || psql(&database, root)).prepared(fresh),
            ],
            options.runs,
        );
        report.table(&format!("{size} revisions:"), &figures);
    }
    recreate(&server)?;
    Ok(())
}

/// The same server's address with another database.
fn in_database(server: &str, database: &str) -> String {
    let (address, parameters) = server.split_once('?').unwrap_or((server, ""));
    let start = address.rsplit_once('/').map_or(address, |(start, _)| start);
    format!("{start}/{database}?{parameters}")
}

fn psql(address: &str, root: &Path) -> Command {
    let mut command = Command::new("psql");
    command.args([
        "--no-psqlrc",
        "--quiet",
        "--set",
        "ON_ERROR_STOP=1",
        "--file",
        "raw.sql",
        address,
    ]);
    command.current_dir(root);
    command
}

fn recreate(server: &str) -> io::Result<()> {
    let status = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1"])
        .args(["--command", "SET client_min_messages = warning"])
        .args(["--command", "DROP DATABASE IF EXISTS limbeck_bench"])
        .args(["--command", "CREATE DATABASE limbeck_bench"])
        .arg(server)
        .status()?;
    match status.success() {
        true => Ok(()),
        false => Err(io::Error::other(
            "psql could not make the database limbeck_bench",
        )),
    }
}

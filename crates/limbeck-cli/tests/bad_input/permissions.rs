//! Files and directories that may not be read or written.
use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use crate::project::Project;

/// Runs the command as somebody whom permissions bind: the superuser has to give up passing over them.
fn told(project: &Project, line: &str) -> String {
    let direct = project.command();
    let root =
        fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let mut command = if root {
        let mut bound = Command::new("setpriv");
        bound.args(["--bounding-set", "-dac_override,-dac_read_search,-fowner"]);
        bound.arg(direct.get_program()).current_dir(project.path());
        bound
    } else {
        direct
    };
    command.args(line.split_whitespace());
    project.told_by(&mut command)
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_database_that_may_not_be_written() {
    let project = Project::forked().sqlite("CREATE TABLE t (n)");
    mode(&project.path().join("app.db"), 0o444);
    insta::assert_snapshot!(told(&project, "current"), @"[exit 0]");
    insta::assert_snapshot!(told(&project, "upgrade b1"), @"
[stderr]
error: the version table 'alembic_version' could not be created: attempt to write a readonly database
 |
 = note: Nothing of this run was kept.
 = help: let this user write the file and its directory, where SQLite puts its journal, and see that the address does not say mode=ro
[exit 1]
");
}

#[test]
fn a_database_that_may_not_be_read() {
    let project = Project::forked().sqlite("CREATE TABLE t (n)");
    mode(&project.path().join("app.db"), 0o000);
    insta::assert_snapshot!(told(&project, "current"), @"
[stderr]
error: cannot connect to sqlite:///app.db: unable to open database file: '[ROOT]/app.db' exists but may not be opened; check its permissions
 |
 = help: check the path in the address
[exit 1]
");
}

#[test]
fn a_database_opened_read_only() {
    let project = Project::with_settings("url = \"sqlite:///file:app.db?mode=ro&uri=true\"\n")
        .table("a1", "base")
        .sqlite("CREATE TABLE t (n)");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: the version table 'alembic_version' could not be created: attempt to write a readonly database
 |
 = note: Nothing of this run was kept.
 = help: let this user write the file and its directory, where SQLite puts its journal, and see that the address does not say mode=ro
[exit 1]
");
}

#[test]
fn a_directory_that_takes_no_database() {
    let project = Project::with_settings("url = \"sqlite:///data/app.db\"\n").table("a1", "base");
    project.write("data/README", "");
    mode(&project.path().join("data"), 0o555);
    insta::assert_snapshot!(told(&project, "upgrade head"), @"
[stderr]
error: cannot connect to sqlite:///data/app.db: unable to open database file: '[ROOT]/data/app.db' does not exist and was not created; check the path, the permissions of its directory, and that the address does not say mode=ro or mode=rw
 |
 = help: check the path in the address
[exit 1]
");
    insta::assert_snapshot!(told(&project, "current"), @"[exit 0]");
    mode(&project.path().join("data"), 0o755);
}

#[test]
fn a_directory_that_takes_no_journal() {
    let project = Project::with_settings("url = \"sqlite:///data/app.db\"\n").table("a1", "base");
    project.write("data/app.db", "");
    mode(&project.path().join("data"), 0o555);
    insta::assert_snapshot!(told(&project, "upgrade head"), @"
[stderr]
error: the database refused to begin a transaction: attempt to write a readonly database
 |
 = note: Nothing of this run was kept.
 = help: let this user write the file and its directory, where SQLite puts its journal, and see that the address does not say mode=ro
[exit 1]
");
    mode(&project.path().join("data"), 0o755);
}

#[test]
fn a_configuration_that_may_not_be_read() {
    let project = Project::forked();
    mode(&project.path().join("limbeck.toml"), 0o000);
    insta::assert_snapshot!(told(&project, "heads"), @"
FAILED: [ROOT]/limbeck.toml: cannot be read: Permission denied (os error 13)
[exit 255]
");
}

#[test]
fn a_script_that_may_not_be_read() {
    let project = Project::forked();
    mode(&project.path().join("migrations/versions/b1.sql"), 0o000);
    insta::assert_snapshot!(told(&project, "heads"), @"
FAILED: [ROOT]/migrations/versions/b1.sql: cannot be read: Permission denied (os error 13)
[exit 255]
");
    insta::assert_snapshot!(told(&project, "upgrade a1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
WARNI [limbeck.script] [ROOT]/migrations/versions/b1.sql: cannot be read: Permission denied (os error 13)
[exit 0]
");
}

#[test]
fn a_versions_directory_that_may_not_be_listed() {
    let project = Project::forked();
    mode(&project.path().join("migrations/versions"), 0o000);
    insta::assert_snapshot!(told(&project, "heads"), @"
FAILED: cannot list [ROOT]/migrations/versions: Permission denied (os error 13)
[exit 255]
");
    mode(&project.path().join("migrations/versions"), 0o755);
}

#[test]
fn a_versions_directory_that_takes_no_script() {
    let project = Project::forked();
    mode(&project.path().join("migrations/versions"), 0o555);
    insta::assert_snapshot!(told(&project, "revision -m x --head b1 --rev-id d1"), @"
FAILED: cannot write [ROOT]/migrations/versions/d1_x.sql: Permission denied (os error 13)
[exit 255]
");
    mode(&project.path().join("migrations/versions"), 0o755);
}

#[test]
fn a_directory_that_takes_no_project() {
    let project = Project::empty();
    project.write("locked/README", "");
    mode(&project.path().join("locked"), 0o555);
    insta::assert_snapshot!(told(&project, "init locked/migrations"), @"
FAILED: cannot make the directory [ROOT]/locked/migrations: Permission denied (os error 13)
[exit 255]
");
    mode(&project.path().join("locked"), 0o755);
}

//! Disks that are full, and answers that nobody takes.
use std::{fs::File, process::Command};

use crate::project::Project;

#[test]
fn a_database_that_may_not_grow() {
    let project = Project::new().table("a1", "base").revision("b1", "a1", "-- limbeck: upgrade\nPRAGMA max_page_count = 8;\nCREATE TABLE big AS\n  WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 9999) SELECT n FROM many;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: database or disk is full
 --> [ROOT]/migrations/versions/b1.sql:8:1
  |
8 | CREATE TABLE big AS
  | ^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept. Rolled back: a1.
  = help: make room, then run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn a_file_that_may_not_grow() {
    let project = Project::new().table("a1", "base").revision(
        "b1",
        "a1",
        "-- limbeck: upgrade\nCREATE TABLE big (b BLOB);\nINSERT INTO big VALUES (zeroblob(9000000));\n",
    );
    // The shell leaves the signal ignored, so that the write fails as it does on a full disk.
    let mut command = Command::new("sh");
    command.args([
        "-c",
        "trap '' XFSZ; ulimit -f 1000; exec \"$0\" upgrade head",
    ]);
    command
        .arg(project.command().get_program())
        .current_dir(project.path());
    insta::assert_snapshot!(project.told_by(&mut command), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: disk I/O error
 --> [ROOT]/migrations/versions/b1.sql:8:1
  |
8 | INSERT INTO big VALUES (zeroblob(9000000));
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept. Rolled back: a1.
  = help: see that the disk works and has room, then run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn standard_output_is_full() {
    let project = Project::forked();
    let mut command = project.command();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let ran = command
        .arg("heads")
        .stdout(full)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let ran = project.masked(ran.wait_with_output().unwrap());
    insta::assert_snapshot!(ran, @"
[stderr]
error: the answer cannot be written
 |
 = note: No space left on device (os error 28)
[exit 1]
");
}

#[test]
fn a_script_for_others_that_does_not_fit() {
    let project = Project::new().table("a1", "base");
    let mut command = project.command();
    let full = File::options().write(true).open("/dev/full").unwrap();
    command.args(["upgrade", "head", "--sql"]).stdout(full);
    let ran = command
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let ran = project.masked(ran.wait_with_output().unwrap());
    insta::assert_snapshot!(ran, @r#"
    [stderr]
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
    error: the answer cannot be written
     |
     = note: No space left on device (os error 28)
    [exit 1]
    "#);
}

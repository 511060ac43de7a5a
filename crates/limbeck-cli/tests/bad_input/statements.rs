//! Statements that cannot be told apart, stand in the wrong place, or that the database refuses.
use crate::project::Project;

#[test]
fn a_syntax_error() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER);\nSELEC 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: near "SELEC": syntax error
 --> [ROOT]/migrations/versions/a1.sql:8:1
  |
8 | SELEC 1;
  | ^^^^^^^^
  |
  = note: Nothing of this run was kept.
  = help: correct the script and run the command again
[exit 1]
"#);
    insta::assert_snapshot!(project.told("upgrade head --format json"), @r#"
{
  "error": {
    "kind": "statement",
    "message": "the database refused a statement of the upgrade of revision a1: near \"SELEC\": syntax error",
    "location": {
      "path": "[ROOT]/migrations/versions/a1.sql",
      "line": 8,
      "column": 1
    },
    "statement": "SELEC 1",
    "aftermath": "Nothing of this run was kept.",
    "hint": "correct the script and run the command again"
  }
}
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
[exit 1]
"#);
}

#[test]
fn a_syntax_error_inside_a_long_statement() {
    let project = Project::new().revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (\n    n INTEGER,\n    m INTEGER NOT,\n    o INTEGER\n);\n");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: near ",": syntax error
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | CREATE TABLE t (
  | ^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept.
  = help: correct the script and run the command again
[exit 1]
"#);
}

#[test]
fn a_string_that_never_ends() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nINSERT INTO t VALUES ('it''s);\nSELECT 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: a string begins here and never ends; add the closing quote
 --> [ROOT]/migrations/versions/a1.sql:7:23
  |
7 | INSERT INTO t VALUES ('it''s);
  |                       ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
    insta::assert_snapshot!(project.told("plan"), @"
FAILED: a string begins here and never ends; add the closing quote
[stderr]
error: a string begins here and never ends; add the closing quote
 --> [ROOT]/migrations/versions/a1.sql:7:23
  |
7 | INSERT INTO t VALUES ('it''s);
  |                       ^^^^^^
[exit 255]
");
}

#[test]
fn a_comment_that_never_ends() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nSELECT 1; /* to be\ncontinued\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: a comment begins here and never ends; add the closing '*/'
 --> [ROOT]/migrations/versions/a1.sql:7:11
  |
7 | SELECT 1; /* to be
  |           ^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_trigger_that_never_ends() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nCREATE TRIGGER x AFTER INSERT ON t BEGIN\n  SELECT 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: the statement that begins here has a body that never ends; '; END;' is missing
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | CREATE TRIGGER x AFTER INSERT ON t BEGIN
  | ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_command_of_the_shell() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade\n.read other.sql\nSELECT 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: '.read' is a command of the sqlite3 shell, not SQL; write the statement itself, or run the command outside the migration
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | .read other.sql
  | ^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_nul_byte() {
    let project = Project::new().revision("a1", "base", "-- limbeck: upgrade\nSELECT 'a\0b';\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: NUL byte: databases stop reading here; remove it
 --> [ROOT]/migrations/versions/a1.sql:7:10
  |
7 | SELECT 'a␀b';
  |          ^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn an_unknown_directive() {
    let project = Project::new().revision("a1", "base", "-- limbeck: upgrad\nSELECT 1;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: unknown directive 'upgrad'; did you mean 'upgrade'?
 --> [ROOT]/migrations/versions/a1.sql:6:13
  |
6 | -- limbeck: upgrad
  |             ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_directive_without_its_colon() {
    let project = Project::new().revision("a1", "base", "-- limbeck upgrade\nSELECT 1;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: a colon is missing; write '-- limbeck: upgrade'
 --> [ROOT]/migrations/versions/a1.sql:6:4
  |
6 | -- limbeck upgrade
  |    ^^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn an_unknown_database() {
    let project =
        Project::new().revision("a1", "base", "-- limbeck: upgrade (postgers)\nSELECT 1;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: unknown dialect 'postgers'; did you mean 'postgresql'?; known are generic, sqlite, postgresql, mysql and mariadb
 --> [ROOT]/migrations/versions/a1.sql:6:22
  |
6 | -- limbeck: upgrade (postgers)
  |                      ^^^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_statement_before_every_section() {
    let project = Project::new().revision("a1", "base", "SELECT 1;\n-- limbeck: upgrade\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: this statement stands in no section; put '-- limbeck: upgrade' or '-- limbeck: downgrade' on a line above it
 --> [ROOT]/migrations/versions/a1.sql:6:1
  |
6 | SELECT 1;
  | ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn no_upgrade_section() {
    let project = Project::new().revision("a1", "base", "-- limbeck: downgrade\nSELECT 1;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: [ROOT]/migrations/versions/a1.sql: has no upgrade section; add '-- limbeck: upgrade' (it may be empty)
 |
 = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn no_section_for_this_database() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade (postgresql)\nSELECT 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: [ROOT]/migrations/versions/a1.sql: has no upgrade section for sqlite; add '-- limbeck: upgrade (sqlite)' (it may be empty)
 |
 = note: Nothing of this run was kept.
[exit 1]
");
    insta::assert_snapshot!(project.told("plan"), @"
FAILED: [ROOT]/migrations/versions/a1.sql: has no upgrade section for sqlite; add '-- limbeck: upgrade (sqlite)' (it may be empty)
[exit 255]
");
}

#[test]
fn no_way_back() {
    let project =
        Project::new().revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (n);\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
[exit 0]
");
    insta::assert_snapshot!(project.told("downgrade base"), @"
[stderr]
error: revision a1 could not be run: [ROOT]/migrations/versions/a1.sql: has no downgrade section; add '-- limbeck: downgrade' (it may be empty), or '-- limbeck: irreversible because …' with the reason
 |
 = note: Nothing of this run was kept.
[exit 1]
");
    insta::assert_snapshot!(project.told("status"), @"
Database: sqlite:///app.db
At:       a1 (head)
Heads:    a1 (head)
Up to date.
[exit 0]
");
}

#[test]
fn no_way_back_and_why() {
    let project = Project::new().revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (n);\n\n-- limbeck: irreversible because the names are gone\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
[exit 0]
");
    insta::assert_snapshot!(project.told("downgrade base"), @"
[stderr]
error: revision a1 could not be run: cannot be downgraded: the names are gone
 --> [ROOT]/migrations/versions/a1.sql:9:1
  |
9 | -- limbeck: irreversible because the names are gone
  | ^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn no_way_back_without_a_reason() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nCREATE TABLE t (n);\n\n-- limbeck: irreversible\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: say why: '-- limbeck: irreversible because …'
 --> [ROOT]/migrations/versions/a1.sql:9:25
  |
9 | -- limbeck: irreversible
  |                         ^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_transaction_of_the_scripts_own() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nBEGIN;\nCREATE TABLE t (n);\nCOMMIT;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: BEGIN is not allowed here: this script runs in a transaction of the migration. Leave it out, or let the script run outside a transaction
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | BEGIN;
  | ^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn outside_the_transaction_in_a_dry_run() {
    let project = Project::new().revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (n);\n-- limbeck: no transaction for next statement\nVACUUM;\n");
    insta::assert_snapshot!(project.told("upgrade head --dry-run"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: this statement cannot be run: it runs outside a transaction, so a dry run could not take it back
 --> [ROOT]/migrations/versions/a1.sql:9:1
  |
9 | VACUUM;
  | ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
[exit 0]
");
    insta::assert_snapshot!(project.told("current"), @"
a1 (head)
[exit 0]
");
}

#[test]
fn vacuum_inside_the_transaction() {
    let project = Project::new().revision("a1", "base", "-- limbeck: upgrade\nVACUUM;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: cannot VACUUM from within a transaction
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | VACUUM;
  | ^^^^^^^
  |
  = note: Nothing of this run was kept.
  = help: put the line '-- limbeck: no transaction for next statement' above it
[exit 1]
");
}

#[test]
fn a_table_that_is_missing() {
    let project = Project::new().revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nINSERT INTO acount VALUES (1);\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: no such table: acount
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | INSERT INTO acount VALUES (1);
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept.
  = help: correct the script and run the command again
[exit 1]
");
}

//! What a run, a plan and a dry run say and leave behind.

use super::{failing_project, support::Sandbox, transcript};

#[test]
fn a_project_from_nothing_to_its_head() {
    let sandbox = Sandbox::empty();
    insta::assert_snapshot!(transcript(&sandbox, &["list_templates", "init migrations", "init migrations"]), @"
$ limbeck list_templates
Available templates:

sql - Scripts in SQL, settings in limbeck.toml.
generic - Generic single-database configuration.
pyproject - pyproject configuration, based on the generic configuration.
async - Generic single-database configuration with an async dbapi.
multidb - Rudimentary multi-database configuration.
pyproject_async - pyproject configuration, with an async dbapi.

Templates are used via the 'init' command, e.g.:

  limbeck init --template sql ./scripts
[exit 0]
$ limbeck init migrations
Creating directory [ROOT]/migrations ...  done
Creating directory [ROOT]/migrations/versions ...  done
Generating [ROOT]/migrations/README ...  done
Generating [ROOT]/limbeck.toml ...  done
Please edit configuration/connection settings in [ROOT]/limbeck.toml before proceeding.
[exit 0]
$ limbeck init migrations
FAILED: Directory [ROOT]/migrations already exists and is not empty
[exit 255]
");
    let settings = sandbox.read("limbeck.toml");
    sandbox.write(
        "limbeck.toml",
        &settings.replace("${DATABASE_URL}", "sqlite:///app.db"),
    );
    insta::assert_snapshot!(transcript(&sandbox, &[
        "revision -m start --rev-id a1",
        "revision -m left --rev-id b1 --branch-label left",
        "revision -m right --rev-id c1 --head a1",
        "revision -m right --rev-id c1 --head a1 --splice",
        "merge heads -m both --rev-id d1",
        "history",
        "status",
        "upgrade head",
        "status",
        "upgrade head",
    ]), @"
$ limbeck revision -m start --rev-id a1
Generating [ROOT]/migrations/versions/a1_start.sql ...  done
[exit 0]
$ limbeck revision -m left --rev-id b1 --branch-label left
Generating [ROOT]/migrations/versions/b1_left.sql ...  done
[exit 0]
$ limbeck revision -m right --rev-id c1 --head a1
FAILED: Revision a1 is not a head revision; please specify --splice to create a new branch from this revision
[exit 255]
$ limbeck revision -m right --rev-id c1 --head a1 --splice
Generating [ROOT]/migrations/versions/c1_right.sql ...  done
[exit 0]
$ limbeck merge heads -m both --rev-id d1
Generating [ROOT]/migrations/versions/d1_both.sql ...  done
[exit 0]
$ limbeck history
b1, c1 -> d1 (left) (head) (mergepoint), both
a1 -> b1 (left), left
a1 -> c1, right
<base> -> a1 (branchpoint), start
[exit 0]
$ limbeck status
Database: sqlite:///app.db
At:       <base>
Heads:    d1 (head)
Pending:  4
  a1, start
  c1, right
  b1 (left), left
  d1 (left) (head), both
[exit 3]
$ limbeck upgrade head
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, start
INFO  [alembic.runtime.migration] Running upgrade a1 -> c1, right
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, left
INFO  [alembic.runtime.migration] Running upgrade b1, c1 -> d1, both
INFO  [limbeck] Done: 4 steps in [TIME] ms; the database is at d1.
[exit 0]
$ limbeck status
Database: sqlite:///app.db
At:       d1 (head)
Heads:    d1 (head)
Up to date.
[exit 0]
$ limbeck upgrade head
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [limbeck] Nothing to do: the database is at d1.
[exit 0]
");
}

#[test]
fn a_failed_migration_is_told_with_its_line() {
    let sandbox = failing_project();
    insta::assert_snapshot!(transcript(&sandbox, &["upgrade head", "current", "upgrade head --format json"]), @r#"
$ limbeck upgrade head
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, add name
error: the database refused a statement of the upgrade of revision b1: no such table: acount
 --> [ROOT]/migrations/versions/b1_add_name.sql:8:1
  |
8 | ALTER TABLE acount ADD COLUMN name TEXT;
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept. Rolled back: a1.
  = help: correct the script and run the command again
[exit 1]
$ limbeck current
[exit 0]
$ limbeck upgrade head --format json
{
  "error": {
    "kind": "statement",
    "message": "the database refused a statement of the upgrade of revision b1: no such table: acount",
    "location": {
      "path": "[ROOT]/migrations/versions/b1_add_name.sql",
      "line": 8,
      "column": 1
    },
    "statement": "ALTER TABLE acount ADD COLUMN name TEXT",
    "aftermath": "Nothing of this run was kept. Rolled back: a1.",
    "hint": "correct the script and run the command again"
  }
}
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, add name
[exit 1]
"#);
}

#[test]
fn a_plan_runs_nothing() {
    let sandbox = failing_project();
    insta::assert_snapshot!(transcript(&sandbox, &["plan", "plan a1 --format json", "plan base", "plan -1"]), @r#"
$ limbeck plan
Database: sqlite:///app.db

-- upgrade  -> a1, create account
CREATE TABLE account (id INTEGER PRIMARY KEY);
INSERT INTO alembic_version (version_num) VALUES ('a1');

-- upgrade a1 -> b1, add name
CREATE TABLE log (line TEXT);
ALTER TABLE acount ADD COLUMN name TEXT;
UPDATE alembic_version SET version_num='b1' WHERE alembic_version.version_num = 'a1';
[exit 0]
$ limbeck plan a1 --format json
{
  "database": "sqlite:///app.db",
  "target": "a1",
  "steps": [
    {
      "revision": "a1",
      "direction": "upgrade",
      "from": [],
      "to": [
        "a1"
      ],
      "message": "create account",
      "statements": [
        {
          "sql": "CREATE TABLE account (id INTEGER PRIMARY KEY)",
          "location": "[ROOT]/migrations/versions/a1_create_account.sql:7:1",
          "autocommit": false
        },
        {
          "sql": "INSERT INTO alembic_version (version_num) VALUES ('a1')",
          "autocommit": false
        }
      ]
    }
  ]
}
[exit 0]
$ limbeck plan base
Database: sqlite:///app.db
Nothing to do for base.
[exit 0]
$ limbeck plan -1
FAILED: Relative revision -1 didn't produce 1 migrations
[exit 255]
"#);
    assert!(!sandbox.exists("app.db"));
    sandbox.run("upgrade a1");
    insta::assert_snapshot!(transcript(&sandbox, &["plan -1", "plan base --downgrade", "plan a1"]), @"
$ limbeck plan -1
Database: sqlite:///app.db

-- downgrade a1 -> , create account
DROP TABLE account;
DELETE FROM alembic_version WHERE alembic_version.version_num = 'a1';
[exit 0]
$ limbeck plan base --downgrade
Database: sqlite:///app.db

-- downgrade a1 -> , create account
DROP TABLE account;
DELETE FROM alembic_version WHERE alembic_version.version_num = 'a1';
[exit 0]
$ limbeck plan a1
Database: sqlite:///app.db
Nothing to do for a1.
[exit 0]
");
}

#[test]
fn a_dry_run_leaves_no_trace() {
    let sandbox = failing_project();
    insta::assert_snapshot!(transcript(&sandbox, &["upgrade a1 --dry-run", "upgrade head --dry-run"]), @"
$ limbeck upgrade a1 --dry-run
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
INFO  [limbeck] Dry run: 1 step to a1 in [TIME] ms; everything was rolled back.
[exit 0]
$ limbeck upgrade head --dry-run
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, add name
error: the database refused a statement of the upgrade of revision b1: no such table: acount
 --> [ROOT]/migrations/versions/b1_add_name.sql:8:1
  |
8 | ALTER TABLE acount ADD COLUMN name TEXT;
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept. Rolled back: a1.
  = help: correct the script and run the command again
[exit 1]
");
    assert!(!sandbox.exists("app.db"));
    sandbox.run("upgrade a1");
    insta::assert_snapshot!(transcript(&sandbox, &["downgrade base --dry-run --format json", "current"]), @r#"
$ limbeck downgrade base --dry-run --format json
{
  "database": "sqlite:///app.db",
  "dry_run": true,
  "before": [
    "a1"
  ],
  "after": [],
  "steps": [
    {
      "revision": "a1",
      "direction": "downgrade",
      "message": "create account",
      "duration_ms": 0
    }
  ],
  "duration_ms": 0
}
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running downgrade a1 -> , create account
INFO  [limbeck] Dry run: 1 step to base in [TIME] ms; everything was rolled back.
[exit 0]
$ limbeck current
a1
[exit 0]
"#);
}

#[test]
fn commands_that_only_read_make_no_database() {
    let sandbox = failing_project();
    for line in [
        "current",
        "current --check-heads",
        "status",
        "plan",
        "history -i",
        "show current",
        "heads",
        "branches",
    ] {
        sandbox.run(line);
        assert!(!sandbox.exists("app.db"), "{line}");
    }
}

#[test]
fn unlocking_what_nobody_locked_changes_nothing() {
    let sandbox = failing_project();
    insta::assert_snapshot!(transcript(&sandbox, &["unlock --force"]), @"
$ limbeck unlock --force
No lock was left behind.
[exit 0]
");
    assert!(!sandbox.exists("app.db"));
}

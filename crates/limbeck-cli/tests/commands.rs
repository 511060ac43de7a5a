//! Transcripts of commands that Alembic does not have, and of what it says differently.
#![allow(clippy::unwrap_used)]

mod support;

use support::{Language, Sandbox};

/// A project of ours on a SQLite file, without revisions.
fn project() -> Sandbox {
    let sandbox = Sandbox::empty();
    assert_eq!(sandbox.run("init migrations").code, 0);
    let settings = sandbox.read("limbeck.toml");
    sandbox.write(
        "limbeck.toml",
        &settings.replace("${DATABASE_URL}", "sqlite:///app.db"),
    );
    sandbox
}

/// The same with two revisions, the second of which fails.
fn failing_project() -> Sandbox {
    let sandbox = project();
    sandbox.write(
        "migrations/versions/a1_create_account.sql",
        "-- create account\n--\n-- revision: a1\n-- revises: base\n\n\
         -- limbeck: upgrade\nCREATE TABLE account (id INTEGER PRIMARY KEY);\n\n\
         -- limbeck: downgrade\nDROP TABLE account;\n",
    );
    sandbox.write(
        "migrations/versions/b1_add_name.sql",
        "-- add name\n--\n-- revision: b1\n-- revises: a1\n\n\
         -- limbeck: upgrade\nCREATE TABLE log (line TEXT);\n\
         ALTER TABLE acount ADD COLUMN name TEXT;\n\n\
         -- limbeck: downgrade\nDROP TABLE log;\n",
    );
    sandbox
}

/// A transcript of several command lines.
fn transcript(sandbox: &Sandbox, lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&format!("$ limbeck {line}\n{}\n", sandbox.run(line)));
    }
    text
}

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
fn answers_have_a_json_form() {
    let sandbox = Sandbox::branching(Language::Sql, &["1975ea83b712", "27c6a30d7c24"]);
    sandbox.run("upgrade 1975");
    insta::assert_snapshot!(transcript(&sandbox, &[
        "heads --format json",
        "--format json current",
        "--format json upgrade head",
        "--format json ensure_version",
        "--format json unlock --force",
        "--format json show zzz",
    ]), @r#"
$ limbeck heads --format json
{
  "heads": [
    {
      "revision": "27c6a30d7c24",
      "down_revisions": [
        "1975ea83b712"
      ],
      "depends_on": [],
      "branch_labels": [
        "shoppingcart"
      ],
      "branches_into": [],
      "message": "add shopping cart table",
      "description": "add shopping cart table\n\nrevision: 27c6a30d7c24\nrevises: 1975ea83b712\nbranch labels: shoppingcart\ncreated: 2014-11-20 13:03:11.436407",
      "path": "[ROOT]/alembic/versions/27c6a30d7c24_add_shopping_cart_table.sql",
      "head": true,
      "effective_head": false,
      "branch_point": false,
      "merge_point": false
    }
  ]
}
[exit 0]
$ limbeck --format json current
{
  "database": "sqlite:///app.db",
  "revisions": [
    {
      "revision": "1975ea83b712",
      "down_revisions": [],
      "depends_on": [],
      "branch_labels": [
        "shoppingcart"
      ],
      "branches_into": [
        "27c6a30d7c24"
      ],
      "message": "create account table",
      "description": "create account table\n\nrevision: 1975ea83b712\nrevises: base\ncreated: 2011-11-08 11:40:27.089406",
      "path": "[ROOT]/alembic/versions/1975ea83b712_create_account_table.sql",
      "head": false,
      "effective_head": false,
      "branch_point": false,
      "merge_point": false
    }
  ],
  "rows": [
    "1975ea83b712"
  ],
  "at_heads": false
}
[exit 0]
$ limbeck --format json upgrade head
{
  "database": "sqlite:///app.db",
  "dry_run": false,
  "before": [
    "1975ea83b712"
  ],
  "after": [
    "27c6a30d7c24"
  ],
  "steps": [
    {
      "revision": "27c6a30d7c24",
      "direction": "upgrade",
      "message": "add shopping cart table",
      "duration_ms": 0
    }
  ],
  "duration_ms": 0
}
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade 1975ea83b712 -> 27c6a30d7c24, add shopping cart table
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at 27c6a30d7c24.
[exit 0]
$ limbeck --format json ensure_version
{
  "database": "sqlite:///app.db",
  "table": "alembic_version",
  "created": false
}
[exit 0]
$ limbeck --format json unlock --force
{
  "database": "sqlite:///app.db",
  "released": null
}
[exit 0]
$ limbeck --format json show zzz
{
  "error": {
    "kind": "unknown_revision",
    "message": "Can't locate revision identified by 'zzz'"
  }
}
[exit 255]
"#);
    let every = [
        "history",
        "branches",
        "show 1975",
        "status",
        "plan",
        "list_templates",
        "stamp head",
        "revision -m x --rev-id x1",
        "merge x1 --rev-id y1",
        "downgrade -1",
        "init other",
    ];
    for line in every {
        let ran = sandbox.run(&format!("{line} --format json"));
        assert_eq!(ran.code, 0, "{line}: {ran}");
        let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert!(answer.is_object(), "{line}");
    }
}

#[test]
fn a_broken_script_only_disturbs_what_needs_it() {
    let sandbox = failing_project();
    sandbox.write(
        "migrations/versions/c1.sql",
        "-- revisoin: c1\n-- revises: b1\n",
    );
    insta::assert_snapshot!(transcript(&sandbox, &["heads", "upgrade a1", "upgrade head", "show a1"]), @"
$ limbeck heads
FAILED: unknown header line 'revisoin'; did you mean 'revision'?
[stderr]
error: unknown header line 'revisoin'; did you mean 'revision'?
 --> [ROOT]/migrations/versions/c1.sql:1:1
  |
1 | -- revisoin: c1
  | ^^
[exit 255]
$ limbeck upgrade a1
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
WARNI [limbeck.script] [ROOT]/migrations/versions/c1.sql:1:1: unknown header line 'revisoin'; did you mean 'revision'?
[exit 0]
$ limbeck upgrade head
FAILED: unknown header line 'revisoin'; did you mean 'revision'?
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
error: unknown header line 'revisoin'; did you mean 'revision'?
 --> [ROOT]/migrations/versions/c1.sql:1:1
  |
1 | -- revisoin: c1
  | ^^
[exit 255]
$ limbeck show a1
Rev: a1
Parent: <base>
Path: [ROOT]/migrations/versions/a1_create_account.sql

    create account
    
    revision: a1
    revises: base

[stderr]
WARNI [limbeck.script] [ROOT]/migrations/versions/c1.sql:1:1: unknown header line 'revisoin'; did you mean 'revision'?
[exit 0]
");
}

#[test]
fn configuration_errors_show_their_line_but_no_password() {
    let sandbox = failing_project();
    insta::assert_snapshot!(transcript(&sandbox, &["-c nowhere.toml heads", "--url postgresql://me:secret@127.0.0.1:1/app current", "--url nosql://me:secret@host/app current"]), @r#"
$ limbeck -c nowhere.toml heads
FAILED: [ROOT]/nowhere.toml: there is no such file; it was named by -c
[exit 255]
$ limbeck --url postgresql://me:secret@127.0.0.1:1/app current
[stderr]
error: cannot connect to postgresql://me:***@127.0.0.1:1/app: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
$ limbeck --url nosql://me:secret@host/app current
FAILED: --url: the database "nosql" is not supported; supported are sqlite, postgresql, mysql and mariadb
[exit 255]
"#);
    sandbox.write("limbeck.toml", "script_locatoin = \"migrations\"\n");
    insta::assert_snapshot!(transcript(&sandbox, &["heads"]), @r#"
$ limbeck heads
FAILED: the key script_locatoin means nothing in limbeck.toml; did you mean script_location?
[stderr]
error: the key script_locatoin means nothing in limbeck.toml; did you mean script_location?
 --> [ROOT]/limbeck.toml:1:1
  |
1 | script_locatoin = "migrations"
  | ^^^^^^^^^^^^^^^
[exit 255]
"#);
    sandbox.write(
        "limbeck.toml",
        "url = \"postgresql://me:secret@[::1/app\"\n",
    );
    let ran = sandbox.run("current --raiseerr");
    assert_eq!(ran.code, 255);
    assert!(!ran.to_string().contains("secret"), "{ran}");
}

#[test]
fn usage_errors_leave_with_two() {
    let sandbox = failing_project();
    for line in [
        "",
        "nonsense",
        "upgrade",
        "unlock",
        "heads extra",
        "upgrade head --sql --dry-run",
    ] {
        assert_eq!(sandbox.run(line).code, 2, "{line}");
    }
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let sandbox = failing_project();
    insta::assert_snapshot!(transcript(&sandbox, &[
        "revision --autogenerate -m x",
        "init other --package",
        "-c alembic.ini init other",
        "upgrade a1:b1",
        "show a1+",
    ]), @"
$ limbeck revision --autogenerate -m x
FAILED: nothing says what the database should look like: the configuration has no 'model'
[stderr]
error: nothing says what the database should look like: the configuration has no 'model'
 |
 = help: write the CREATE statements of the schema you want into a file, such as schema.sql, and name it in the configuration: model = \"schema.sql\"
[exit 255]
$ limbeck init other --package
FAILED: --package is for projects of Python scripts; name their template
[stderr]
error: --package is for projects of Python scripts; name their template
 |
 = help: add -t generic; list_templates shows the others
[exit 255]
$ limbeck -c alembic.ini init other
FAILED: [ROOT]/alembic.ini: a new project's settings are in TOML
[stderr]
error: [ROOT]/alembic.ini: a new project's settings are in TOML
 |
 = help: name a file that ends in .toml, leave -c out for limbeck.toml, or name one of Alembic's templates with -t
[exit 255]
$ limbeck upgrade a1:b1
FAILED: Range revision not allowed
[stderr]
error: Range revision not allowed
 |
 = help: a range only says where an SQL script begins; add --sql
[exit 255]
$ limbeck show a1+
FAILED: 'a1+' is no target: '+' or '-' must be followed by a number of steps and nothing else
[exit 255]
");
}

#[test]
fn quiet_says_nothing_and_keeps_the_exit_code() {
    let sandbox = failing_project();
    for (line, code) in [("-q heads", 0), ("status -q", 3), ("-q show zzz", 255)] {
        let ran = sandbox.run(line);
        assert_eq!((ran.stdout.as_str(), ran.code), ("", code), "{line}");
    }
}

#[test]
fn a_quiet_command_still_writes_the_script_it_was_asked_for() {
    let sandbox = failing_project();
    for line in ["ensure_version --sql", "stamp heads --sql"] {
        let script = sandbox.run(line).stdout;
        assert!(script.contains("CREATE TABLE alembic_version"), "{script}");
        assert_eq!(sandbox.run(&format!("-q {line}")).stdout, script);
    }
}

#[cfg(unix)]
#[test]
fn another_name_only_changes_the_usage() {
    let sandbox = failing_project();
    let link = sandbox.path().join("alembic");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_limbeck"), &link).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(&link);
        command.current_dir(sandbox.path()).args(arguments);
        sandbox.masked(command.output().unwrap())
    };
    assert_eq!(run(&["heads"]), sandbox.run("heads"));
    assert!(run(&["upgrade"]).stderr.contains("Usage: alembic upgrade"));
}

#[test]
fn a_shell_is_told_revisions_and_labels() {
    let sandbox = Sandbox::branching(Language::Sql, &[]);
    let complete = |words: &[&str]| {
        let mut command = sandbox.command();
        command
            .args(["--", "limbeck"])
            .args(words)
            .env("COMPLETE", "bash")
            .env("_CLAP_IFS", "\n")
            .env("_CLAP_COMPLETE_INDEX", words.len().to_string());
        sandbox.masked(command.output().unwrap()).stdout
    };
    insta::assert_snapshot!(complete(&["upgrade", "2"]), @"
27c6a30d7c24
29f859a13ea
2a95102259be
");
    insta::assert_snapshot!(complete(&["downgrade", "shop"]), @"shoppingcart");
    insta::assert_snapshot!(complete(&["upgrade", "networking@h"]), @"
networking@head
networking@heads
");
    insta::assert_snapshot!(complete(&["-c", "alembic.ini", "show", "29f"]), @"29f859a13ea");
    insta::assert_snapshot!(complete(&["-c", "nowhere.ini", "show", "29f"]), @"");
    let script = sandbox.run("completions bash");
    assert!(script.stdout.contains("_clap_complete_limbeck"), "{script}");
}

#[test]
fn hooks_run_on_new_scripts_and_their_failure_counts() {
    let sandbox = project();
    let settings = sandbox.read("limbeck.toml");
    let hooks = "\n[[post_write_hooks]]\nname = \"greet\"\nexecutable = \"echo\"\noptions = \"hello REVISION_SCRIPT_FILENAME\"\n\
                 \n[[post_write_hooks]]\nname = \"fail\"\nexecutable = \"false\"\n";
    sandbox.write("limbeck.toml", &format!("{settings}{hooks}"));
    insta::assert_snapshot!(transcript(&sandbox, &["revision -m x --rev-id a1"]), @"
$ limbeck revision -m x --rev-id a1
Generating [ROOT]/migrations/versions/a1_x.sql ...  done
Running post write hook 'greet' ...
hello [ROOT]/migrations/versions/a1_x.sql
  done
Running post write hook 'fail' ...
FAILED: post write hook 'fail' failed with exit status: 1; [ROOT]/migrations/versions/a1_x.sql was written
[exit 255]
");
}

#[test]
fn a_python_project_gets_python_scripts() {
    let sandbox = Sandbox::branching(Language::Python, &["1975ea83b712"]);
    insta::assert_snapshot!(transcript(&sandbox, &["revision -m next --rev-id aaaa", "history"]), @"
$ limbeck revision -m next --rev-id aaaa
Generating [ROOT]/alembic/versions/aaaa_next.py ...  done
[exit 0]
$ limbeck history
1975ea83b712 -> aaaa (head), next
<base> -> 1975ea83b712, create account table
[exit 0]
");
    let script = sandbox.read("alembic/versions/aaaa_next.py");
    assert!(
        script.contains("down_revision: Union[str, Sequence[str], None] = '1975ea83b712'"),
        "{script}"
    );
}

#[cfg(feature = "python")]
#[test]
fn scripts_in_python_run_inside_the_command() {
    let sandbox = project();
    sandbox.write(
        "migrations/versions/a1.py",
        "\"\"\"create account\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\nrevision = \"a1\"\ndown_revision = None\n\n\n\
         def upgrade():\n    op.create_table(\"account\", sa.Column(\"id\", sa.Integer, primary_key=True))\n    \
         print(\"made\")\n\n\ndef downgrade():\n    op.drop_table(\"account\")\n",
    );
    insta::assert_snapshot!(transcript(&sandbox, &[
        "plan", "upgrade head --dry-run", "upgrade head", "current", "upgrade head --sql", "downgrade base",
    ]), @"
$ limbeck plan
made
Database: sqlite:///app.db

-- upgrade  -> a1, create account
CREATE TABLE account (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO alembic_version (version_num) VALUES ('a1');
[exit 0]
$ limbeck upgrade head --dry-run
made
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
INFO  [limbeck] Dry run: 1 step to a1 in [TIME] ms; everything was rolled back.
[exit 0]
$ limbeck upgrade head
made
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
[exit 0]
$ limbeck current
a1 (head)
[exit 0]
$ limbeck upgrade head --sql
made
BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> a1

CREATE TABLE account (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO alembic_version (version_num) VALUES ('a1');

COMMIT;

[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Generating static SQL
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
[exit 0]
$ limbeck downgrade base
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running downgrade a1 -> , create account
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at base.
[exit 0]
");
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

#[test]
fn an_sql_script_needs_no_database() {
    let sandbox = Sandbox::branching(Language::Sql, &[]);
    insta::assert_snapshot!(transcript(&sandbox, &[
        "upgrade 27c6 --sql",
        "upgrade 27c6:53ff --sql --dialect mariadb",
        "downgrade 27c6 --sql",
        "downgrade 27c6:base --sql --dialect postgresql",
        "stamp heads --sql --format json",
        "stamp 1975:ae10 27c6:2a95 --sql",
        "ensure_version --sql",
        "ensure_version --dialect sqlite",
        "upgrade head --sql --dialect oracle",
    ]), @r#"
$ limbeck upgrade 27c6 --sql
BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1975ea83b712

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name VARCHAR(50) NOT NULL
);

INSERT INTO alembic_version (version_num) VALUES ('1975ea83b712');

-- Running upgrade 1975ea83b712 -> 27c6a30d7c24

CREATE TABLE shopping_cart (id INTEGER PRIMARY KEY);

UPDATE alembic_version SET version_num='27c6a30d7c24' WHERE alembic_version.version_num = '1975ea83b712';

COMMIT;

[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Generating static SQL
INFO  [alembic.runtime.migration] Running upgrade  -> 1975ea83b712, create account table
INFO  [alembic.runtime.migration] Running upgrade 1975ea83b712 -> 27c6a30d7c24, add shopping cart table
[exit 0]
$ limbeck upgrade 27c6:53ff --sql --dialect mariadb
-- Running upgrade 1975ea83b712 -> ae1027a6acf

ALTER TABLE account ADD COLUMN last_transaction_date DATETIME;

INSERT INTO alembic_version (version_num) VALUES ('ae1027a6acf');

-- Running upgrade ae1027a6acf, 27c6a30d7c24 -> 53fffde5ad5

DELETE FROM alembic_version WHERE alembic_version.version_num = 'ae1027a6acf';

UPDATE alembic_version SET version_num='53fffde5ad5' WHERE alembic_version.version_num = '27c6a30d7c24';

[stderr]
INFO  [alembic.runtime.migration] Context impl MariaDBImpl.
INFO  [alembic.runtime.migration] Generating static SQL
INFO  [alembic.runtime.migration] Running upgrade 1975ea83b712 -> ae1027a6acf, Add a column
INFO  [alembic.runtime.migration] Running upgrade ae1027a6acf, 27c6a30d7c24 -> 53fffde5ad5, merge ae1 and 27c
[exit 0]
$ limbeck downgrade 27c6 --sql
FAILED: downgrade with --sql requires <fromrev>:<torev>
[exit 255]
$ limbeck downgrade 27c6:base --sql --dialect postgresql
BEGIN;

-- Running downgrade 27c6a30d7c24 -> 1975ea83b712

DROP TABLE shopping_cart;

UPDATE alembic_version SET version_num='1975ea83b712' WHERE alembic_version.version_num = '27c6a30d7c24';

-- Running downgrade 1975ea83b712 -> 

DROP TABLE account;

DELETE FROM alembic_version WHERE alembic_version.version_num = '1975ea83b712';

COMMIT;

[stderr]
INFO  [alembic.runtime.migration] Context impl PostgresqlImpl.
INFO  [alembic.runtime.migration] Generating static SQL
INFO  [alembic.runtime.migration] Running downgrade 27c6a30d7c24 -> 1975ea83b712, add shopping cart table
INFO  [alembic.runtime.migration] Running downgrade 1975ea83b712 -> , create account table
[exit 0]
$ limbeck stamp heads --sql --format json
{
  "dialect": "sqlite",
  "sql": "BEGIN;\n\nCREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL, \n    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n);\n\n-- Running stamp_revision  -> 2a95102259be\n\nINSERT INTO alembic_version (version_num) VALUES ('2a95102259be');\n\nCOMMIT;\n\n"
}
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Generating static SQL
INFO  [alembic.runtime.migration] Running stamp_revision  -> 2a95102259be
[exit 0]
$ limbeck stamp 1975:ae10 27c6:2a95 --sql
FAILED: Stamp operation with --sql only supports a single starting revision at a time
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Generating static SQL
[exit 255]
$ limbeck ensure_version --sql
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Generating static SQL
[exit 0]
$ limbeck ensure_version --dialect sqlite
[stderr]
error: the following required arguments were not provided:
  --sql

Usage: limbeck ensure_version --sql --dialect <DIALECT>

For more information, try '--help'.
[exit 2]
$ limbeck upgrade head --sql --dialect oracle
[stderr]
error: invalid value 'oracle' for '--dialect <DIALECT>': unknown dialect 'oracle'; expected one of generic, sqlite, postgresql, mysql, mariadb

For more information, try '--help'.
[exit 2]
"#);
    assert!(!sandbox.exists("app.db"));
}

#[test]
fn a_misspelled_key_of_an_ini_file_is_told() {
    let sandbox = Sandbox::branching(Language::Sql, &["1975ea83b712"]);
    let settings = sandbox.read("alembic.ini");
    sandbox.write(
        "alembic.ini",
        &format!("{settings}file_templat = x\nmy_own_key = y\n"),
    );
    insta::assert_snapshot!(transcript(&sandbox, &["heads"]), @"
$ limbeck heads
1975ea83b712 (head)
[stderr]
WARNI [limbeck.config] [ROOT]/alembic.ini:5:1: the key file_templat means nothing in [alembic]; did you mean file_template?
[exit 0]
");
}

#[test]
fn a_row_without_a_script_is_told_apart_from_a_target() {
    let sandbox = failing_project();
    sandbox.run("upgrade a1");
    std::fs::rename(
        sandbox
            .path()
            .join("migrations/versions/a1_create_account.sql"),
        sandbox.path().join("a1.sql"),
    )
    .unwrap();
    let other = sandbox
        .read("a1.sql")
        .replace("revision: a1", "revision: a2");
    sandbox.write("migrations/versions/a2.sql", &other);
    std::fs::remove_file(sandbox.path().join("migrations/versions/b1_add_name.sql")).unwrap();
    insta::assert_snapshot!(transcript(&sandbox, &["current", "status", "upgrade head", "upgrade zz", "stamp --purge base"]), @"
$ limbeck current
FAILED: Can't locate revision identified by 'a1'
[stderr]
error: Can't locate revision identified by 'a1'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
$ limbeck status
FAILED: Can't locate revision identified by 'a1'
[stderr]
error: Can't locate revision identified by 'a1'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
$ limbeck upgrade head
FAILED: Can't locate revision identified by 'a1'
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
error: Can't locate revision identified by 'a1'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
$ limbeck upgrade zz
FAILED: Can't locate revision identified by 'a1'
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
error: Can't locate revision identified by 'a1'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
$ limbeck stamp --purge base
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [limbeck] Done: the version rows are deleted; the database is at base.
[exit 0]
");
}

#[test]
fn a_sql_file_without_a_header_is_told_unless_python_scripts_may_read_it() {
    for (sandbox, told) in [
        (failing_project(), 1),
        (Sandbox::branching(Language::Python, &["1975ea83b712"]), 0),
    ] {
        for directory in ["migrations", "alembic"] {
            if sandbox.exists(directory) {
                sandbox.write(&format!("{directory}/versions/data.sql"), "SELECT 1;\n");
            }
        }
        let ran = sandbox.run("heads");
        assert_eq!(
            (ran.code, ran.stderr.matches("data.sql").count()),
            (0, told),
            "{ran}"
        );
    }
}

#[test]
fn a_faulty_graph_is_told_by_what_needs_it() {
    let sandbox = failing_project();
    let broken = |name: &str, parent: &str| {
        let text =
            format!("-- x\n--\n-- revision: {name}\n-- revises: {parent}\n\n-- limbeck: upgrade\n");
        sandbox.write(&format!("migrations/versions/{name}.sql"), &text);
    };
    broken("c1", "nowhere");
    insta::assert_snapshot!(transcript(&sandbox, &["heads", "history", "upgrade c1", "upgrade a1", "status"]), @"
$ limbeck heads
b1 (head)
c1 (head)
[stderr]
WARNI [limbeck.script] revision nowhere, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
[exit 0]
$ limbeck history
a1 -> b1 (head), add name
<base> -> a1, create account
nowhere -> c1 (head), x
[stderr]
WARNI [limbeck.script] revision nowhere, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
[exit 0]
$ limbeck upgrade c1
FAILED: revision nowhere, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
error: revision nowhere, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
 --> [ROOT]/migrations/versions/c1.sql:3:1
  |
3 | -- revision: c1
  | ^^^^^^^^^^^^^^^
[exit 255]
$ limbeck upgrade a1
[stderr]
INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
INFO  [alembic.runtime.migration] Will assume transactional DDL.
INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
WARNI [limbeck.script] revision nowhere, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
[exit 0]
$ limbeck status
FAILED: revision nowhere, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
[stderr]
error: revision nowhere, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
 --> [ROOT]/migrations/versions/c1.sql:3:1
  |
3 | -- revision: c1
  | ^^^^^^^^^^^^^^^
[exit 255]
");
    broken("c1", "d1");
    broken("d1", "c1");
    insta::assert_snapshot!(transcript(&sandbox, &["heads", "revision -m x"]), @"
$ limbeck heads
FAILED: cycle in revisions: c1 -> d1 -> c1; correct the down revision of one of c1 ([ROOT]/migrations/versions/c1.sql:3), d1 ([ROOT]/migrations/versions/d1.sql:3)
[stderr]
error: cycle in revisions: c1 -> d1 -> c1; correct the down revision of one of c1 ([ROOT]/migrations/versions/c1.sql:3), d1 ([ROOT]/migrations/versions/d1.sql:3)
 --> [ROOT]/migrations/versions/c1.sql:3:1
  |
3 | -- revision: c1
  | ^^^^^^^^^^^^^^^
[exit 255]
$ limbeck revision -m x
FAILED: cycle in revisions: c1 -> d1 -> c1; correct the down revision of one of c1 ([ROOT]/migrations/versions/c1.sql:3), d1 ([ROOT]/migrations/versions/d1.sql:3)
[stderr]
error: cycle in revisions: c1 -> d1 -> c1; correct the down revision of one of c1 ([ROOT]/migrations/versions/c1.sql:3), d1 ([ROOT]/migrations/versions/d1.sql:3)
 --> [ROOT]/migrations/versions/c1.sql:3:1
  |
3 | -- revision: c1
  | ^^^^^^^^^^^^^^^
[exit 255]
");
}

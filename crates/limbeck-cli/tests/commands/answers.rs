//! The form of answers: JSON, silence, exit codes, the program's name, completion.

use super::{
    failing_project,
    support::{Language, Sandbox},
    transcript,
};

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

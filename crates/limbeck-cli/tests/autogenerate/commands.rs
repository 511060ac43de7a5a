//! `inspect`, `diff` and `check`, with and without a project.

use crate::{project::Project, support::Sandbox};

const SHOP: &str = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n";

#[test]
fn a_database_is_printed_as_what_builds_it() {
    let project = Project::sqlite();
    project.start(SHOP);
    insta::assert_snapshot!(project.run("inspect"), @r#"
    CREATE TABLE author (
        id INTEGER,
        name TEXT NOT NULL,
        PRIMARY KEY (id)
    );
    [exit 0]
    "#);
    // What is printed is a model of the same.
    let printed = project.run("inspect --format sql").stdout;
    project.model(&printed);
    insta::assert_snapshot!(project.run("check"), @r#"
    No new upgrade operations detected.
    [exit 0]
    "#);
    // So is a snapshot.
    project.write("snapshot.json", &project.snapshot());
    insta::assert_snapshot!(project.run("diff database snapshot.json"), @r#"
    No differences.
    [exit 0]
    "#);
}

#[test]
fn any_two_schemas_can_be_compared() {
    let sandbox = Sandbox::empty();
    sandbox.write("old.sql", SHOP);
    sandbox.write(
        "new/1_author.sql",
        "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);\n",
    );
    sandbox.write("new/2_book.sql", "CREATE TABLE book (title TEXT);\n");
    insta::assert_snapshot!(sandbox.run("diff old.sql new"), @r#"
    FAILED: neither side is a database, so nothing says what they mean
    [stderr]
    error: neither side is a database, so nothing says what they mean
     |
     = help: name a database of the same kind with --scratch-url; nothing stays in it. For SQLite, sqlite:// does
    [exit 255]
    "#);
    let line = "diff old.sql new --scratch-url sqlite://";
    insta::assert_snapshot!(sandbox.run(line), @r#"
    Detected added table 'book'
    Detected NULL on column 'author.name'
    [exit 3]
    "#);
    insta::assert_snapshot!(sandbox.run(&format!("{line} --format sql")), @r#"
    CREATE TABLE book (
        title TEXT
    );

    ALTER TABLE author ALTER COLUMN name DROP NOT NULL;
    [exit 3]
    "#);
    insta::assert_snapshot!(sandbox.run(&format!("{line} --format json")), @r#"
    {
      "from": "old.sql",
      "to": "new",
      "detected": [
        "Detected added table 'book'",
        "Detected NULL on column 'author.name'"
      ],
      "undecided": [],
      "hazards": [],
      "sql": "CREATE TABLE book (\n    title TEXT\n);\n\nALTER TABLE author ALTER COLUMN name DROP NOT NULL;\n"
    }
    [exit 3]
    "#);
    insta::assert_snapshot!(sandbox.run("diff old.sql old.sql --scratch-url sqlite://"), @r#"
    No differences.
    [exit 0]
    "#);
    insta::assert_snapshot!(sandbox.run("diff old.sql newer.sql"), @r#"
    FAILED: there is no 'newer.sql'
    [stderr]
    error: there is no 'newer.sql'
     |
     = help: name a file or directory of SQL, a snapshot in JSON, the address of a database, 'model' or 'database'
    [exit 255]
    "#);
}

#[test]
fn a_file_that_is_not_there_is_no_empty_database() {
    let sandbox = Sandbox::empty();
    let ran = sandbox.run("inspect --url sqlite:///nothing.db");
    insta::assert_snapshot!(ran, @r#"
    FAILED: there is no database file '[ROOT]/nothing.db'
    [stderr]
    error: there is no database file '[ROOT]/nothing.db'
     |
     = help: sqlite:///relative.db is read from here, sqlite:////absolute.db from the root; sqlite:// is an empty database
    [exit 255]
    "#);
    assert!(!sandbox.exists("nothing.db"));
    sandbox.write("schema.sql", SHOP);
    insta::assert_snapshot!(sandbox.run("diff sqlite:///nothing.db schema.sql"), @r#"
    FAILED: there is no database file '[ROOT]/nothing.db'
    [stderr]
    error: there is no database file '[ROOT]/nothing.db'
     |
     = help: sqlite:///relative.db is read from here, sqlite:////absolute.db from the root; sqlite:// is an empty database
    [exit 255]
    "#);
    assert!(!sandbox.exists("nothing.db"));
}

#[test]
fn the_database_of_a_project_may_not_be_there_yet() {
    let project = Project::sqlite();
    let ran = project.run("inspect");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(!project.path("shop.db").exists());
}

#[test]
fn only_schemas_are_printed_as_sql() {
    let project = Project::sqlite();
    insta::assert_snapshot!(project.run("heads --format sql"), @r#"
    FAILED: only inspect and diff answer in SQL
    [exit 255]
    "#);
}

#[test]
fn a_program_is_told_what_was_found() {
    let project = Project::sqlite();
    project.model(SHOP);
    insta::assert_snapshot!(project.run("check --format json"), @r#"
    {
      "error": {
        "kind": "new_operations",
        "message": "New upgrade operations detected: [added table 'author']",
        "hint": "write them into a revision with 'revision --autogenerate -m MESSAGE'"
      }
    }
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected added table 'author'
    [exit 255]
    "#);
    let ran = project.autogenerate("a1", &["--format", "json"]);
    insta::assert_snapshot!(ran, @r#"
    {
      "written": [
        {
          "revision": "a1",
          "down_revisions": [],
          "path": "[ROOT]/migrations/versions/a1_x.sql"
        }
      ],
      "detected": [
        "Detected added table 'author'"
      ]
    }
    [stderr]
    INFO  [alembic.autogenerate.compare.tables] Detected added table 'author'
    [exit 0]
    "#);
    assert_eq!(project.run("upgrade head").code, 0);
    insta::assert_snapshot!(project.run("check --format json"), @r#"
    {
      "database": "sqlite:///shop.db",
      "up_to_date": true
    }
    [exit 0]
    "#);
    insta::assert_snapshot!(project.autogenerate("b1", &["--format", "json"]), @r#"
    {
      "written": []
    }
    [exit 4]
    "#);
}

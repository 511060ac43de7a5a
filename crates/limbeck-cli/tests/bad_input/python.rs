//! Scripts in Python with something wrong in them.

use super::project::Project;

/// A revision after one that makes a table.
fn project(body: &str) -> Project {
    Project::new().table("a1", "base").script(
        "b1.py",
        &format!("revision = \"b1\"\ndown_revision = \"a1\"\n\nfrom alembic import op\nimport sqlalchemy as sa\n\n{body}"),
    )
}

#[cfg(feature = "python")]
#[test]
fn an_exception() {
    let project =
        project("def upgrade():\n    fill()\n\n\ndef fill():\n    raise ValueError(\"no rows\")\n");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1
error: revision b1 could not be run: ValueError: no rows
  --> [ROOT]/migrations/versions/b1.py:12:5
   |
12 |     raise ValueError("no rows")
   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = note: Traceback (most recent call last):
             File "[ROOT]/migrations/versions/b1.py", line 8, in upgrade
               fill()
             File "[ROOT]/migrations/versions/b1.py", line 12, in fill
               raise ValueError("no rows")
           ValueError: no rows
   = note: Nothing of this run was kept. Rolled back: a1.
[exit 1]
"#);
    insta::assert_snapshot!(project.told("--format json upgrade head"), @r#"
{
  "error": {
    "kind": "script",
    "message": "revision b1 could not be run: ValueError: no rows",
    "location": {
      "path": "[ROOT]/migrations/versions/b1.py",
      "line": 12
    },
    "traceback": "Traceback (most recent call last):\n  File \"[ROOT]/migrations/versions/b1.py\", line 8, in upgrade\n    fill()\n  File \"[ROOT]/migrations/versions/b1.py\", line 12, in fill\n    raise ValueError(\"no rows\")\nValueError: no rows",
    "aftermath": "Nothing of this run was kept. Rolled back: a1."
  }
}
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1
[exit 1]
"#);
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[cfg(feature = "python")]
#[test]
fn a_statement_that_the_database_refuses() {
    let project =
        project("def upgrade():\n    op.add_column(\"acount\", sa.Column(\"name\", sa.Text))\n");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1
error: the database refused a statement of the upgrade of revision b1: no such table: acount
 --> [ROOT]/migrations/versions/b1.py:8:5
  |
8 |     op.add_column("acount", sa.Column("name", sa.Text))
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Traceback (most recent call last):
            File "[ROOT]/migrations/versions/b1.py", line 8, in upgrade
              op.add_column("acount", sa.Column("name", sa.Text))
          sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: acount
          [SQL: ALTER TABLE acount ADD COLUMN name TEXT]
          (Background on this error at: https://sqlalche.me/e/20/e3q8)
  = note: Nothing of this run was kept. Rolled back: a1.
  = help: correct the script and run the command again
[exit 1]
"#);
}

#[cfg(feature = "python")]
#[test]
fn a_module_that_is_not_there() {
    let project =
        project("from shop.models import Account\n\ndef upgrade():\n    print(Account.id)\n");
    // Whatever Python this machine has is not found.
    let mut command = project.command();
    command
        .args(["upgrade", "head"])
        .env("PATH", "")
        .env_remove("VIRTUAL_ENV")
        .env_remove("LIMBECK_PYTHON");
    insta::assert_snapshot!(project.told_by(&mut command), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1
WARNI [limbeck] Revision b1 reaches shop.models.Account, which is not here; it is run natively as far as it does not use it (no Python with Alembic was found)
error: revision b1 could not be run: this revision uses shop.models.Account (imported at [ROOT]/migrations/versions/b1.py:7), which only the application has; no Python with Alembic was found
  --> [ROOT]/migrations/versions/b1.py:10:5
   |
10 |     print(Account.id)
   |     ^^^^^^^^^^^^^^^^^
   |
   = note: Traceback (most recent call last):
             File "[ROOT]/migrations/versions/b1.py", line 10, in upgrade
               print(Account.id)
           needs shop.models.Account (imported at [ROOT]/migrations/versions/b1.py:7)
   = note: Nothing of this run was kept. Rolled back: a1.
   = help: name the Python of the project with --python or LIMBECK_PYTHON, activate its virtual environment, make one as .venv beside the configuration, or install Alembic and the application into a Python that is there (pip install alembic …). Tried:
           python3: python3 cannot be started: No such file or directory (os error 2)
[exit 1]
"#);
}

#[cfg(feature = "python")]
#[test]
fn code_that_does_not_compile() {
    let project = project("def upgrade():\n    return (1\n");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
error: revision b1 could not be run: SyntaxError: '(' was never closed
 --> [ROOT]/migrations/versions/b1.py:8:12
  |
8 |     return (1
  |            ^
  |
  = note:   File "[ROOT]/migrations/versions/b1.py", line 8
              return (1
                     ^
          SyntaxError: '(' was never closed
  = note: Nothing of this run was kept.
[exit 1]
"#);
}

#[cfg(feature = "python")]
#[test]
fn a_name_that_sqlalchemy_does_not_have() {
    let project = project("def upgrade():\n    sa.Colum(\"a\")\n");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1
error: revision b1 could not be run: AttributeError: module 'sqlalchemy' has no attribute 'Colum'
 --> [ROOT]/migrations/versions/b1.py:8:5
  |
8 |     sa.Colum("a")
  |     ^^^^^^^^^^^^^
  |
  = note: Traceback (most recent call last):
            File "[ROOT]/migrations/versions/b1.py", line 8, in upgrade
              sa.Colum("a")
          AttributeError: module 'sqlalchemy' has no attribute 'Colum'
  = note: Nothing of this run was kept. Rolled back: a1.
[exit 1]
"#);
}

#[cfg(not(feature = "python"))]
#[test]
fn a_command_that_was_built_without_python() {
    let project = project("def upgrade():\n    pass\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: [ROOT]/migrations/versions/b1.py: revision b1 is not written in SQL, and nothing here runs it; the database is as it was
[stderr]
error: [ROOT]/migrations/versions/b1.py: revision b1 is not written in SQL, and nothing here runs it; the database is as it was
 |
 = help: run it with Alembic, or write the revision in SQL
[exit 255]
");
}

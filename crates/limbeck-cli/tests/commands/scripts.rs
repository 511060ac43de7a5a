//! Scripts as files: written, read, broken, in Python, unknown to the database.

use super::{
    failing_project, project,
    support::{Language, Sandbox},
    transcript,
};

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
    ]), @r#"
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
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> a1, create account
    [exit 0]
    $ limbeck downgrade base
    [stderr]
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running downgrade a1 -> , create account
    INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at base.
    [exit 0]
    "#);
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

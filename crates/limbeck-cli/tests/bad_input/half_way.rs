//! Runs that stop half way: what is applied, what is not, and what to do.
use crate::project::Project;

/// Three revisions, of which the second fails at its second statement.
fn half_way(transaction: &str) -> Project {
    let settings = format!("url = \"sqlite:///app.db\"\ntransaction = \"{transaction}\"\n");
    Project::with_settings(&settings)
        .table("a1", "base")
        .revision(
            "b1",
            "a1",
            "-- limbeck: upgrade\nCREATE TABLE account (name TEXT UNIQUE);\n\
             INSERT INTO account VALUES ('ada'), ('ada');\nCREATE INDEX by_name ON account (name);\n",
        )
        .table("c1", "b1")
}

#[test]
fn a_constraint_broken_half_way() {
    let project = half_way("run");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: UNIQUE constraint failed: account.name
 --> [ROOT]/migrations/versions/b1.sql:8:1
  |
8 | INSERT INTO account VALUES ('ada'), ('ada');
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept. Rolled back: a1.
  = help: correct the script and run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn a_constraint_broken_half_way_with_a_transaction_for_each_revision() {
    let project = half_way("revision");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: UNIQUE constraint failed: account.name
 --> [ROOT]/migrations/versions/b1.sql:8:1
  |
8 | INSERT INTO account VALUES ('ada'), ('ada');
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Kept: a1.
  = help: correct the script and run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"
a1
[exit 0]
");
}

#[test]
fn a_constraint_broken_half_way_without_transactions() {
    let project = half_way("none");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: UNIQUE constraint failed: account.name
 --> [ROOT]/migrations/versions/b1.sql:8:1
  |
8 | INSERT INTO account VALUES ('ada'), ('ada');
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Kept: a1. Of b1 the first of 3 statements stays in the database, its version row does not: undo it by hand, or take it out of the script, before you run it again.
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"
a1
[exit 0]
");
}

#[test]
fn a_constraint_broken_behind_what_was_committed() {
    let project = Project::new().table("a1", "base").revision("b1", "a1", "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER UNIQUE);\n-- limbeck: no transaction for next statement\nPRAGMA optimize;\nINSERT INTO t VALUES (1), (1);\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: UNIQUE constraint failed: t.n
  --> [ROOT]/migrations/versions/b1.sql:10:1
   |
10 | INSERT INTO t VALUES (1), (1);
   | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = note: Kept: a1. Of b1 the first 2 of 3 statements stay in the database, its version row does not: undo them by hand, or take them out of the script, before you run it again.
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"
a1
[exit 0]
");
}

#[test]
fn a_foreign_key_broken_at_the_commit() {
    let project = Project::new().revision("a1", "base", "-- limbeck: upgrade\n-- limbeck: no transaction for next statement\nPRAGMA foreign_keys = on;\nCREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE c (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO c VALUES (7);\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused to commit: FOREIGN KEY constraint failed
 |
 = note: Nothing of this run was kept. Rolled back: a1.
 = help: something that is only checked at the end does not hold; correct the script and run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn a_way_back_that_fails() {
    let project = Project::new().table("a1", "base").revision(
        "b1",
        "a1",
        "-- limbeck: upgrade\nCREATE TABLE b1 (n);\n\n-- limbeck: downgrade\nDROP TABLE b2;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
INFO  [limbeck] Done: 2 steps in [TIME] ms; the database is at b1.
[exit 0]
");
    insta::assert_snapshot!(project.told("downgrade base"), @"
[stderr]
INFO  [alembic.runtime.migration] Running downgrade b1 -> a1, make b1
error: the database refused a statement of the downgrade of revision b1: no such table: b2
  --> [ROOT]/migrations/versions/b1.sql:10:1
   |
10 | DROP TABLE b2;
   | ^^^^^^^^^^^^^^
   |
   = note: Nothing of this run was kept.
   = help: correct the script and run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"
b1 (head)
[exit 0]
");
}

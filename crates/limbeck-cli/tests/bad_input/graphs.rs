//! Revisions that do not form a history.
use crate::project::Project;

#[test]
fn a_missing_parent() {
    let project = Project::new().table("b1", "a1");
    insta::assert_snapshot!(project.told("heads"), @"
b1 (head)
[stderr]
WARNI [limbeck.script] revision a1, the parent of b1 ([ROOT]/migrations/versions/b1.sql:3), is not present; add its script or correct the down revision
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: revision a1, the parent of b1 ([ROOT]/migrations/versions/b1.sql:3), is not present; add its script or correct the down revision
[stderr]
error: revision a1, the parent of b1 ([ROOT]/migrations/versions/b1.sql:3), is not present; add its script or correct the down revision
 --> [ROOT]/migrations/versions/b1.sql:3:1
  |
3 | -- revision: b1
  | ^^^^^^^^^^^^^^^
[exit 255]
");
    insta::assert_snapshot!(project.told("history"), @"
a1 -> b1 (head), make b1
[stderr]
WARNI [limbeck.script] revision a1, the parent of b1 ([ROOT]/migrations/versions/b1.sql:3), is not present; add its script or correct the down revision
[exit 0]
");
}

#[test]
fn a_missing_parent_disturbs_only_what_needs_it() {
    let project = Project::new().table("a1", "base").table("c1", "b1");
    insta::assert_snapshot!(project.told("show a1"), @"
Rev: a1 (head)
Parent: <base>
Path: [ROOT]/migrations/versions/a1.sql

    make a1
    
    revision: a1
    revises: base

[stderr]
WARNI [limbeck.script] revision b1, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade a1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
WARNI [limbeck.script] revision b1, the parent of c1 ([ROOT]/migrations/versions/c1.sql:3), is not present; add its script or correct the down revision
[exit 0]
");
}

#[test]
fn its_own_parent() {
    let project = Project::new().table("a1", "a1");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: self-loop: revision a1 ([ROOT]/migrations/versions/a1.sql:3) is its own parent; correct the down revision
[stderr]
error: self-loop: revision a1 ([ROOT]/migrations/versions/a1.sql:3) is its own parent; correct the down revision
 --> [ROOT]/migrations/versions/a1.sql:3:1
  |
3 | -- revision: a1
  | ^^^^^^^^^^^^^^^
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: self-loop: revision a1 ([ROOT]/migrations/versions/a1.sql:3) is its own parent; correct the down revision
[stderr]
error: self-loop: revision a1 ([ROOT]/migrations/versions/a1.sql:3) is its own parent; correct the down revision
 --> [ROOT]/migrations/versions/a1.sql:3:1
  |
3 | -- revision: a1
  | ^^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn a_cycle() {
    let project = Project::new().table("a", "b").table("b", "a");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: cycle in revisions: a -> b -> a; correct the down revision of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
[stderr]
error: cycle in revisions: a -> b -> a; correct the down revision of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
 --> [ROOT]/migrations/versions/a.sql:3:1
  |
3 | -- revision: a
  | ^^^^^^^^^^^^^^
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: cycle in revisions: a -> b -> a; correct the down revision of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
[stderr]
error: cycle in revisions: a -> b -> a; correct the down revision of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
 --> [ROOT]/migrations/versions/a.sql:3:1
  |
3 | -- revision: a
  | ^^^^^^^^^^^^^^
[exit 255]
");
    insta::assert_snapshot!(project.told("history"), @"
FAILED: cycle in revisions: a -> b -> a; correct the down revision of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
[stderr]
error: cycle in revisions: a -> b -> a; correct the down revision of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
 --> [ROOT]/migrations/versions/a.sql:3:1
  |
3 | -- revision: a
  | ^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn a_cycle_above_a_base() {
    let project = Project::new()
        .table("z", "base")
        .revision("a", "z, c", "")
        .table("b", "a")
        .table("c", "b");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
FAILED: cycle in revisions: a -> c -> b -> a; correct the down revision of one of a ([ROOT]/migrations/versions/a.sql:3), c ([ROOT]/migrations/versions/c.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
[stderr]
error: cycle in revisions: a -> c -> b -> a; correct the down revision of one of a ([ROOT]/migrations/versions/a.sql:3), c ([ROOT]/migrations/versions/c.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
 --> [ROOT]/migrations/versions/a.sql:3:1
  |
3 | -- revision: a
  | ^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn a_cycle_of_dependencies() {
    let project =
        Project::new()
            .header("a", "base", "depends on: b")
            .header("b", "base", "depends on: a");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
FAILED: dependency cycle in revisions: a -> b -> a; correct depends_on of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
[stderr]
error: dependency cycle in revisions: a -> b -> a; correct depends_on of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
 --> [ROOT]/migrations/versions/a.sql:3:1
  |
3 | -- revision: a
  | ^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn a_cycle_of_both() {
    let project = Project::new()
        .header("a", "base", "depends on: b")
        .table("b", "a");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
FAILED: dependency cycle in revisions: a -> b -> a; correct depends_on of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
[stderr]
error: dependency cycle in revisions: a -> b -> a; correct depends_on of one of a ([ROOT]/migrations/versions/a.sql:3), b ([ROOT]/migrations/versions/b.sql:3)
 --> [ROOT]/migrations/versions/a.sql:3:1
  |
3 | -- revision: a
  | ^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn depends_on_itself() {
    let project = Project::new().header("a", "base", "depends on: a");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: dependency self-loop: revision a ([ROOT]/migrations/versions/a.sql:3) depends on itself; correct depends_on
[stderr]
error: dependency self-loop: revision a ([ROOT]/migrations/versions/a.sql:3) depends on itself; correct depends_on
 --> [ROOT]/migrations/versions/a.sql:3:1
  |
3 | -- revision: a
  | ^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn depends_on_nothing_known() {
    let project = Project::new().header("a", "base", "depends on: nowhere");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: 'nowhere', on which a ([ROOT]/migrations/versions/a.sql:3) depends, is neither a revision nor a branch label; add its script or correct depends_on
[stderr]
error: 'nowhere', on which a ([ROOT]/migrations/versions/a.sql:3) depends, is neither a revision nor a branch label; add its script or correct depends_on
 --> [ROOT]/migrations/versions/a.sql:3:1
  |
3 | -- revision: a
  | ^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn a_parent_twice() {
    let project = Project::new().table("a", "base").table("b", "a, a");
    insta::assert_snapshot!(project.told("heads"), @"
b (head)
[exit 0]
");
}

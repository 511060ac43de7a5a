//! Revision ids that cannot be, are there twice, or could be several.
use crate::project::Project;

#[test]
fn too_long_for_the_version_table() {
    let project = Project::new().table("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "base");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, make aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.
[exit 0]
");
    insta::assert_snapshot!(project.told("current"), @"
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (head)
[exit 0]
");
}

#[test]
fn too_long_for_a_new_script() {
    let project = Project::new();
    insta::assert_snapshot!(project.told("revision -m x --rev-id aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), @"
FAILED: revision identifier 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' has 33 characters; the version table holds 32, so choose a shorter one
[exit 255]
");
}

#[test]
fn characters_of_the_target_grammar() {
    let project =
        Project::new().script("x.sql", "-- x\n--\n-- revision: a-1@x\n-- revises: base\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: character(s) '-, @' not allowed in revision identifier 'a-1@x'; use letters, digits and underscores
[stderr]
error: character(s) '-, @' not allowed in revision identifier 'a-1@x'; use letters, digits and underscores
 --> [ROOT]/migrations/versions/x.sql:3:1
  |
3 | -- revision: a-1@x
  | ^^
[exit 255]
");
    let project = Project::new();
    insta::assert_snapshot!(project.told("revision -m x --rev-id a-1"), @"
FAILED: character(s) '-' not allowed in revision identifier 'a-1'; use letters, digits and underscores
[exit 255]
");
}

#[test]
fn a_blank() {
    let project = Project::new().script("x.sql", "-- x\n--\n-- revision: a 1\n-- revises: base\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: 'revision' needs one id without blanks
[stderr]
error: 'revision' needs one id without blanks
 --> [ROOT]/migrations/versions/x.sql:3:1
  |
3 | -- revision: a 1
  | ^^
[exit 255]
");
}

#[test]
fn nothing() {
    let project = Project::new().script("x.sql", "-- x\n--\n-- revision:\n-- revises: base\n");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: 'revision' needs one id without blanks
[stderr]
error: 'revision' needs one id without blanks
 --> [ROOT]/migrations/versions/x.sql:3:1
  |
3 | -- revision:
  | ^^
[exit 255]
");
}

#[test]
fn twice() {
    let project = Project::new()
        .table("a1", "base")
        .script("again.sql", "-- x\n--\n-- revision: a1\n-- revises: base\n");
    insta::assert_snapshot!(project.told("heads"), @"
a1 (head)
[stderr]
WARNI [limbeck.script] revision a1 is present more than once: [ROOT]/migrations/versions/a1.sql:3, [ROOT]/migrations/versions/again.sql:3; give one of them another id
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: revision a1 is present more than once: [ROOT]/migrations/versions/a1.sql:3, [ROOT]/migrations/versions/again.sql:3; give one of them another id
[stderr]
error: revision a1 is present more than once: [ROOT]/migrations/versions/a1.sql:3, [ROOT]/migrations/versions/again.sql:3; give one of them another id
 --> [ROOT]/migrations/versions/again.sql:3:1
  |
3 | -- revision: a1
  | ^^^^^^^^^^^^^^^
[exit 255]
");
}

#[test]
fn a_new_script_with_an_id_that_is_there() {
    let project = Project::new().table("a1", "base");
    insta::assert_snapshot!(project.told("revision -m x --rev-id a1"), @"
FAILED: revision identifier 'a1' is taken by [ROOT]/migrations/versions/a1.sql; choose another --rev-id
[exit 255]
");
}

#[test]
fn unknown() {
    let project = Project::new().table("abcdef", "base");
    insta::assert_snapshot!(project.told("show abcdfe"), @"
FAILED: Can't locate revision identified by 'abcdfe'; did you mean 'abcdef'?
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade xyz"), @"
FAILED: Can't locate revision identified by 'xyz'
[exit 255]
");
    insta::assert_snapshot!(project.told("downgrade xyz"), @"
FAILED: Can't locate revision identified by 'xyz'
[exit 255]
");
    insta::assert_snapshot!(project.told("stamp xyz"), @"
FAILED: Can't locate revision identified by 'xyz'
[exit 255]
");
}

#[test]
fn the_beginning_of_several() {
    let project = Project::new()
        .table("abcd1", "base")
        .table("abcd2", "abcd1");
    insta::assert_snapshot!(project.told("upgrade abcd"), @"
FAILED: Can't locate revision identified by 'abcd': it could be abcd1, abcd2; type more of the id
[exit 255]
");
    insta::assert_snapshot!(project.told("show abc"), @"
FAILED: Can't locate revision identified by 'abc': it could be abcd1, abcd2; type more of the id
[exit 255]
");
}

#[test]
fn a_label_that_is_an_id() {
    let project = Project::new()
        .table("a1", "base")
        .header("b1", "a1", "branch labels: a1");
    insta::assert_snapshot!(project.told("heads"), @"
b1 (head)
[stderr]
WARNI [limbeck.script] branch name 'a1' in revision b1 ([ROOT]/migrations/versions/b1.sql:3) is already used by revision a1 ([ROOT]/migrations/versions/a1.sql:3); rename one of them
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
INFO  [limbeck] Done: 2 steps in [TIME] ms; the database is at b1.
WARNI [limbeck.script] branch name 'a1' in revision b1 ([ROOT]/migrations/versions/b1.sql:3) is already used by revision a1 ([ROOT]/migrations/versions/a1.sql:3); rename one of them
[exit 0]
");
}

#[test]
fn a_label_twice() {
    let project = Project::new()
        .header("a1", "base", "branch labels: shop")
        .header("b1", "base", "branch labels: shop");
    insta::assert_snapshot!(project.told("heads"), @"
a1 (shop) (head)
b1 (head)
[stderr]
WARNI [limbeck.script] branch name 'shop' in revision b1 ([ROOT]/migrations/versions/b1.sql:3) is already used by revision a1 ([ROOT]/migrations/versions/a1.sql:3); rename one of them
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> b1, make b1
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 2 steps in [TIME] ms; the database is at a1, b1.
WARNI [limbeck.script] branch name 'shop' in revision b1 ([ROOT]/migrations/versions/b1.sql:3) is already used by revision a1 ([ROOT]/migrations/versions/a1.sql:3); rename one of them
[exit 0]
");
}

#[test]
fn a_label_that_is_a_target() {
    let project = Project::new().header("a1", "base", "branch labels: head");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: 'head' is a target of its own, so it can be neither a revision identifier nor a branch label; choose another name
[stderr]
error: 'head' is a target of its own, so it can be neither a revision identifier nor a branch label; choose another name
 --> [ROOT]/migrations/versions/a1.sql:5:1
  |
5 | -- branch labels: head
  | ^^
[exit 255]
");
}

#[test]
fn a_new_script_named_like_a_target() {
    let project = Project::new();
    insta::assert_snapshot!(project.told("revision -m x --rev-id base"), @"
FAILED: 'base' is a target of its own, so it can be neither a revision identifier nor a branch label; choose another name
[exit 255]
");
    insta::assert_snapshot!(project.told("revision -m x --rev-id a1 --branch-label heads"), @"
FAILED: 'heads' is a target of its own, so it can be neither a revision identifier nor a branch label; choose another name
[exit 255]
");
}

#[test]
fn an_id_that_is_a_target() {
    let project = Project::new().table("head", "base");
    insta::assert_snapshot!(project.told("heads"), @"
FAILED: 'head' is a target of its own, so it can be neither a revision identifier nor a branch label; choose another name
[stderr]
error: 'head' is a target of its own, so it can be neither a revision identifier nor a branch label; choose another name
 --> [ROOT]/migrations/versions/head.sql:3:1
  |
3 | -- revision: head
  | ^^
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: 'head' is a target of its own, so it can be neither a revision identifier nor a branch label; choose another name
[stderr]
error: 'head' is a target of its own, so it can be neither a revision identifier nor a branch label; choose another name
 --> [ROOT]/migrations/versions/head.sql:3:1
  |
3 | -- revision: head
  | ^^
[exit 255]
");
}

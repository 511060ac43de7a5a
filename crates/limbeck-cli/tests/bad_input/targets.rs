//! Targets that lead nowhere, or to several places.
use crate::project::Project;

#[test]
fn one_head_is_wanted_of_two() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: Multiple head revisions are present for given argument 'head': b1, c1; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
[exit 255]
");
    insta::assert_snapshot!(project.told("revision -m x"), @"
FAILED: Multiple heads are present: b1, c1; please specify the head revision on which the new revision should be based, or perform a merge
[exit 255]
");
    insta::assert_snapshot!(project.told("show head"), @"
FAILED: Multiple head revisions are present for given argument 'head': b1, c1; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
[exit 255]
");
}

#[test]
fn nothing() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told_arguments(&["upgrade", ""]), @"
FAILED: the target is empty; name a revision, 'head', 'heads', 'base' or a step such as '+1'
[exit 255]
");
    insta::assert_snapshot!(project.told_arguments(&["downgrade", ""]), @"
FAILED: the target is empty; name a revision, 'head', 'heads', 'base' or a step such as '+1'
[exit 255]
");
    insta::assert_snapshot!(project.told_arguments(&["stamp", ""]), @"
FAILED: the target is empty; name a revision, 'head', 'heads', 'base' or a step such as '+1'
[exit 255]
");
}

#[test]
fn a_range_online() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade a1:b1"), @"
FAILED: Range revision not allowed
[stderr]
error: Range revision not allowed
 |
 = help: a range only says where an SQL script begins; add --sql
[exit 255]
");
    insta::assert_snapshot!(project.told("downgrade b1:a1"), @"
FAILED: Range revision not allowed
[stderr]
error: Range revision not allowed
 |
 = help: a range only says where an SQL script begins; add --sql
[exit 255]
");
}

#[test]
fn steps_beyond_the_end() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade b1+1"), @"
FAILED: Walked too far: 'b1+1' leaves the graph
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade +5"), @"
FAILED: Ambiguous walk: from a1 '+5' could go to b1, c1; name the revision or its branch
[exit 255]
");
    insta::assert_snapshot!(project.told("downgrade -1"), @"
FAILED: Relative revision -1 didn't produce 1 migrations
[exit 255]
");
    insta::assert_snapshot!(project.told("show a1-2"), @"
FAILED: 'a1-2' cannot be used here: a relative target needs something to count from; name the revision
[exit 255]
");
}

#[test]
fn steps_from_all_heads() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade heads+1"), @"
FAILED: Multiple head revisions are present for given argument 'heads': b1, c1; please specify a specific target revision, '<branchname>@heads' to narrow to a specific head, or 'heads' for all heads
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade head+1"), @"
FAILED: Multiple head revisions are present for given argument 'head': b1, c1; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
[exit 255]
");
}

#[test]
fn steps_that_could_go_two_ways() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade a1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade +1"), @"
FAILED: Ambiguous walk: from a1 '+1' could go to b1, c1; name the revision or its branch
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade a1 -> c1, make c1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
INFO  [limbeck] Done: 2 steps in [TIME] ms; the database is at b1, c1.
[exit 0]
");
    insta::assert_snapshot!(project.told("downgrade -1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running downgrade c1 -> a1, make c1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at b1.
[exit 0]
");
}

#[test]
fn an_unknown_branch() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade right@head"), @"
FAILED: No such branch: 'right'
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade lef@head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> c1, make c1
INFO  [limbeck] Done: 2 steps in [TIME] ms; the database is at c1.
[exit 0]
");
}

#[test]
fn a_revision_of_another_branch() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade left@b1"), @"
FAILED: Revision b1 is not a member of branch 'left'
[exit 255]
");
}

#[test]
fn not_in_the_grammar() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade a@b@c"), @"
FAILED: 'a@b@c' is no target: more than one '@'
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade @"), @"
FAILED: '@' is no target: no branch before '@'
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade a1+"), @"
FAILED: 'a1+' is no target: '+' or '-' must be followed by a number of steps and nothing else
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade +99999999999999999999"), @"
FAILED: Ambiguous walk: from a1 '+9223372036854775807' could go to b1, c1; name the revision or its branch
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade a1:b1:c1"), @"
FAILED: Range revision not allowed
[stderr]
error: Range revision not allowed
 |
 = help: a range only says where an SQL script begins; add --sql
[exit 255]
");
}

#[test]
fn down_to_what_is_not_applied() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade b1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
INFO  [limbeck] Done: 2 steps in [TIME] ms; the database is at b1.
[exit 0]
");
    insta::assert_snapshot!(project.told("downgrade c1"), @"
FAILED: Destination c1 is not a valid downgrade target from current head(s) b1
[exit 255]
");
    insta::assert_snapshot!(project.told("downgrade head"), @"
FAILED: Multiple head revisions are present for given argument 'head': b1, c1; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
[exit 255]
");
}

#[test]
fn a_history_without_a_range() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("history -r a1"), @"
FAILED: 'a1' is no range; a range is [start]:[end], [start]:, or :[end]
[exit 255]
");
    insta::assert_snapshot!(project.told("history -r b1:c1"), @"
FAILED: Requested range b1:c1 does not refer to ancestor/descendant revisions along the same branch
[exit 255]
");
    insta::assert_snapshot!(project.told("history -r x:y"), @"
FAILED: Can't locate revision identified by 'x'
[exit 255]
");
}

#[test]
fn merging_what_does_not_merge() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("merge -m x b1 b1"), @"
FAILED: Duplicate head revisions specified: b1
[exit 255]
");
    insta::assert_snapshot!(project.told("merge -m x a1 b1"), @"
FAILED: Revision a1 is not a head revision; please specify --splice to create a new branch from this revision
[exit 255]
");
    insta::assert_snapshot!(project.told("merge -m x nowhere b1"), @"
FAILED: Can't locate revision identified by 'nowhere'
[exit 255]
");
}

#[test]
fn a_new_revision_on_what_is_no_head() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("revision -m x --head a1"), @"
FAILED: Revision a1 is not a head revision; please specify --splice to create a new branch from this revision
[exit 255]
");
    insta::assert_snapshot!(project.told("revision -m x --head nowhere"), @"
FAILED: Can't locate revision identified by 'nowhere'
[exit 255]
");
    insta::assert_snapshot!(project.told("revision -m x --head b1 --depends-on nowhere"), @"
FAILED: Can't locate revision identified by 'nowhere'
[exit 255]
");
}

#[test]
fn stamping_a_revision_and_its_ancestor() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("stamp a1 b1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running stamp_revision  -> a1
INFO  [alembic.runtime.migration] Running stamp_revision  -> b1
INFO  [limbeck] Done: 2 steps in [TIME] ms; the database is at a1, b1.
[exit 0]
");
    insta::assert_snapshot!(project.told("stamp base b1"), @"
[stderr]
INFO  [limbeck] Nothing to do: the database is at a1, b1.
[exit 0]
");
}

#[test]
fn opposite_directions() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade b1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
INFO  [limbeck] Done: 2 steps in [TIME] ms; the database is at b1.
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade -1"), @"
FAILED: Relative revision -1 didn't produce 1 migrations
[exit 255]
");
    insta::assert_snapshot!(project.told("downgrade +1"), @"
FAILED: Relative revision +1 didn't produce 1 migrations
[exit 255]
");
    insta::assert_snapshot!(project.told("downgrade heads"), @"
FAILED: Multiple head revisions are present for given argument 'heads': b1, c1; please specify a specific target revision, '<branchname>@heads' to narrow to a specific head, or 'heads' for all heads
[exit 255]
");
}

#[test]
fn options_that_exclude_each_other() {
    let project = Project::forked();
    insta::assert_snapshot!(project.told("upgrade heads --sql --dry-run"), @"
[stderr]
error: the argument '--sql' cannot be used with '--dry-run'

Usage: limbeck upgrade --sql <REVISION>

For more information, try '--help'.
[exit 2]
");
    insta::assert_snapshot!(project.told("downgrade a1 --sql"), @"
FAILED: downgrade with --sql requires <fromrev>:<torev>
[exit 255]
");
    insta::assert_snapshot!(project.told("unlock"), @"
[stderr]
error: the following required arguments were not provided:
  --force

Usage: limbeck unlock --force

For more information, try '--help'.
[exit 2]
");
    insta::assert_snapshot!(project.told("merge"), @"
[stderr]
error: the following required arguments were not provided:
  <REVISIONS>...

Usage: limbeck merge <REVISIONS>...

For more information, try '--help'.
[exit 2]
");
}

//! Version tables that hold what this project cannot have put there.
use crate::project::Project;

/// The table as Alembic makes it.
const TABLE: &str = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)";

#[test]
fn an_unknown_id() {
    let project = Project::forked()
        .sqlite(TABLE)
        .sqlite("INSERT INTO alembic_version VALUES ('feed')");
    insta::assert_snapshot!(project.told("current"), @"
FAILED: Can't locate revision identified by 'feed'
[stderr]
error: Can't locate revision identified by 'feed'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("status"), @"
FAILED: Can't locate revision identified by 'feed'
[stderr]
error: Can't locate revision identified by 'feed'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
FAILED: Can't locate revision identified by 'feed'
[stderr]
error: Can't locate revision identified by 'feed'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("downgrade base"), @"
FAILED: Can't locate revision identified by 'feed'
[stderr]
error: Can't locate revision identified by 'feed'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("history --indicate-current"), @"
FAILED: Can't locate revision identified by 'feed'
[stderr]
error: Can't locate revision identified by 'feed'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("stamp a1"), @"
FAILED: Can't locate revision identified by 'feed'
[stderr]
error: Can't locate revision identified by 'feed'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("stamp --purge a1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running stamp_revision  -> a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
[exit 0]
");
}

#[test]
fn no_text() {
    let project = Project::forked()
        .sqlite("CREATE TABLE alembic_version (version_num)")
        .sqlite("INSERT INTO alembic_version VALUES (x'00ff')");
    insta::assert_snapshot!(project.told("current"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: 2 bytes; delete it or put it right, then run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: 2 bytes; delete it or put it right, then run the command again
 |
 = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_number() {
    let project = Project::forked().sqlite(
        "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES (7)",
    );
    insta::assert_snapshot!(project.told("current"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: 7; delete it or put it right, then run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: 7; delete it or put it right, then run the command again
 |
 = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn null() {
    let project = Project::forked().sqlite("CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES (NULL)");
    insta::assert_snapshot!(project.told("current"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: NULL; delete it or put it right, then run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: NULL; delete it or put it right, then run the command again
 |
 = note: Nothing of this run was kept.
[exit 1]
");
    insta::assert_snapshot!(project.told("stamp --purge a1"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: NULL; delete it or put it right, then run the command again
 |
 = note: Nothing of this run was kept.
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: NULL; delete it or put it right, then run the command again
[exit 1]
");
}

#[test]
fn empty_text() {
    let project = Project::forked()
        .sqlite(TABLE)
        .sqlite("INSERT INTO alembic_version VALUES ('')");
    insta::assert_snapshot!(project.told("current"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: ''; delete it or put it right, then run the command again
[exit 1]
");
}

#[test]
fn a_character_no_id_has() {
    let project = Project::forked()
        .sqlite(TABLE)
        .sqlite("INSERT INTO alembic_version VALUES ('a1@b')");
    insta::assert_snapshot!(project.told("current"), @"
FAILED: Can't locate revision identified by 'a1@b'
[stderr]
error: Can't locate revision identified by 'a1@b'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
FAILED: Can't locate revision identified by 'a1@b'
[stderr]
error: Can't locate revision identified by 'a1@b'
 |
 = help: the version table names it and no script does: add its script, or, if the database is really somewhere else, say where with 'stamp --purge'
[exit 255]
");
}

#[test]
fn a_revision_and_its_ancestor() {
    let project = Project::forked()
        .sqlite(TABLE)
        .sqlite("INSERT INTO alembic_version VALUES ('a1'), ('b1')");
    insta::assert_snapshot!(project.told("current"), @"
b1 (head)
[exit 0]
");
    insta::assert_snapshot!(project.told("status"), @"
FAILED: Requested revision b1 overlaps with other requested revisions a1: a1 is an ancestor of b1
[stderr]
error: Requested revision b1 overlaps with other requested revisions a1: a1 is an ancestor of b1
 |
 = help: name only one of them; when the version table itself holds both, delete the row of the ancestor, or write the right rows with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
FAILED: Requested revision b1 overlaps with other requested revisions a1: a1 is an ancestor of b1
[stderr]
error: Requested revision b1 overlaps with other requested revisions a1: a1 is an ancestor of b1
 |
 = help: name only one of them; when the version table itself holds both, delete the row of the ancestor, or write the right rows with 'stamp --purge'
[exit 255]
");
    insta::assert_snapshot!(project.told("downgrade base"), @"
[stderr]
INFO  [alembic.runtime.migration] Running downgrade b1 -> a1, make b1
error: the database refused a statement of the downgrade of revision b1: no such table: b1
  --> [ROOT]/migrations/versions/b1.sql:10:1
   |
10 | DROP TABLE b1;
   | ^^^^^^^^^^^^^^
   |
   = note: Nothing of this run was kept.
   = help: correct the script and run the command again
[exit 1]
");
}

#[test]
fn the_same_row_twice() {
    let project = Project::forked().sqlite("CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('a1'), ('a1')");
    insta::assert_snapshot!(project.told("current"), @"
a1 (branchpoint)
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade b1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the version table 'alembic_version' has the row 'a1' 2 times; delete all but one, then run the command again
 |
 = note: Nothing of this run was kept.
[exit 1]
");
    insta::assert_snapshot!(project.told("downgrade base"), @"
[stderr]
INFO  [alembic.runtime.migration] Running downgrade a1 -> , make a1
error: the database refused a statement of the downgrade of revision a1: no such table: a1
  --> [ROOT]/migrations/versions/a1.sql:10:1
   |
10 | DROP TABLE a1;
   | ^^^^^^^^^^^^^^
   |
   = note: Nothing of this run was kept.
   = help: correct the script and run the command again
[exit 1]
");
}

#[test]
fn another_shape() {
    let project = Project::forked().sqlite("CREATE TABLE alembic_version (version TEXT)");
    insta::assert_snapshot!(project.told("current"), @"
[stderr]
error: the version table 'alembic_version' could not be read: no such column: alembic_version.version_num
 |
 = help: see that this is a version table, whose only column is version_num; another one is named with version_table in the configuration
[exit 1]
");
    insta::assert_snapshot!(project.told("upgrade heads"), @"
[stderr]
error: the version table 'alembic_version' could not be read: no such column: alembic_version.version_num
 |
 = note: Nothing of this run was kept.
 = help: see that this is a version table, whose only column is version_num; another one is named with version_table in the configuration
[exit 1]
");
}

#[test]
fn a_view() {
    let project =
        Project::forked().sqlite("CREATE VIEW alembic_version AS SELECT 'a1' AS version_num");
    insta::assert_snapshot!(project.told("current"), @"
a1 (branchpoint)
[exit 0]
");
    insta::assert_snapshot!(project.told("upgrade b1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the version table 'alembic_version' could not be written: cannot modify alembic_version because it is a view
 |
 = note: Nothing of this run was kept.
 = help: see that this is a version table, whose only column is version_num; another one is named with version_table in the configuration
[exit 1]
");
}

#[test]
fn a_column_more() {
    let project = Project::forked()
        .sqlite("CREATE TABLE alembic_version (version_num TEXT, at TEXT NOT NULL)");
    insta::assert_snapshot!(project.told("upgrade b1"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the version table 'alembic_version' could not be written: NOT NULL constraint failed: alembic_version.at
 |
 = note: Nothing of this run was kept.
 = help: see that this is a version table, whose only column is version_num; another one is named with version_table in the configuration
[exit 1]
");
}

#[test]
fn a_table_without_a_name() {
    let project = Project::with_settings("url = \"sqlite:///app.db\"\nversion_table = \"\"\n");
    insta::assert_snapshot!(project.told("current"), @"
FAILED: version_table must be the name of a table
[exit 255]
");
}

#[test]
fn a_schema_that_is_not_attached() {
    let project =
        Project::with_settings("url = \"sqlite:///app.db\"\nversion_table_schema = \"nowhere\"\n");
    insta::assert_snapshot!(project.told("current"), @"
[stderr]
error: the version table 'nowhere.alembic_version' could not be looked up: no such table: nowhere.sqlite_master
 |
 = help: SQLite has no schemas but attached databases; leave version_table_schema out of the configuration
[exit 1]
");
}

#[test]
fn a_name_that_has_to_be_quoted_is_no_trouble() {
    let project = Project::with_settings(
        "url = \"sqlite:///app.db\"\nversion_table = \"a\\\"; DROP TABLE a1; --\"\n",
    )
    .table("a1", "base");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
[exit 0]
");
    insta::assert_snapshot!(project.told("current"), @"
a1 (head)
[exit 0]
");
}

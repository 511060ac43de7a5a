//! What MariaDB refuses, what it keeps, and what becomes of a connection that breaks.
use limbeck_testing::TestDatabase;
use sqlx::{AssertSqlSafe, Connection as _, MySqlConnection};

use crate::project::{PASSWORD, Project, wait};

fn mariadb() -> Option<TestDatabase> {
    wait(limbeck_testing::mariadb())
}

/// Runs statements as the administrator.
fn run(database: &TestDatabase, sql: &str) {
    wait(async {
        let mut connection = MySqlConnection::connect(&database.url).await.unwrap();
        let statements = sqlx::raw_sql(AssertSqlSafe(sql));
        statements.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

#[test]
fn a_syntax_error() {
    let Some(database) = mariadb() else {
        return;
    };
    let project = Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER);\nCREATE TABLE u (\n    n INTEGER,\n    m INTEGER NOT,\n    o INTEGER\n);\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near '
           o INTEGER
       )' at line 3
  --> [ROOT]/migrations/versions/a1.sql:10:19
   |
10 |     m INTEGER NOT,
   |                   ^
   |
   = note: Nothing of this run was kept. Of a1 the first of 2 statements stays in the database, its version row does not: undo it by hand, or take it out of the script, before you run it again.
[exit 1]
");
}

#[test]
fn a_syntax_error_at_the_end_of_a_statement() {
    let Some(database) = mariadb() else {
        return;
    };
    let project =
        Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nSELECT 1 +\n  ;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near '' at line 1
 --> [ROOT]/migrations/versions/a1.sql:7:11
  |
7 | SELECT 1 +
  |           ^
  |
  = note: Nothing of this run was kept.
  = help: correct the script and run the command again
[exit 1]
");
}

#[test]
fn a_body_that_never_ends() {
    let Some(database) = mariadb() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nCREATE PROCEDURE p() BEGIN\n  SELECT 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: the statement that begins here has a body that never ends; 'END' is missing
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | CREATE PROCEDURE p() BEGIN
  | ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_delimiter_without_a_mark() {
    let Some(database) = mariadb() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nDELIMITER\nSELECT 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: DELIMITER needs the new delimiter on the same line, without a backslash
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | DELIMITER
  | ^^^^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_string_that_never_ends() {
    let Some(database) = mariadb() else {
        return;
    };
    let project =
        Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nSELECT 'it\\'s;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
error: revision a1 could not be run: a string begins here and never ends; add the closing quote
 --> [ROOT]/migrations/versions/a1.sql:7:8
  |
7 | SELECT 'it\'s;
  |        ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
"#);
}

#[test]
fn a_dry_run() {
    let Some(database) = mariadb() else {
        return;
    };
    let project =
        Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nSELECT 1;\n");
    insta::assert_snapshot!(project.told("upgrade head --dry-run"), @"
[stderr]
error: a dry run is not possible on MySQL and MariaDB: they commit at every DDL statement. Look at the statements with `plan`, or run them on a copy
 |
 = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_constraint_broken_half_way() {
    let Some(database) = mariadb() else {
        return;
    };
    let project = Project::on(&database, "transaction = \"run\"\n").table("a1", "base").revision("b1", "a1", "-- limbeck: upgrade\nCREATE TABLE account (name VARCHAR(9) UNIQUE);\nINSERT INTO account VALUES ('ada'), ('ada');\nCREATE INDEX by_name ON account (name);\n").table("c1", "b1");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: Duplicate entry 'ada' for key 'name'
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
fn a_constraint_broken_among_rows() {
    let Some(database) = mariadb() else {
        return;
    };
    run(&database, "CREATE TABLE account (name VARCHAR(9) UNIQUE)");
    let project = Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nINSERT INTO account VALUES ('eve');\nINSERT INTO account VALUES ('ada'), ('ada');\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: Duplicate entry 'ada' for key 'name'
 --> [ROOT]/migrations/versions/a1.sql:8:1
  |
8 | INSERT INTO account VALUES ('ada'), ('ada');
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept.
  = help: correct the script and run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn the_connection_breaks() {
    let Some(database) = mariadb() else {
        return;
    };
    let project = Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER);\nINSERT INTO t VALUES (1);\nKILL CONNECTION_ID();\nSELECT 1;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: Connection was killed
 --> [ROOT]/migrations/versions/a1.sql:9:1
  |
9 | KILL CONNECTION_ID();
  | ^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept. Of a1 the first of 4 statements stays in the database, its version row does not: undo it by hand, or take it out of the script, before you run it again.
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn the_lock_breaks() {
    let Some(database) = mariadb() else {
        return;
    };
    let project = Project::on(&database, "")
    .revision("a1", "base", "-- limbeck: upgrade\nSELECT id INTO @other FROM information_schema.processlist\n  WHERE db = database() AND id <> connection_id() LIMIT 1;\nEXECUTE IMMEDIATE CONCAT('KILL ', @other);\n")
    .table("b1", "a1");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: this run no longer holds the lock on the database: the connection that holds it does not answer: the connection to the database broke: expected to read 4 bytes, got 0 bytes at EOF; it stops before the next step. What it had not committed is rolled back; run the command again
 |
 = note: Kept: a1.
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"
a1
[exit 0]
");
}

#[test]
fn a_database_that_does_not_exist() {
    let Some(database) = mariadb() else {
        return;
    };
    let project = Project::on(&database, "").table("a1", "base");
    let missing = database.url.replace(&database.name, "nowhere");
    insta::assert_snapshot!(project.told_arguments(&["--url", &missing, "upgrade", "head"]), @"
[stderr]
error: cannot connect to mysql://root@[SERVER]/nowhere?ssl-mode=disabled: Unknown database 'nowhere'
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
}

#[test]
fn a_wrong_password() {
    let Some(database) = mariadb() else {
        return;
    };
    run(
        &database,
        &format!(
            "CREATE USER {0} IDENTIFIED BY 'other'; GRANT ALL ON {0}.* TO {0}",
            database.name
        ),
    );
    let project = Project::on(&database, "").table("a1", "base");
    let (_, server) = database.url.split_once('@').unwrap();
    let url = format!("mysql://{}:{PASSWORD}@{server}", database.name);
    insta::assert_snapshot!(project.told_arguments(&["--url", &url, "upgrade", "head"]), @"
[stderr]
error: cannot connect to mysql://[DATABASE]:***@[SERVER]/[DATABASE]?ssl-mode=disabled: Access denied for user '[DATABASE]'@'127.0.0.1' (using password: YES)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
    run(&database, &format!("DROP USER {}", database.name));
}

#[test]
fn a_user_who_may_not_make_tables() {
    let Some(database) = mariadb() else {
        return;
    };
    run(
        &database,
        &format!(
            "CREATE USER {0} IDENTIFIED BY '{PASSWORD}'; GRANT SELECT ON {0}.* TO {0}",
            database.name
        ),
    );
    let project = Project::on(&database, "").table("a1", "base");
    let (_, server) = database.url.split_once('@').unwrap();
    let url = format!("mysql://{}:{PASSWORD}@{server}", database.name);
    insta::assert_snapshot!(project.told_arguments(&["--url", &url, "upgrade", "head"]), @"
[stderr]
error: the version table 'alembic_version' could not be created: CREATE command denied to user '[DATABASE]'@'127.0.0.1' for table `[DATABASE]`.`alembic_version`
 |
 = note: Nothing of this run was kept.
 = help: let this user do it with GRANT, or take an address with another user
[exit 1]
");
    run(&database, &format!("DROP USER {}", database.name));
}

#[test]
fn a_row_that_another_run_has_written() {
    let Some(database) = mariadb() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nINSERT INTO alembic_version VALUES ('a1');\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: somebody else moved this database while it was being migrated: 'a1' should not have been in 'alembic_version', but it is there; what this run had not committed is rolled back. Run the command again
 |
 = note: Nothing of this run was kept.
[exit 1]
");
}

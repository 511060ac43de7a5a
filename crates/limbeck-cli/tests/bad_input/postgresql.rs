//! What PostgreSQL refuses, and what becomes of a connection that breaks.
use limbeck_testing::TestDatabase;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::project::{PASSWORD, Project, wait};

fn postgresql() -> Option<TestDatabase> {
    wait(limbeck_testing::postgres())
}

/// Runs statements as the administrator.
fn run(database: &TestDatabase, sql: &str) {
    wait(async {
        let mut connection = PgConnection::connect(&database.url).await.unwrap();
        let statements = sqlx::raw_sql(AssertSqlSafe(sql));
        statements.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

#[test]
fn a_syntax_error() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (\n    n INTEGER,\n    m INTEGER NOT,\n    o INTEGER\n);\n");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: syntax error at or near ","
 --> [ROOT]/migrations/versions/a1.sql:9:18
  |
9 |     m INTEGER NOT,
  |                  ^
  |
  = note: Nothing of this run was kept.
  = help: correct the script and run the command again
[exit 1]
"#);
}

#[test]
fn a_column_that_is_missing() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nCREATE TABLE t (name TEXT);\nSELECT nam\n  FROM t;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: column "nam" does not exist
       HINT: Perhaps you meant to reference the column "t.name".
 --> [ROOT]/migrations/versions/a1.sql:8:8
  |
8 | SELECT nam
  |        ^^^
  |
  = note: Nothing of this run was kept.
  = help: correct the script and run the command again
[exit 1]
"#);
}

#[test]
fn a_dollar_quote_that_never_ends() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS $body$\n  SELECT 1;\n$boody$;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: a dollar-quoted string begins here and never ends; add the closing dollar tag
 --> [ROOT]/migrations/versions/a1.sql:7:49
  |
7 | CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $body$
  |                                                 ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_parenthesis_that_never_closes() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER;\nSELECT 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: this parenthesis is never closed, so the statement never ends
 --> [ROOT]/migrations/versions/a1.sql:7:16
  |
7 | CREATE TABLE t (n INTEGER;
  |                ^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn a_command_of_psql() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\n\\set x 1\nSELECT 1;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
error: revision a1 could not be run: '\set' is a command of psql, not SQL; write the statement itself, or run the command outside the migration
 --> [ROOT]/migrations/versions/a1.sql:7:1
  |
7 | \set x 1
  | ^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
"#);
}

#[test]
fn rows_that_only_psql_can_carry() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER);\nCOPY t FROM STDIN;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: revision a1 could not be run: COPY FROM STDIN moves rows through psql; write INSERT statements, or COPY to or from a file of the server
 --> [ROOT]/migrations/versions/a1.sql:8:1
  |
8 | COPY t FROM STDIN;
  | ^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn an_index_built_concurrently_inside_the_transaction() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER);\nCREATE INDEX CONCURRENTLY i ON t (n);\n",
    );
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: CREATE INDEX CONCURRENTLY cannot run inside a transaction block
 --> [ROOT]/migrations/versions/a1.sql:8:1
  |
8 | CREATE INDEX CONCURRENTLY i ON t (n);
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept.
  = help: put the line '-- limbeck: no transaction for next statement' above it
[exit 1]
");
}

#[test]
fn outside_the_transaction_in_a_dry_run() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision(
        "a1",
        "base",
        "-- limbeck: upgrade\n-- limbeck: no transaction for next statement\nVACUUM;\n",
    );
    insta::assert_snapshot!(project.told("upgrade head --dry-run"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: this statement cannot be run: it runs outside a transaction, so a dry run could not take it back
 --> [ROOT]/migrations/versions/a1.sql:8:1
  |
8 | VACUUM;
  | ^^^^^^
  |
  = note: Nothing of this run was kept.
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn a_constraint_broken_half_way() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "transaction = \"run\"\n").table("a1", "base").revision("b1", "a1", "-- limbeck: upgrade\nCREATE TABLE account (name VARCHAR(9) UNIQUE);\nINSERT INTO account VALUES ('ada'), ('ada');\nCREATE INDEX by_name ON account (name);\n").table("c1", "b1");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: duplicate key value violates unique constraint "account_name_key"
       DETAIL: Key (name)=(ada) already exists.
 --> [ROOT]/migrations/versions/b1.sql:8:1
  |
8 | INSERT INTO account VALUES ('ada'), ('ada');
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept. Rolled back: a1.
  = help: correct the script and run the command again
[exit 1]
"#);
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn a_constraint_broken_half_way_with_a_transaction_for_each_revision() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "transaction = \"revision\"\n").table("a1", "base").revision("b1", "a1", "-- limbeck: upgrade\nCREATE TABLE account (name VARCHAR(9) UNIQUE);\nINSERT INTO account VALUES ('ada'), ('ada');\nCREATE INDEX by_name ON account (name);\n").table("c1", "b1");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [alembic.runtime.migration] Running upgrade a1 -> b1, make b1
error: the database refused a statement of the upgrade of revision b1: duplicate key value violates unique constraint "account_name_key"
       DETAIL: Key (name)=(ada) already exists.
 --> [ROOT]/migrations/versions/b1.sql:8:1
  |
8 | INSERT INTO account VALUES ('ada'), ('ada');
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Kept: a1.
  = help: correct the script and run the command again
[exit 1]
"#);
    insta::assert_snapshot!(project.told("current"), @"
a1
[exit 0]
");
}

#[test]
fn a_constraint_that_is_checked_at_the_commit() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE c (p INTEGER REFERENCES p DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO c VALUES (7);\n");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused to commit: insert or update on table "c" violates foreign key constraint "c_p_fkey"
       DETAIL: Key (p)=(7) is not present in table "p".
 |
 = note: Nothing of this run was kept. Rolled back: a1.
 = help: something that is only checked at the end does not hold; correct the script and run the command again
[exit 1]
"#);
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn the_connection_breaks() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER);\nSELECT pg_terminate_backend(pg_backend_pid());\nSELECT 1;\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: terminating connection due to administrator command
 --> [ROOT]/migrations/versions/a1.sql:8:1
  |
8 | SELECT pg_terminate_backend(pg_backend_pid());
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept.
  = help: the database rolls back what was not committed; see why the connection broke, then run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn the_connection_breaks_between_transactions() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").revision("a1", "base", "-- limbeck: upgrade\nCREATE TABLE t (n INTEGER);\n-- limbeck: no transaction\nSELECT pg_terminate_backend(pg_backend_pid());\n");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: the database refused a statement of the upgrade of revision a1: terminating connection due to administrator command
 --> [ROOT]/migrations/versions/a1.sql:9:1
  |
9 | SELECT pg_terminate_backend(pg_backend_pid());
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: Nothing of this run was kept. Of a1 the first of 2 statements stays in the database, its version row does not: undo it by hand, or take it out of the script, before you run it again.
  = help: nobody told whether the statement took effect; look before you run it again
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn the_lock_breaks() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "")
    .revision("a1", "base", "-- limbeck: upgrade\nSELECT pg_terminate_backend(pid) FROM pg_stat_activity\n  WHERE datname = current_database() AND pid <> pg_backend_pid();\n")
    .table("b1", "a1");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
error: this run no longer holds the lock on the database: the connection that holds it does not answer: terminating connection due to administrator command; it stops before the next step. What it had not committed is rolled back; run the command again
 |
 = note: Nothing of this run was kept. Rolled back: a1.
[exit 1]
");
    insta::assert_snapshot!(project.told("current"), @"[exit 0]");
}

#[test]
fn a_database_that_does_not_exist() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").table("a1", "base");
    let missing = database.url.replace(&database.name, "nowhere");
    insta::assert_snapshot!(project.told_arguments(&["--url", &missing, "upgrade", "head"]), @r#"
[stderr]
error: cannot connect to postgres://postgres@[SERVER]/nowhere?sslmode=disable: database "nowhere" does not exist
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
"#);
}

#[test]
fn a_user_that_does_not_exist() {
    let Some(database) = postgresql() else {
        return;
    };
    let project = Project::on(&database, "").table("a1", "base");
    let (_, server) = database.url.split_once('@').unwrap();
    let stranger = format!("postgresql://limbeck_stranger:{PASSWORD}@{server}");
    insta::assert_snapshot!(project.told_arguments(&["--url", &stranger, "upgrade", "head"]), @r#"
[stderr]
error: cannot connect to postgresql://limbeck_stranger:***@[SERVER]/[DATABASE]?sslmode=disable: role "limbeck_stranger" does not exist
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
"#);
}

#[test]
fn a_user_who_may_not_make_tables() {
    let Some(database) = postgresql() else {
        return;
    };
    let reader = format!("{}_reader", database.name);
    run(
        &database,
        &format!(
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE {reader} LOGIN PASSWORD '{PASSWORD}'"
        ),
    );
    let project = Project::on(&database, "").table("a1", "base");
    let (_, server) = database.url.split_once('@').unwrap();
    let url = format!("postgresql://{reader}:{PASSWORD}@{server}");
    insta::assert_snapshot!(project.told_arguments(&["--url", &url, "upgrade", "head"]), @"
[stderr]
error: the version table 'alembic_version' could not be created: permission denied for schema public
 |
 = note: Nothing of this run was kept.
 = help: let this user do it with GRANT, or take an address with another user
[exit 1]
");
    run(&database, &format!("DROP ROLE {reader}"));
}

#[test]
fn a_server_that_only_reads() {
    let Some(database) = postgresql() else {
        return;
    };
    run(
        &database,
        &format!(
            "ALTER DATABASE {} SET default_transaction_read_only = on",
            database.name
        ),
    );
    let project = Project::on(&database, "").table("a1", "base");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: the version table 'alembic_version' could not be created: cannot execute CREATE TABLE in a read-only transaction
 |
 = note: Nothing of this run was kept.
 = help: the server only reads; take the address of one that writes, or the main one of a cluster
[exit 1]
");
}

#[test]
fn a_version_table_of_numbers() {
    let Some(database) = postgresql() else {
        return;
    };
    run(
        &database,
        "CREATE TABLE alembic_version (version_num INTEGER); INSERT INTO alembic_version VALUES (7)",
    );
    let project = Project::on(&database, "").table("a1", "base");
    insta::assert_snapshot!(project.told("current"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: 7; delete it or put it right, then run the command again
[exit 1]
");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
error: the version table 'alembic_version' has a row that is no revision id: 7; delete it or put it right, then run the command again
 |
 = note: Nothing of this run was kept.
[exit 1]
");
}

#[test]
fn an_unknown_schema_for_the_version_table() {
    let Some(database) = postgresql() else {
        return;
    };
    let project =
        Project::on(&database, "version_table_schema = \"nowhere\"\n").table("a1", "base");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
[stderr]
error: the version table 'nowhere.alembic_version' could not be created: schema "nowhere" does not exist
 |
 = note: Nothing of this run was kept.
 = help: make the schema first, or name another
[exit 1]
"#);
}

#[test]
fn an_id_too_long_for_the_version_table_widens_it() {
    let Some(database) = postgresql() else {
        return;
    };
    run(
        &database,
        "CREATE TABLE alembic_version (version_num VARCHAR(1) NOT NULL PRIMARY KEY)",
    );
    let project = Project::on(&database, "").table("a1", "base");
    insta::assert_snapshot!(project.told("upgrade head"), @"
[stderr]
INFO  [alembic.runtime.migration] Running upgrade  -> a1, make a1
INFO  [limbeck] Done: 1 step in [TIME] ms; the database is at a1.
[exit 0]
");
}

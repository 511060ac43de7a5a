//! Database addresses that cannot be understood, and databases that do not answer.
use crate::project::{PASSWORD, Project, decent};

/// What `upgrade` on this address says. However it is asked to say it, the password is not in it.
fn refused(url: &str) -> String {
    let project = Project::new().table("a1", "base");
    for options in [&["--format", "json"][..], &["--raiseerr"]] {
        let arguments = [&["--url", url, "upgrade", "head"], options].concat();
        let ran = project.run_arguments(&arguments);
        decent(&ran);
        assert_ne!(ran.code, 0);
    }
    for line in [&["current"][..], &["status"], &["plan"]] {
        decent(&project.run_arguments(&[&["--url", url], line].concat()));
    }
    project.told_arguments(&["--url", url, "upgrade", "head"])
}

#[test]
fn an_unknown_database() {
    insta::assert_snapshot!(refused("postgers://u:hunter2@127.0.0.1:1/d"), @r#"
FAILED: --url: the database "postgers" is not supported; supported are sqlite, postgresql, mysql and mariadb; did you mean postgres?
[exit 255]
"#);
    insta::assert_snapshot!(refused("oracle://u:hunter2@127.0.0.1:1/d"), @r#"
FAILED: --url: the database "oracle" is not supported; supported are sqlite, postgresql, mysql and mariadb
[exit 255]
"#);
    insta::assert_snapshot!(refused("hunter2"), @"
FAILED: --url: this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
[exit 255]
");
    insta::assert_snapshot!(refused("u:hunter2@127.0.0.1:1/d"), @"
FAILED: --url: this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
[exit 255]
");
    insta::assert_snapshot!(refused("://hunter2"), @"
FAILED: --url: this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
[exit 255]
");
}

#[test]
fn an_unknown_driver() {
    insta::assert_snapshot!(refused("postgresql+psycopg9://u:hunter2@127.0.0.1:1/d"), @r#"
FAILED: --url: the driver "psycopg9" is not known for postgresql; known are psycopg2, psycopg, psycopg_async, psycopg2cffi, asyncpg, pg8000, or leave out "+psycopg9"; did you mean psycopg?
[exit 255]
"#);
    insta::assert_snapshot!(refused("sqlite+pysqlcipher://:hunter2@/x.db"), @r#"
FAILED: --url: the driver "pysqlcipher" encrypts the file, which is not supported; supported are plain SQLite files
[exit 255]
"#);
}

#[test]
fn the_placeholder_of_the_template() {
    insta::assert_snapshot!(refused("driver://user:pass@localhost/dbname"), @"
FAILED: --url: the database address is still the placeholder of the template; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database, or ${NAME} to take it from an environment variable
[exit 255]
");
}

#[test]
fn a_bad_port() {
    insta::assert_snapshot!(refused("postgresql://u:hunter2@h:port/d"), @"
FAILED: --url: the port in the address is not a number from 1 to 65535; if it is part of a password, write @ as %40, : as %3A and / as %2F there
[exit 255]
");
    insta::assert_snapshot!(refused("mysql://u:hunter2@h:99999/d"), @"
FAILED: --url: the port in the address is not a number from 1 to 65535; if it is part of a password, write @ as %40, : as %3A and / as %2F there
[exit 255]
");
    insta::assert_snapshot!(refused("postgresql://u:hunter2@h:0/d"), @"
FAILED: --url: the port in the address is not a number from 1 to 65535; if it is part of a password, write @ as %40, : as %3A and / as %2F there
[exit 255]
");
}

#[test]
fn a_password_that_is_not_escaped() {
    insta::assert_snapshot!(refused("postgresql://u:a@hunter2@127.0.0.1:1/d"), @"
FAILED: --url: the host in the address contains a character that cannot be in a host; write @ as %40, : as %3A and / as %2F in a user name or password, and put an IPv6 address in [ ]
[exit 255]
");
    insta::assert_snapshot!(refused("postgresql://u:a/hunter2@127.0.0.1:1/d"), @"
[stderr]
error: cannot connect to postgresql://u:***@127.0.0.1:1/d: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
    insta::assert_snapshot!(refused("postgresql://u:a:hunter2@127.0.0.1:1/d#x"), @"
[stderr]
error: cannot connect to postgresql://u:***@127.0.0.1:1/d#x: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
    insta::assert_snapshot!(refused("mysql://u:hunter2?x@127.0.0.1:1/d"), @"
[stderr]
error: cannot connect to mysql://u:***@127.0.0.1:1/d: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
}

#[test]
fn an_escape_that_is_none() {
    insta::assert_snapshot!(refused("postgresql://u:hunter2%zz@127.0.0.1:1/d"), @"
[stderr]
error: cannot connect to postgresql://u:***@127.0.0.1:1/d: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
    insta::assert_snapshot!(refused("postgresql://u:hunter2%ff@h/d"), @"
FAILED: --url: the password in the address is not UTF-8 after its %XX escapes are resolved
[exit 255]
");
    insta::assert_snapshot!(refused("postgresql://u:hunter2@127.0.0.1:1/%ff"), @"
[stderr]
error: cannot connect to postgresql://u:***@127.0.0.1:1/%ff: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
}

#[test]
fn parameters() {
    insta::assert_snapshot!(refused("postgresql://u:hunter2@127.0.0.1:1/d?sslmode=maybe"), @r#"
FAILED: --url: the parameter "sslmode" of the address must be disable, allow, prefer, require, verify-ca or verify-full
[exit 255]
"#);
    insta::assert_snapshot!(refused("postgresql://u:hunter2@127.0.0.1:1/d?sslmod=require"), @r#"
FAILED: --url: the parameter "sslmod" of the postgresql address is not known; did you mean sslmode?
[exit 255]
"#);
    insta::assert_snapshot!(refused("mysql://u:hunter2@127.0.0.1:1/d?ssl-mode=maybe"), @r#"
FAILED: --url: the parameter "ssl_mode" of the address must be DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY
[exit 255]
"#);
    insta::assert_snapshot!(refused("postgresql://u@127.0.0.1:1/d?pasword=hunter2"), @r#"
FAILED: --url: the parameter "pasword" of the postgresql address is not known; did you mean password?
[exit 255]
"#);
    insta::assert_snapshot!(refused("postgresql://u:hunter2@127.0.0.1:1/d?connect_timeout=soon"), @r#"
FAILED: --url: the parameter "connect_timeout" of the address must be a number of seconds
[exit 255]
"#);
    insta::assert_snapshot!(refused("sqlite:///app.db?mode=maybe&uri=true"), @r#"
FAILED: --url: the parameter "mode" of the address must be ro, rw, rwc or memory
[exit 255]
"#);
}

#[test]
fn a_sqlite_address_with_a_host() {
    insta::assert_snapshot!(refused("sqlite://hunter2/app.db"), @"
FAILED: --url: an SQLite address names no host, user or port: write sqlite:///relative/file.db, sqlite:////absolute/file.db or sqlite:// for a database in memory
[exit 255]
");
    insta::assert_snapshot!(refused("sqlite://u:hunter2@127.0.0.1:1/app.db"), @"
FAILED: --url: an SQLite address names no host, user or port: write sqlite:///relative/file.db, sqlite:////absolute/file.db or sqlite:// for a database in memory
[exit 255]
");
}

#[test]
fn a_mysql_address_without_a_user() {
    insta::assert_snapshot!(refused("mysql://h/d"), @"
FAILED: --url: the address has no user name; write mysql://user@host/database
[exit 255]
");
}

#[test]
fn nobody_listens() {
    insta::assert_snapshot!(refused("postgresql://u:hunter2@127.0.0.1:1/d?sslmode=disable"), @"
[stderr]
error: cannot connect to postgresql://u:***@127.0.0.1:1/d?sslmode=disable: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
    insta::assert_snapshot!(refused("mysql://u:hunter2@127.0.0.1:1/d"), @"
[stderr]
error: cannot connect to mysql://u:***@127.0.0.1:1/d: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
    insta::assert_snapshot!(refused("mariadb://u:hunter2@127.0.0.1:1/d"), @"
[stderr]
error: cannot connect to mariadb://u:***@127.0.0.1:1/d: Connection refused (os error 111)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
    insta::assert_snapshot!(refused("postgresql:///d?host=/nowhere&user=u&password=hunter2"), @"
[stderr]
error: cannot connect to postgresql:///d?host=%2Fnowhere&password=***&user=u: No such file or directory (os error 2)
 |
 = help: check the address, and that the server runs and lets this user in
[exit 1]
");
}

#[test]
fn a_directory_that_does_not_exist() {
    insta::assert_snapshot!(refused("sqlite:///nowhere/app.db"), @"
[stderr]
error: cannot connect to sqlite:///nowhere/app.db: unable to open database file: the directory '[ROOT]/nowhere' does not exist; create it first
 |
 = help: check the path in the address
[exit 1]
");
}

#[test]
fn a_directory_instead_of_a_file() {
    insta::assert_snapshot!(refused("sqlite:///migrations"), @"
[stderr]
error: cannot connect to sqlite:///migrations: unable to open database file: '[ROOT]/migrations' is a directory
 |
 = help: check the path in the address
[exit 1]
");
}

#[test]
fn a_file_that_is_no_database() {
    insta::assert_snapshot!(refused("sqlite:///limbeck.toml"), @"
[stderr]
error: cannot connect to sqlite:///limbeck.toml: file is not a database
 |
 = help: check that the address leads to an SQLite file; an encrypted one cannot be opened
[exit 1]
");
}

#[test]
fn a_variable_that_is_not_set() {
    let project = Project::with_settings("url = \"${DATABASE_URL}\"\n").table("a1", "base");
    insta::assert_snapshot!(project.told("upgrade head"), @r#"
FAILED: url takes the environment variable DATABASE_URL, which is not set; set it, or give the address with --url
[stderr]
error: url takes the environment variable DATABASE_URL, which is not set; set it, or give the address with --url
 --> [ROOT]/limbeck.toml:1:7
  |
1 | url = "${DATABASE_URL}"
  |       ^^^^^^^^^^^^^^^^^
[exit 255]
"#);
    insta::assert_snapshot!(project.told("current"), @r#"
FAILED: url takes the environment variable DATABASE_URL, which is not set; set it, or give the address with --url
[stderr]
error: url takes the environment variable DATABASE_URL, which is not set; set it, or give the address with --url
 --> [ROOT]/limbeck.toml:1:7
  |
1 | url = "${DATABASE_URL}"
  |       ^^^^^^^^^^^^^^^^^
[exit 255]
"#);
}

#[test]
fn a_variable_that_is_no_address() {
    let project = Project::with_settings("url = \"${DATABASE_URL}\"\n").table("a1", "base");
    let mut command = project.command();
    command
        .env("DATABASE_URL", PASSWORD)
        .args(["upgrade", "head"]);
    insta::assert_snapshot!(project.told_by(&mut command), @r#"
FAILED: url: this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
[stderr]
error: url: this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
 --> [ROOT]/limbeck.toml:1:7
  |
1 | url = "${DATABASE_URL}"
  |       ^^^^^^^^^^^^^^^^^
[exit 255]
"#);
}

#[test]
fn a_reference_that_is_not_closed() {
    let project = Project::with_settings("url = \"postgresql://u:hunter2@${HOST/d\"\n");
    insta::assert_snapshot!(project.told("current"), @"
FAILED: url must be an address in which every ${ starts the name of an environment variable and a }, as in ${DATABASE_URL}; write $${ for a plain ${
[stderr]
error: url must be an address in which every ${ starts the name of an environment variable and a }, as in ${DATABASE_URL}; write $${ for a plain ${
 |
 = note: [ROOT]/limbeck.toml:1:7
[exit 255]
");
}

#[test]
fn no_address() {
    let project = Project::with_settings("").table("a1", "base");
    insta::assert_snapshot!(project.told("upgrade head"), @"
FAILED: [ROOT]/limbeck.toml: url is not set; set it, or give the address with --url
[exit 255]
");
}

#[test]
fn an_address_in_an_ini_file_that_is_wrong() {
    let project = Project::empty();
    project.write("a/README", "");
    project.write(
        "alembic.ini",
        "[alembic]\nscript_location = a\nsqlalchemy.url = postgersql://u:hunter2@127.0.0.1:1/d\n",
    );
    insta::assert_snapshot!(project.told("current"), @r#"
FAILED: sqlalchemy.url: the database "postgersql" is not supported; supported are sqlite, postgresql, mysql and mariadb; did you mean postgresql?
[stderr]
error: sqlalchemy.url: the database "postgersql" is not supported; supported are sqlite, postgresql, mysql and mariadb; did you mean postgresql?
 |
 = note: [ROOT]/alembic.ini:3:18
[exit 255]
"#);
}

#[test]
fn no_address_in_an_ini_file() {
    let project = Project::empty();
    project.write("a/README", "");
    project.write("alembic.ini", "[alembic]\nscript_location = a\n");
    insta::assert_snapshot!(project.told("current"), @"
FAILED: [ROOT]/alembic.ini: sqlalchemy.url is not set; set it, or give the address with --url
[exit 255]
");
}

//! Addresses, as SQLAlchemy 2.0 reads and prints them, and as options of the driver.

use std::path::Path;

use proptest::prelude::*;
use sqlx::ConnectOptions;

use super::*;

fn url(text: &str) -> DatabaseUrl {
    DatabaseUrl::parse(text).unwrap()
}

fn refused(text: &str) -> String {
    DatabaseUrl::parse(text).unwrap_err().to_string()
}

/// Every part with its password, then what is shown.
fn parts(text: &str) -> String {
    let url = url(text);
    format!(
        "{} user={:?} password={:?} host={:?} port={:?} database={:?} {}",
        url.backend(),
        url.user(),
        url.password().map(Secret::expose),
        url.host(),
        url.port(),
        url.database(),
        url
    )
}

#[test]
fn addresses_are_read_and_printed_as_sqlalchemy_does() {
    // Each line was compared with `make_url` of SQLAlchemy 2.0.58, except those marked with a comment.
    let table = [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///relative.db",
        "sqlite:////absolute/x.db",
        "sqlite+pysqlite:///x.db?timeout=3",
        "sqlite+aiosqlite:///x.db",
        "sqlite:///file:x?mode=ro&uri=true",
        "postgresql://h/db",
        "postgresql+psycopg2://u:p%40ss@h:5432/db",
        "postgresql+psycopg://u:pa/ss@h/db",
        "postgresql+asyncpg://u@t@h/db",
        "postgresql+pg8000://u:p@[::1]:5433/db",
        "postgresql:///db?host=/var/run/postgresql",
        "postgresql://u:p@/db?host=h1:1&host=h2:2",
        "postgresql://u:p@h",
        "postgresql://h/d%20b",
        "postgresql://:pw@h/d",
        "postgresql://u+x y:p@h/d",
        "postgresql://h:5432/db?opt=a@b",
        "postgresql://h/db?a=1+2&b=&c",
        "mysql+pymysql://u:p w@h/db?charset=utf8mb4",
        "mysql+mysqldb://u:@h/d",
        "mariadb+mariadbconnector://u:p@h:3307/d",
        // SQLAlchemy refuses the scheme `postgres`; it is read as libpq does.
        "postgres://u:p@%2Fvar%2Frun/d%20b",
        // sqlx's notation.
        "sqlite:data/x.db?mode=ro",
        "sqlite::memory:",
        // SQLAlchemy would print this password.
        "postgresql://h/db?user=u&password=secret",
    ];
    let read: Vec<_> = table.iter().map(|text| parts(text)).collect();
    insta::assert_snapshot!(read.join("\n"), @r#"
    sqlite user=None password=None host=None port=None database=None sqlite://
    sqlite user=None password=None host=None port=None database=Some(":memory:") sqlite:///:memory:
    sqlite user=None password=None host=None port=None database=Some("relative.db") sqlite:///relative.db
    sqlite user=None password=None host=None port=None database=Some("/absolute/x.db") sqlite:////absolute/x.db
    sqlite user=None password=None host=None port=None database=Some("x.db") sqlite+pysqlite:///x.db?timeout=3
    sqlite user=None password=None host=None port=None database=Some("x.db") sqlite+aiosqlite:///x.db
    sqlite user=None password=None host=None port=None database=Some("file:x") sqlite:///file:x?mode=ro&uri=true
    postgresql user=None password=None host=Some("h") port=None database=Some("db") postgresql://h/db
    postgresql user=Some("u") password=Some("p@ss") host=Some("h") port=Some(5432) database=Some("db") postgresql+psycopg2://u:***@h:5432/db
    postgresql user=Some("u") password=Some("pa/ss") host=Some("h") port=None database=Some("db") postgresql+psycopg://u:***@h/db
    postgresql user=Some("u@t") password=None host=Some("h") port=None database=Some("db") postgresql+asyncpg://u%40t@h/db
    postgresql user=Some("u") password=Some("p") host=Some("::1") port=Some(5433) database=Some("db") postgresql+pg8000://u:***@[::1]:5433/db
    postgresql user=None password=None host=None port=None database=Some("db") postgresql:///db?host=%2Fvar%2Frun%2Fpostgresql
    postgresql user=Some("u") password=Some("p") host=None port=None database=Some("db") postgresql://u:***@/db?host=h1%3A1&host=h2%3A2
    postgresql user=Some("u") password=Some("p") host=Some("h") port=None database=None postgresql://u:***@h
    postgresql user=None password=None host=Some("h") port=None database=Some("d%20b") postgresql://h/d%20b
    postgresql user=Some("") password=Some("pw") host=Some("h") port=None database=Some("d") postgresql://:***@h/d
    postgresql user=Some("u+x y") password=Some("p") host=Some("h") port=None database=Some("d") postgresql://u+x y:***@h/d
    postgresql user=Some("h") password=Some("5432/db?opt=a") host=Some("b") port=None database=None postgresql://h:***@b
    postgresql user=None password=None host=Some("h") port=None database=Some("db") postgresql://h/db?a=1+2
    mysql user=Some("u") password=Some("p w") host=Some("h") port=None database=Some("db") mysql+pymysql://u:***@h/db?charset=utf8mb4
    mysql user=Some("u") password=Some("") host=Some("h") port=None database=Some("d") mysql+mysqldb://u:***@h/d
    mariadb user=Some("u") password=Some("p") host=Some("h") port=Some(3307) database=Some("d") mariadb+mariadbconnector://u:***@h:3307/d
    postgresql user=Some("u") password=Some("p") host=Some("/var/run") port=None database=Some("d b") postgres://u:***@%2Fvar%2Frun/d b
    sqlite user=None password=None host=None port=None database=Some("data/x.db") sqlite:///data/x.db?mode=ro
    sqlite user=None password=None host=None port=None database=Some(":memory:") sqlite:///:memory:
    postgresql user=None password=None host=Some("h") port=None database=Some("db") postgresql://h/db?password=***&user=u
    "#);
}

#[test]
fn wrong_addresses_say_what_would_be_right() {
    let said: Vec<_> = [
        "",
        "app.db",
        "file:app.db",
        "://u:secret@h/d",
        "mssql+pyodbc://u:secret@h/d",
        "postgress://u:secret@h/d",
        "mysql+pymsql://u:secret@h/d",
        "sqlite+pysqlcipher://:secret@/x.db",
        "driver://user:secret@localhost/dbname",
        "postgresql://u:secr@et@h/d",
        "postgresql://u:secret@h:port/d",
        "postgresql://u:secret@h:70000/d",
        "postgresql://u:secret@[::1/d",
        "postgresql://u:secret@a:1,:2/d",
        "postgresql://u:secret%ff@h/d",
        "sqlite://app.db",
        "sqlite://u:secret@h/app.db",
    ]
    .into_iter()
    .map(refused)
    .collect();
    assert!(said.iter().all(|text| !text.contains("secr")));
    insta::assert_snapshot!(said.join("\n"), @r#"
    this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
    this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
    this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
    this is not a database address; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database
    the database "mssql" is not supported; supported are sqlite, postgresql, mysql and mariadb
    the database "postgress" is not supported; supported are sqlite, postgresql, mysql and mariadb; did you mean postgres?
    the driver "pymsql" is not known for mysql; known are pymysql, mysqldb, mysqlconnector, mariadbconnector, aiomysql, asyncmy, cymysql, or leave out "+pymsql"; did you mean pymysql?
    the driver "pysqlcipher" encrypts the file, which is not supported; supported are plain SQLite files
    the database address is still the placeholder of the template; write sqlite:///file.db, postgresql://user:password@host/database, mysql://user:password@host/database or mariadb://user:password@host/database, or ${NAME} to take it from an environment variable
    the host in the address contains a character that cannot be in a host; write @ as %40, : as %3A and / as %2F in a user name or password, and put an IPv6 address in [ ]
    the port in the address is not a number from 1 to 65535; if it is part of a password, write @ as %40, : as %3A and / as %2F there
    the port in the address is not a number from 1 to 65535; if it is part of a password, write @ as %40, : as %3A and / as %2F there
    the host in the address contains a character that cannot be in a host; write @ as %40, : as %3A and / as %2F in a user name or password, and put an IPv6 address in [ ]
    the host in the address contains a character that cannot be in a host; write @ as %40, : as %3A and / as %2F in a user name or password, and put an IPv6 address in [ ]
    the password in the address is not UTF-8 after its %XX escapes are resolved
    an SQLite address names no host, user or port: write sqlite:///relative/file.db, sqlite:////absolute/file.db or sqlite:// for a database in memory
    an SQLite address names no host, user or port: write sqlite:///relative/file.db, sqlite:////absolute/file.db or sqlite:// for a database in memory
    "#);
}

#[test]
fn a_password_is_never_shown() {
    let url = url("postgresql+psycopg2://me:s3cret@h/d?sslpassword=s3cret");
    let shown = [
        format!("{url} {url:?} {:?}", url.password()),
        serde_json::to_string(&url).unwrap(),
        serde_json::to_string(url.password().unwrap()).unwrap(),
    ]
    .join(" ");
    assert!(!shown.contains("s3cret"), "{shown}");
    assert_eq!(
        url.redacted(),
        "postgresql+psycopg2://me:***@h/d?sslpassword=***"
    );
}

#[test]
fn an_sqlite_file_is_relative_to_the_base_directory() {
    let file = |text: &str| url(text).with_base_directory("/project").sqlite_file();
    let path = |text: &str| Some(Path::new(text).to_path_buf());
    assert_eq!(file("sqlite:///app.db"), path("/project/app.db"));
    assert_eq!(file("sqlite:////srv/app.db"), path("/srv/app.db"));
    assert_eq!(file("sqlite:data/app.db"), path("/project/data/app.db"));
    assert_eq!(file("sqlite:///file:a%20b?uri=true"), path("/project/a b"));
    assert_eq!(file("sqlite:///file:///a.db?uri=true"), path("/a.db"));
    assert_eq!(file("sqlite:///100%25.db"), path("/project/100%25.db"));
    for memory in [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite::memory:",
        "sqlite:///file:name?mode=memory&cache=shared&uri=true",
        "postgresql://h/d",
    ] {
        assert_eq!(file(memory), None, "{memory}");
    }
}

#[tokio::test]
async fn sqlite_options_open_what_the_address_says() {
    use sqlx::{Connection, Executor, Row};
    let directory = tempfile::tempdir().unwrap();
    let open = async |text: &str| {
        let url = url(text).with_base_directory(directory.path());
        url.to_sqlite_options().unwrap().connect().await
    };
    assert!(open("sqlite:///a%b.db?mode=rw").await.is_err());
    let mut connection = open("sqlite:///a%b.db").await.unwrap();
    connection.execute("CREATE TABLE t (x)").await.unwrap();
    let row = connection.fetch_one("PRAGMA foreign_keys").await.unwrap();
    assert_eq!(row.get::<i64, _>(0), 0);
    connection.close().await.unwrap();
    assert!(directory.path().join("a%b.db").is_file());

    let mut connection = open("sqlite:///a%b.db?mode=ro").await.unwrap();
    assert!(connection.execute("CREATE TABLE u (x)").await.is_err());
    let mut connection = open("sqlite:///file:a%25b.db?mode=rw&uri=true")
        .await
        .unwrap();
    connection.execute("CREATE TABLE u (x)").await.unwrap();

    let mut one = open("sqlite://").await.unwrap();
    let mut other = open("sqlite://").await.unwrap();
    one.execute("CREATE TABLE t (x)").await.unwrap();
    assert!(other.execute("SELECT * FROM t").await.is_err());

    let shared = "sqlite:///file:shared_by_name?mode=memory&cache=shared&uri=true";
    let mut one = open(shared).await.unwrap();
    let mut other = open(shared).await.unwrap();
    one.execute("CREATE TABLE t (x)").await.unwrap();
    other.execute("SELECT * FROM t").await.unwrap();
}

/// Host, port, user, database, TLS mode and server settings of every host.
fn postgres(text: &str) -> String {
    let options = match url(text).to_postgres_options() {
        Ok(options) => options,
        Err(error) => return error.to_string(),
    };
    let shown = options.iter().map(|options| {
        format!(
            "{}:{} {} {:?} {:?} {:?}",
            options.get_host(),
            options.get_port(),
            options.get_username(),
            options.get_database().unwrap_or(""),
            options.get_ssl_mode(),
            options.get_options().unwrap_or(""),
        )
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn postgres_addresses_become_options() {
    let said: Vec<_> = [
        "postgresql+psycopg2://u:p@h:5433/d?sslmode=require",
        "postgresql://u:p@h:1/d?sslmode=require&sslrootcert=/ca.pem",
        "postgresql://u:p@h:1/d?sslmode=verify-full&sslrootcert=system",
        "postgresql+asyncpg://u:p@h:1/d?ssl=true",
        "postgresql+asyncpg://u:p@h:1/d?ssl=verify-full&timeout=3",
        "postgresql://u:p@h:1/d?sslmode=allow",
        "postgresql://u@/d?host=/var/run/postgresql&port=1&sslmode=disable",
        "postgresql://u@%2Fvar%2Frun%2Fpostgresql:1/d?sslmode=disable",
        "postgresql://u@[::1]:1/d?sslmode=disable",
        "postgresql://u@/d?host=a,b&port=1,2&sslmode=disable&target_session_attrs=read-write",
        "postgresql://u@/d?host=a:1&host=[::1]:2&sslmode=disable",
        "postgresql://u@a:1,b:2,[::1]:3/d?sslmode=disable",
        "postgresql://u@/d?host=[::1]&host=c&port=7&sslmode=disable",
        "postgresql://u@h:1/d?sslmode=disable&options=-csearch_path%3Dapp%20--work-mem%3D8MB%20-c%20a.b%3Dx\\%20y",
        "postgresql://u@h:1/d?sslmode=disable&application_name=x&connect_timeout=5&keepalives=1",
        "postgresql://x/d?user=u&dbname=e&port=1&sslmode=disable",
    ]
    .into_iter()
    .map(postgres)
    .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    h:5433 u "d" Require ""
    h:1 u "d" VerifyCa ""
    h:1 u "d" VerifyFull ""
    h:1 u "d" Require ""
    h:1 u "d" VerifyFull ""
    h:1 u "d" Prefer ""
    /var/run/postgresql:1 u "d" Disable ""
    /var/run/postgresql:1 u "d" Disable ""
    ::1:1 u "d" Disable ""
    a:1 u "d" Disable "", b:2 u "d" Disable ""
    a:1 u "d" Disable "", ::1:2 u "d" Disable ""
    a:1 u "d" Disable "", b:2 u "d" Disable "", ::1:3 u "d" Disable ""
    ::1:7 u "d" Disable "", c:7 u "d" Disable ""
    h:1 u "d" Disable "-c search_path=app -c work_mem=8MB -c a.b=x\\ y"
    h:1 u "d" Disable ""
    x:1 u "e" Disable ""
    "#);
}

#[test]
fn postgres_parameters_that_cannot_be_honoured_are_refused() {
    let said: Vec<_> = [
        "sslmode=verified",
        "sslmod=require",
        "sslrootcert=system&sslmode=require",
        "channel_binding=require",
        "gssencmode=require",
        "ssl_min_protocol_version=TLSv1.3",
        "sslcrl=/x.pem",
        "require_auth=scram-sha-256",
        "service=app",
        "client_encoding=latin1",
        "target_session_attrs=read-only",
        "options=-e",
        "options=-c%20TimeZone=UTC",
        "host=a,b&port=1,2,3",
        "port=x",
        "host=a:1&port=2",
        "hostaddr=example",
    ]
    .into_iter()
    .map(|query| postgres(&format!("postgresql://u:secret@h/d?{query}")))
    .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    the parameter "sslmode" of the address must be disable, allow, prefer, require, verify-ca or verify-full
    the parameter "sslmod" of the postgresql address is not known; did you mean sslmode?
    the parameter "sslrootcert" of the address cannot be honoured: "system" needs sslmode=verify-full, as in libpq
    the parameter "channel_binding" of the address cannot be honoured: the driver has no channel binding; use sslmode=verify-full
    the parameter "gssencmode" of the address cannot be honoured: the driver has no GSSAPI; use sslmode=verify-full
    the parameter "ssl_min_protocol_version" of the address cannot be honoured: the driver negotiates TLS 1.2 or 1.3 itself; leave it out
    the parameter "sslcrl" of the address cannot be honoured: the driver reads no revocation lists
    the parameter "require_auth" of the address cannot be honoured: the driver cannot guarantee it; leave it out
    the parameter "service" of the address cannot be honoured: no file beside the configuration is read; write what it says into the address
    the parameter "client_encoding" of the address cannot be honoured: the connection is always UTF-8; leave it out
    the parameter "target_session_attrs" of the address cannot be honoured: migrations write, and a standby refuses that; use read-write
    the parameter "options" of the address must be settings such as -c search_path=app or --search_path=app
    the parameter "options" of the address cannot be honoured: the driver sets TimeZone to UTC, DateStyle to ISO and client_encoding to UTF8; use SET in a script where another value is needed
    the parameter "port" of the address must be one port, or one for each host
    the parameter "port" of the address must be a number from 1 to 65535
    the parameter "port" of the address must be left out where a host has its own port
    the parameter "hostaddr" of the address must be an IP address
    "#);
    assert_eq!(
        postgres("sqlite://"),
        "the address leads to sqlite, not to postgresql"
    );
}

fn mysql(text: &str) -> String {
    match url(text).to_mysql_options() {
        Ok(options) => format!(
            "{}:{} {} {:?} {:?} {} {:?}",
            options.get_host(),
            options.get_port(),
            options.get_username(),
            options.get_database().unwrap_or(""),
            options.get_ssl_mode(),
            options.get_charset(),
            options.get_socket(),
        ),
        Err(error) => error.to_string(),
    }
}

#[test]
fn mysql_addresses_become_options() {
    let said: Vec<_> = [
        "mysql+pymysql://u:p%40@h:3307/d?charset=utf8mb4",
        "mariadb://u@h/d",
        "mysql+pymysql://u@/d?unix_socket=/run/mysqld/mysqld.sock",
        "mysql+mysqldb://u@h/d?ssl_mode=VERIFY_IDENTITY&ssl_ca=/ca.pem",
        "mysql+mysqldb://u@h/d?ssl_ca=/ca.pem",
        "mysql+pymysql://u@h/d?ssl_ca=/ca.pem",
        "mysql+pymysql://u@h/d?ssl_ca=/ca.pem&ssl_check_hostname=false",
        "mysql+pymysql://u@h/d?ssl_cert=/c.pem&ssl_key=/k.pem",
        "mysql+pymysql://u@h/d?ssl_verify_cert=true&ssl_verify_identity=true",
        "mysql+aiomysql://u@h/d?ssl=true",
        "mysql+mysqlconnector://u@h/d?ssl_disabled=True",
        "mysql+asyncmy://u@h/d?connect_timeout=4&autocommit=true",
        "mysql+pymysql://h/d",
        "mysql://u:secret@h/d?ssl_mode=SOMETIMES",
        "mysql://u:secret@h/d?ssl_cipher=x",
        "mysql://u:secret@h/d?init_command=x",
        "mysql://u:secret@h/d?read_default_file=x",
        "mysql://u:secret@h/d?charset=latin1",
        "mysql://u:secret@h/d?sslca=x",
        "mysql://u:secret@h/d?collation=x,y",
        "mysql://u:secret@h/d?ssl=perhaps",
    ]
    .into_iter()
    .map(mysql)
    .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    h:3307 u "d" Preferred utf8mb4 None
    h:3306 u "d" Preferred utf8mb4 None
    localhost:3306 u "d" Preferred utf8mb4 Some("/run/mysqld/mysqld.sock")
    h:3306 u "d" VerifyIdentity utf8mb4 None
    h:3306 u "d" VerifyCa utf8mb4 None
    h:3306 u "d" VerifyIdentity utf8mb4 None
    h:3306 u "d" VerifyCa utf8mb4 None
    h:3306 u "d" Required utf8mb4 None
    h:3306 u "d" VerifyIdentity utf8mb4 None
    h:3306 u "d" Required utf8mb4 None
    h:3306 u "d" Disabled utf8mb4 None
    h:3306 u "d" Preferred utf8mb4 None
    the address has no user name; write mysql://user@host/database
    the parameter "ssl_mode" of the address must be DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY
    the parameter "ssl_cipher" of the address cannot be honoured: the driver has no such setting; use ssl_ca with one file of certificates
    the parameter "init_command" of the address cannot be honoured: no statement is run behind your back; set it on the server or in the scripts
    the parameter "read_default_file" of the address cannot be honoured: no file beside the configuration is read; write what it says into the address
    the parameter "charset" of the address cannot be honoured: the connection is always UTF-8; use utf8mb4
    the parameter "sslca" of the mysql address is not known; did you mean ssl_ca?
    the parameter "collation" of the address must be the name of a collation
    the parameter "ssl" of the address must be true or false
    "#);
}

#[test]
fn the_connect_timeout_is_a_number_of_seconds() {
    let timeout = |text: &str| url(text).connect_timeout();
    let seconds = |number| Ok(Some(Duration::from_secs(number)));
    assert_eq!(timeout("postgresql://h/d?connect_timeout=5"), seconds(5));
    assert_eq!(timeout("postgresql+asyncpg://h/d?timeout=6"), seconds(6));
    assert_eq!(timeout("mysql://h/d?connection_timeout=7"), seconds(7));
    assert_eq!(timeout("postgresql://h/d?connect_timeout=0"), Ok(None));
    assert_eq!(timeout("sqlite://?timeout=3"), Ok(None));
    assert!(timeout("postgresql://h/d?connect_timeout=soon").is_err());
    assert!(timeout("postgresql://h/d?connect_timeout=-1").is_err());
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(
        text in prop_oneof![
            any::<String>(),
            "(sqlite|postgresql|mysql|mariadb)://[a-c:@/?&=%0-9.\\[\\]\\\\+é-]{0,40}",
            "(postgresql|mysql\\+pymysql)://u@h/d\\?(options|host|port|ssl|timeout)=[-a-c,:%0-9\\\\ =]{0,20}",
        ],
    ) {
        if let Ok(url) = DatabaseUrl::parse(&text) {
            let _ = (url.to_sqlite_options(), url.to_postgres_options(), url.to_mysql_options());
            let _ = (url.connect_timeout(), url.target_session(), url.sqlite_file());
        }
    }

    #[test]
    fn an_escaped_password_comes_back_and_is_not_shown(
        password in "[ -~é€]{4,20}",
        user in "[a-z]{1,8}",
    ) {
        let escaped = utf8_percent_encode(&password, NON_ALPHANUMERIC);
        let url = url(&format!("postgresql://{user}:{escaped}@host:1/db"));
        prop_assert_eq!(url.password().map(Secret::expose), Some(password.as_str()));
        prop_assert_eq!(url.redacted(), format!("postgresql://{user}:***@host:1/db"));
    }
}

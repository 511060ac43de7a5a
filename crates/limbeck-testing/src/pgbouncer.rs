//! PgBouncer in transaction mode before a test's PostgreSQL.

use std::{fs, process::Command, time::Duration};

use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

use crate::{TestDatabase, process, skip};

/// A pooler and the address of the database behind it.
#[derive(Clone, Debug)]
pub struct Pooler {
    /// The address through the pooler.
    pub url: String,
}

/// Puts a pooler before `database`; `None`, with a line that says so, where there is none.
pub async fn pgbouncer(database: &TestDatabase) -> Option<Pooler> {
    let Some(program) = process::find("pgbouncer") else {
        skip("PgBouncer", "the program pgbouncer");
        return None;
    };
    let user = process::unprivileged("postgres");
    let directory = process::directory(user.as_deref());
    let behind: PgConnectOptions = database.url.parse().expect("the database's address");
    let port = process::free_port();
    let configuration = directory.join("pgbouncer.ini");
    let text = format!(
        "[databases]\n* = host={} port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
         unix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 10\n\
         ignore_startup_parameters = extra_float_digits,TimeZone,IntervalStyle,DateStyle,client_encoding,options\n\
         [users]\n",
        behind.get_host(),
        behind.get_port()
    );
    let text = text.replace(
        "* = host",
        &format!("{} = user={} host", database.name, behind.get_username()),
    );
    fs::write(&configuration, text).expect("the pooler's configuration");
    let mut server: Command = process::command(&program, user.as_deref());
    server.arg(&configuration);
    process::start_tied(&server, &directory, "KILL").expect("a pooler");
    let url = format!(
        "postgres://postgres@127.0.0.1:{port}/{}?sslmode=disable",
        database.name
    );
    for _ in 0..100 {
        if let Ok(connection) = PgConnection::connect(&url).await {
            let _ = connection.close().await;
            return Some(Pooler { url });
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let log = fs::read_to_string(directory.join("log")).unwrap_or_default();
    panic!("the pooler did not answer within 5 s: {log}");
}

//! PostgreSQL for tests.

use std::{env, time::Duration};

use sqlx::{ConnectOptions, Connection, Executor, PgConnection, postgres::PgConnectOptions};
use tokio::sync::OnceCell;

use crate::{TestDatabase, address_of, fresh_name, process, skip};

/// A fresh database; `None`, with a line that says so, where there is no PostgreSQL.
pub async fn postgres() -> Option<TestDatabase> {
    static SERVER: OnceCell<Result<String, String>> = OnceCell::const_new();
    let server = match env::var("LIMBECK_TEST_POSTGRES_URL") {
        Ok(url) => Ok(url),
        Err(_) => SERVER.get_or_init(start).await.clone(),
    };
    match server {
        Ok(url) => Some(create(&url).await),
        Err(reason) => {
            skip("PostgreSQL", &reason);
            None
        }
    }
}

async fn create(admin: &str) -> TestDatabase {
    let name = fresh_name();
    let options: PgConnectOptions = admin.parse().expect("the administrator's address");
    let mut connection = options
        .connect()
        .await
        .expect("the administrator's connection");
    let sql = sqlx::AssertSqlSafe(format!(
        "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"
    ));
    connection.execute(sql).await.expect("a database");
    connection.close().await.expect("the connection ends");
    let url = address_of(admin, &name);
    TestDatabase { url, name }
}

/// Starts a private server: no fsync, a free port, gone with this process.
async fn start() -> Result<String, String> {
    let (Some(initdb), Some(postgres)) = (process::find("initdb"), process::find("postgres"))
    else {
        return Err(
            "neither LIMBECK_TEST_POSTGRES_URL nor the programs initdb and postgres".to_owned(),
        );
    };
    let user = process::unprivileged("postgres");
    let directory = process::directory(user.as_deref());
    let data = directory.join("data");
    let mut init = process::command(&initdb, user.as_deref());
    init.arg("-D").arg(&data).args([
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    process::finish(init.current_dir(&directory))?;
    let port = process::free_port();
    let mut server = process::command(&postgres, user.as_deref());
    server
        .arg("-D")
        .arg(&data)
        .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"]);
    server.args([
        "-c",
        "fsync=off",
        "-c",
        "full_page_writes=off",
        "-c",
        "synchronous_commit=off",
    ]);
    server
        .args(["-c", "max_connections=200", "-c"])
        .arg(format!("unix_socket_directories={}", directory.display()));
    process::start_tied(&server, &directory, "INT")?;
    let url = format!("postgres://postgres@127.0.0.1:{port}/postgres?sslmode=disable");
    for _ in 0..300 {
        if let Ok(connection) = PgConnection::connect(&url).await {
            let _ = connection.close().await;
            return Ok(url);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err("the private server did not answer within 15 s".to_owned())
}

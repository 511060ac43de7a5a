//! MariaDB for tests.

use std::{env, time::Duration};

use sqlx::{ConnectOptions, Connection, Executor, MySqlConnection, mysql::MySqlConnectOptions};
use tokio::sync::OnceCell;

use crate::{TestDatabase, address_of, fresh_name, process, skip};

/// A fresh database; `None`, with a line that says so, where there is no MariaDB.
pub async fn mariadb() -> Option<TestDatabase> {
    static SERVER: OnceCell<Result<String, String>> = OnceCell::const_new();
    let server = match env::var("LIMBECK_TEST_MYSQL_URL") {
        Ok(url) => Ok(url),
        Err(_) => SERVER.get_or_init(|| start(&[])).await.clone(),
    };
    match server {
        Ok(url) => Some(create(&url).await),
        Err(reason) => {
            skip("MariaDB", &reason);
            None
        }
    }
}

/// A fresh database on a node of a Galera cluster, the only one; `None`, with a line that says so, where the cluster's
/// library is missing.
pub async fn galera() -> Option<TestDatabase> {
    static SERVER: OnceCell<Result<String, String>> = OnceCell::const_new();
    let begun = SERVER.get_or_init(|| async {
        let places = [
            "/usr/lib/galera/libgalera_smm.so",
            "/usr/lib64/galera-4/libgalera_smm.so",
        ];
        let library = places
            .into_iter()
            .find(|place| std::path::Path::new(place).is_file());
        let library = library.ok_or("the library libgalera_smm.so")?;
        let provider = format!("--wsrep-provider={library}");
        let listen = format!(
            "--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:{}",
            process::free_port()
        );
        let cluster = [
            "--wsrep-on=ON",
            "--binlog-format=ROW",
            "--wsrep-cluster-address=gcomm://",
            "--wsrep-new-cluster",
        ];
        let address = "--wsrep-node-address=127.0.0.1";
        start(&[&cluster[..], &[&provider, &listen, address]].concat()).await
    });
    match begun.await {
        Ok(url) => Some(create(url).await),
        Err(reason) => {
            // Not on every build server: Galera is a package of its own.
            eprintln!("skipped: no Galera ({reason})");
            None
        }
    }
}

async fn create(admin: &str) -> TestDatabase {
    let name = fresh_name();
    let options: MySqlConnectOptions = admin.parse().expect("the administrator's address");
    let mut connection = options
        .connect()
        .await
        .expect("the administrator's connection");
    let sql = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name} CHARACTER SET utf8mb4"));
    connection.execute(sql).await.expect("a database");
    connection.close().await.expect("the connection ends");
    let url = address_of(admin, &name);
    TestDatabase { url, name }
}

/// Starts a private server: nothing is flushed, a free port, gone with this process.
async fn start(more: &[&str]) -> Result<String, String> {
    let (Some(install), Some(mariadbd)) = (
        process::find("mariadb-install-db"),
        process::find("mariadbd"),
    ) else {
        return Err(
            "neither LIMBECK_TEST_MYSQL_URL nor the programs mariadb-install-db and mariadbd"
                .to_owned(),
        );
    };
    let user = process::unprivileged("mysql");
    let directory = process::directory(user.as_deref());
    let data = directory.join("data");
    let mut init = process::command(&install, user.as_deref());
    init.arg("--no-defaults")
        .arg(format!("--datadir={}", data.display()));
    init.args(["--auth-root-authentication-method=normal", "--skip-test-db"]);
    process::finish(init.current_dir(&directory))?;
    let port = process::free_port();
    let mut server = process::command(&mariadbd, user.as_deref());
    server
        .arg("--no-defaults")
        .arg(format!("--datadir={}", data.display()));
    server
        .arg(format!("--port={port}"))
        .arg(format!("--socket={}", directory.join("socket").display()));
    server.arg(format!("--pid-file={}", directory.join("pid").display()));
    // A server that starts deletes what it takes for left behind in the directory for temporary tables, so each has its own.
    server.arg(format!("--tmpdir={}", directory.display()));
    server.args([
        "--bind-address=127.0.0.1",
        "--debug-no-sync",
        "--innodb-doublewrite=0",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-flush-method=nosync",
        "--max-connections=200",
    ]);
    server.args(["--skip-name-resolve", "--skip-log-bin"]);
    server.args(more);
    process::start_tied(&server, &directory, "TERM")?;
    let url = format!("mysql://root@127.0.0.1:{port}/mysql?ssl-mode=disabled");
    for _ in 0..600 {
        if let Ok(connection) = MySqlConnection::connect(&url).await {
            let _ = connection.close().await;
            return Ok(url);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err("the private server did not answer within 30 s".to_owned())
}

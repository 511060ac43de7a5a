//! MariaDB's schema: `SHOW CREATE TABLE` line by line, and the dump of `mariadb-dump`.

use limbeck::{dialect::Query, migrate::Session};

use super::{Snapshot, text};
use crate::corpus::{error::CorpusError, process};

pub(super) async fn read(session: &mut Session<'_>) -> Result<Snapshot, CorpusError> {
    let mut snapshot = Snapshot::default();
    let tables = session
        .query(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_type = 'BASE TABLE'",
            &[],
        )
        .await?;
    for table in &tables {
        let name = text(table, 0);
        let sql = format!("SHOW CREATE TABLE `{}`", name.replace('`', "``"));
        for row in session.query(&sql, &[]).await? {
            for line in text(&row, 1).lines() {
                snapshot.add(format!("table {name}: {}", without_counter(line.trim())));
            }
        }
    }
    Ok(snapshot)
}

/// How far a table's AUTO_INCREMENT has come is no part of its schema.
fn without_counter(line: &str) -> String {
    match line.split_once(" AUTO_INCREMENT=") {
        Some((before, after)) => {
            let after = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
            format!("{before}{after}")
        }
        None => line.to_owned(),
    }
}

/// The dump without data.
pub(super) fn dump(url: &str) -> Result<String, CorpusError> {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let (server, database) = rest.split_once('/').unwrap_or((rest, ""));
    let (login, address) = server.rsplit_once('@').unwrap_or(("root", server));
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    let (host, port) = address.split_once(':').unwrap_or((address, "3306"));
    let database = database.split('?').next().unwrap_or(database);
    let mut command = std::process::Command::new("mariadb-dump");
    command
        .args(["--no-data", "--skip-comments", "--protocol=tcp"])
        .args(["--host", host, "--port", port, "--user", user])
        .env("MYSQL_PWD", password)
        .arg(database);
    let dumped = process::run(&mut command)?;
    match dumped.success {
        true => {
            Ok(dumped
                .stdout
                .lines()
                .map(without_counter)
                .fold(String::new(), |mut text, line| {
                    text.push_str(&line);
                    text.push('\n');
                    text
                }))
        }
        false => Err(CorpusError::Program {
            program: "mariadb-dump".to_owned(),
            output: dumped.stderr,
        }),
    }
}

//! From a database address to a session.

use std::io;

use sqlx::sqlite::SqliteConnectOptions;

use crate::{
    config::{Backend, DatabaseUrl, TargetSession},
    dialect::{Query, QueryError},
    migrate::{ConnectionOptions, Session},
    schema::Value,
};

use super::MigratorError;

/// What a session is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To migrate. A SQLite file that is missing is made.
    Write,
    /// To look. A SQLite file that is missing counts as an empty database and is not made.
    Read,
}

/// Opens a session to migrate with, for a front end whose scripts name a database themselves.
///
/// # Errors
/// [`MigratorError`] when the address is wrong or nobody answers there.
pub async fn open(url: &DatabaseUrl) -> Result<Session<'static>, MigratorError> {
    connect(url, Purpose::Write).await
}

/// Opens a session to look with. A SQLite file that is missing counts as an empty database and is not made.
///
/// # Errors
/// As [`open`].
pub async fn open_to_read(url: &DatabaseUrl) -> Result<Session<'static>, MigratorError> {
    connect(url, Purpose::Read).await
}

/// Opens a session; of several hosts, on the first that lets us in and can do what is wanted.
pub(super) async fn connect(
    url: &DatabaseUrl,
    purpose: Purpose,
) -> Result<Session<'static>, MigratorError> {
    let failed = |source| MigratorError::Connect {
        database: url.redacted(),
        source,
    };
    let patience = url.connect_timeout()?;
    let mut last = None;
    for options in options(url, purpose)? {
        let opened = async {
            let mut session = Session::connect(options).await?;
            refuse_standby(url, &mut session).await?;
            Ok(session)
        };
        let opened = match patience {
            Some(patience) => match tokio::time::timeout(patience, opened).await {
                Ok(opened) => opened,
                Err(_) => Err(nobody(&format!(
                    "no answer within {} s",
                    patience.as_secs()
                ))),
            },
            None => opened.await,
        };
        match opened {
            Ok(session) => return Ok(session),
            Err(error) => last = Some(error),
        }
    }
    Err(failed(
        last.unwrap_or_else(|| nobody("the address names no host")),
    ))
}

fn options(url: &DatabaseUrl, purpose: Purpose) -> Result<Vec<ConnectionOptions>, MigratorError> {
    Ok(match url.backend() {
        Backend::Sqlite => {
            let missing = url.sqlite_file().filter(|file| !exists(file));
            let options = if purpose == Purpose::Read && missing.is_some() {
                SqliteConnectOptions::new().in_memory(true)
            } else {
                url.to_sqlite_options()?
            };
            vec![options.into()]
        }
        Backend::Postgresql => url
            .to_postgres_options()?
            .into_iter()
            .map(ConnectionOptions::from)
            .collect(),
        Backend::Mysql | Backend::Mariadb => vec![url.to_mysql_options()?.into()],
    })
}

/// Only a certain "not found" counts: what may not be looked at is for SQLite to complain about.
fn exists(file: &std::path::Path) -> bool {
    match file.metadata() {
        Ok(_) => true,
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// `target_session_attrs=read-write` of libpq: a host that only reads is passed over.
async fn refuse_standby(
    url: &DatabaseUrl,
    session: &mut Session<'static>,
) -> Result<(), QueryError> {
    if url.backend() != Backend::Postgresql
        || !matches!(url.target_session(), Ok(TargetSession::Writable))
    {
        return Ok(());
    }
    let rows = session.query("SHOW transaction_read_only", &[]).await?;
    let read_only = rows
        .first()
        .and_then(|row| row.first())
        .and_then(Value::as_text)
        == Some("on");
    if read_only {
        return Err(nobody(
            "this host only reads, and the address asks for one that writes",
        ));
    }
    Ok(())
}

/// A refusal that did not come from a database.
fn nobody(message: &str) -> QueryError {
    QueryError {
        message: message.to_owned(),
        code: None,
        position: None,
        connection_lost: true,
    }
}

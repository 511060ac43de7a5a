//! A lease: a row that says who is migrating and until when, renewed while the run lives.
//!
//! It takes the place of a session's lock where a session holds none. A process that dies leaves its lease behind;
//! it can be taken over when it has expired by the database's clock, or taken away with force.

use std::time::Duration;

use super::LockError;
use crate::{
    dialect::{DialectName, Query, QueryError, mysql, postgres},
    migrate::{session::Session, version_table::VersionTable},
    schema::Value,
};

/// Who asks for a lease.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) key: u64,
    pub(super) host: String,
    pub(super) lasts: Duration,
    /// Whether the table may stay when no lease is left.
    pub(super) keep_table: bool,
}

/// A lease that was granted, on a connection of its own.
pub(super) struct Lease {
    connection: Session<'static>,
    claim: Claim,
    /// A number nobody else has: host and process may be the same in two containers.
    owner: String,
}

/// The answer to one attempt.
pub(super) enum Attempt {
    Granted(Lease),
    /// The connection back, and who holds the lease in words.
    Refused(Session<'static>, Option<String>),
}

impl Lease {
    /// Asks once.
    pub(super) async fn attempt(
        mut connection: Session<'static>,
        claim: &Claim,
    ) -> Result<Attempt, LockError> {
        let owner = random_name()?;
        if insert(&mut connection, claim, &owner).await?
            || take_over(&mut connection, claim, &owner).await?
        {
            return Ok(Attempt::Granted(Lease {
                connection,
                claim: claim.clone(),
                owner,
            }));
        }
        let holder = holder(&mut connection, claim.key).await?;
        Ok(Attempt::Refused(connection, holder))
    }

    /// Proves that the lease is still ours, and makes it last anew.
    pub(super) async fn renew(&mut self) -> Result<(), LockError> {
        let lasts = milliseconds(self.claim.lasts);
        let sql = match self.connection.dialect() {
            DialectName::Postgresql => postgres::lease::renew(lasts),
            _ => mysql::lease::renew(lasts),
        };
        match self.connection.execute(&sql, &self.mine()).await {
            Ok(1) => Ok(()),
            Ok(_) => Err(LockError::Lost {
                reason: "its lease was taken over or taken away".to_owned(),
            }),
            Err(error) => Err(LockError::Lost {
                reason: format!("its lease could not be renewed: {error}"),
            }),
        }
    }

    /// How long to wait between two renewals: two may fail before the lease is lost.
    pub(super) fn interval(&self) -> Duration {
        self.claim.lasts / 3
    }

    /// Gives the lease back.
    pub(super) async fn release(&mut self) -> Result<(), LockError> {
        let mine = self.mine();
        if self.connection.dialect() == DialectName::Postgresql {
            self.connection
                .execute(postgres::lease::RELEASE, &mine)
                .await?;
            return Ok(());
        }
        self.connection
            .execute(mysql::lease::RELEASE, &mine)
            .await?;
        if !self.claim.keep_table {
            // Whoever comes between the two statements loses its lease with the table, finds that out before its
            // first step and stops: nothing runs twice.
            let left = self.connection.query(mysql::lease::COUNT, &[]).await?;
            if left
                .first()
                .and_then(|row| row.first())
                .and_then(Value::as_integer)
                == Some(0)
            {
                self.connection.execute(mysql::lease::DROP, &[]).await?;
            }
        }
        Ok(())
    }

    fn mine(&self) -> [Value; 2] {
        [key_text(self.claim.key), Value::Text(self.owner.clone())]
    }
}

async fn insert(
    connection: &mut Session<'static>,
    claim: &Claim,
    owner: &str,
) -> Result<bool, LockError> {
    let lasts = milliseconds(claim.lasts);
    let (create, sql): (&[&str], String) = match connection.dialect() {
        DialectName::Postgresql => (&postgres::lease::CREATE, postgres::lease::insert(lasts)),
        _ => (&mysql::lease::CREATE, mysql::lease::insert(lasts)),
    };
    let values = [
        key_text(claim.key),
        Value::Text(owner.to_owned()),
        Value::Text(claim.host.clone()),
        process(),
    ];
    if !exists(connection).await? {
        for statement in create {
            match connection.execute(statement, &[]).await {
                Ok(_) => {}
                // Two that create at once: PostgreSQL refuses the slower one on its catalogue's unique index.
                Err(error) if VersionTable::is_conflict(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    match connection.execute(&sql, &values).await {
        Ok(_) => Ok(true),
        Err(error) if VersionTable::is_conflict(&error) => Ok(false),
        // Dropped by a run that ended between our look and our insert; the next attempt makes it again.
        Err(QueryError {
            code: Some(code), ..
        }) if code == "1146" => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn take_over(
    connection: &mut Session<'static>,
    claim: &Claim,
    owner: &str,
) -> Result<bool, LockError> {
    let lasts = milliseconds(claim.lasts);
    let (key, owner, host) = (
        key_text(claim.key),
        Value::Text(owner.to_owned()),
        Value::Text(claim.host.clone()),
    );
    let taken = match connection.dialect() {
        DialectName::Postgresql => {
            connection
                .execute(
                    &postgres::lease::take_over(lasts),
                    &[key, owner, host, process()],
                )
                .await
        }
        _ => {
            connection
                .execute(
                    &mysql::lease::take_over(lasts),
                    &[owner, host, process(), key],
                )
                .await
        }
    };
    match taken {
        Ok(rows) => Ok(rows == 1),
        Err(QueryError {
            code: Some(code), ..
        }) if code == "1146" => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Who holds the lease, in words.
pub(super) async fn holder(
    connection: &mut Session<'_>,
    key: u64,
) -> Result<Option<String>, LockError> {
    if !exists(connection).await? {
        return Ok(None);
    }
    let sql = match connection.dialect() {
        DialectName::Postgresql => postgres::lease::HOLDER,
        _ => mysql::lease::HOLDER,
    };
    let rows = connection.query(sql, &[key_text(key)]).await?;
    Ok(rows.first().map(|row| {
        let text = |index: usize| row.get(index).and_then(Value::as_text).unwrap_or_default();
        format!(
            "a lease of process {} on host '{}', taken {}, lasting until {} unless renewed",
            text(1),
            text(0),
            text(2),
            text(3)
        )
    }))
}

/// Takes anybody's lease away; whether there was one.
pub(super) async fn break_lease(connection: &mut Session<'_>, key: u64) -> Result<bool, LockError> {
    if !exists(connection).await? {
        return Ok(false);
    }
    let sql = match connection.dialect() {
        DialectName::Postgresql => postgres::lease::BREAK,
        _ => mysql::lease::BREAK,
    };
    Ok(connection.execute(sql, &[key_text(key)]).await? > 0)
}

async fn exists(connection: &mut Session<'_>) -> Result<bool, QueryError> {
    let sql = match connection.dialect() {
        DialectName::Postgresql => postgres::lease::EXISTS,
        _ => mysql::lease::EXISTS,
    };
    Ok(!connection.query(sql, &[]).await?.is_empty())
}

fn key_text(key: u64) -> Value {
    Value::Text(format!("{key:016x}"))
}

fn process() -> Value {
    Value::Integer(i64::from(std::process::id()))
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn random_name() -> Result<String, LockError> {
    let high = getrandom::u64();
    let low = getrandom::u64();
    match (high, low) {
        (Ok(high), Ok(low)) => Ok(format!("{high:016x}{low:016x}")),
        (Err(error), _) | (_, Err(error)) => Err(LockError::Unsupported {
            reason: format!(
                "the system has no random numbers to name the lease's owner with: {error}"
            ),
        }),
    }
}

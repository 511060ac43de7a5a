//! Finds out whether what looks like one session on PostgreSQL is one.
//!
//! A pooler in transaction mode hands each transaction to whichever server process is free: a lock taken by one
//! statement then stays with a process that the next statement never sees.

use crate::{
    dialect::{DialectName, Query, QueryError},
    migrate::session::Session,
    schema::Value,
};

const POOLER: &str = "a pooler gives each transaction to another server process";

/// Looks at one connection: two statements outside a transaction must be answered by one process.
pub(super) async fn changes_backend(
    session: &mut Session<'_>,
) -> Result<Option<&'static str>, QueryError> {
    if session.dialect() != DialectName::Postgresql || session.in_transaction() {
        return Ok(None);
    }
    let first = backend(session).await?;
    let second = backend(session).await?;
    Ok((first != second).then_some(POOLER))
}

/// Looks at two connections: a pooler gives the process that one has just used to the other's transaction, or, when
/// it takes turns, a new one to the first.
pub(super) async fn shared_backend(
    main: &mut Session<'_>,
    own: &mut Session<'_>,
) -> Result<Option<&'static str>, QueryError> {
    if main.dialect() != DialectName::Postgresql || main.in_transaction() {
        return Ok(None);
    }
    let before = backend(own).await?;
    main.begin().await?;
    let inside = backend(main).await;
    let after = backend(own).await;
    main.rollback().await?;
    Ok((inside? == before || after? != before).then_some(POOLER))
}

async fn backend(session: &mut Session<'_>) -> Result<Option<i64>, QueryError> {
    let rows = session.query("SELECT pg_backend_pid()", &[]).await?;
    Ok(rows
        .first()
        .and_then(|row| row.first())
        .and_then(Value::as_integer))
}

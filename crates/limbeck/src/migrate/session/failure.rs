//! What a driver says when something went wrong, as a [`QueryError`] in the database's own words.

use sqlx::{
    mysql::MySqlDatabaseError,
    postgres::{PgDatabaseError, PgErrorPosition},
};

use crate::dialect::QueryError;

/// Translates a driver's error.
pub(super) fn query_error(error: sqlx::Error) -> QueryError {
    match error {
        sqlx::Error::Database(database) => {
            if let Some(postgres) = database.try_downcast_ref::<PgDatabaseError>() {
                return postgres_error(postgres);
            }
            if let Some(mysql) = database.try_downcast_ref::<MySqlDatabaseError>() {
                return QueryError {
                    message: mysql.message().to_owned(),
                    code: Some(mysql.number().to_string()),
                    position: None,
                    connection_lost: matches!(mysql.number(), 1053 | 1927 | 2006 | 2013 | 4031),
                };
            }
            QueryError {
                message: database.message().to_owned(),
                code: database.code().map(|code| code.into_owned()),
                position: None,
                connection_lost: false,
            }
        }
        other => QueryError {
            connection_lost: matches!(
                other,
                sqlx::Error::Io(_)
                    | sqlx::Error::WorkerCrashed
                    | sqlx::Error::PoolClosed
                    | sqlx::Error::Protocol(_)
            ),
            message: match other {
                sqlx::Error::Io(error) => format!("the connection to the database broke: {error}"),
                other => other.to_string(),
            },
            code: None,
            position: None,
        },
    }
}

/// Translates what a driver says when a connection could not be opened: there was none yet that could break.
pub(super) fn connect_error(error: sqlx::Error) -> QueryError {
    match error {
        sqlx::Error::Io(error) => QueryError {
            message: error.to_string(),
            code: None,
            position: None,
            connection_lost: true,
        },
        other => query_error(other),
    }
}

fn postgres_error(error: &PgDatabaseError) -> QueryError {
    let mut message = error.message().to_owned();
    for (label, text) in [
        ("DETAIL", error.detail()),
        ("HINT", error.hint()),
        ("CONTEXT", error.r#where()),
    ] {
        if let Some(text) = text {
            message.push_str(&format!("\n{label}: {text}"));
        }
    }
    QueryError {
        message,
        code: Some(error.code().to_owned()),
        position: match error.position() {
            Some(PgErrorPosition::Original(position)) => Some(position),
            _ => None,
        },
        // Class 57P: the server shuts down, crashed, or somebody terminated this session.
        connection_lost: error.code().starts_with("57P"),
    }
}

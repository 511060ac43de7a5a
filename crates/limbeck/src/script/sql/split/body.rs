//! Whether a `;` ends the statement or stands in a body, by dialect.

use crate::{dialect::DialectName, script::sql::Token};

use super::{
    compound::CompoundBody, error::SplitProblem, postgresql::PostgresqlBody, sqlite::SqliteTrigger,
};

/// The state of the statement that is being read.
pub(super) enum Body {
    Sqlite(SqliteTrigger),
    Postgresql(PostgresqlBody),
    /// MySQL, MariaDB and standard SQL.
    Compound(CompoundBody),
}

impl Body {
    pub(super) fn new(dialect: DialectName) -> Self {
        match dialect {
            DialectName::Sqlite => Body::Sqlite(SqliteTrigger::default()),
            DialectName::Postgresql => Body::Postgresql(PostgresqlBody::default()),
            DialectName::Generic | DialectName::Mysql | DialectName::Mariadb => {
                Body::Compound(CompoundBody::default())
            }
        }
    }

    /// Takes the next token of the statement: no blank, no comment, no `;`.
    pub(super) fn token(&mut self, token: Token, text: &str) -> Option<SplitProblem> {
        match self {
            Body::Sqlite(body) => body.token(token, text),
            Body::Postgresql(body) => return body.token(token, text),
            Body::Compound(body) => body.token(token, text),
        }
        None
    }

    /// Takes a `;` and tells whether it ends the statement.
    pub(super) fn semicolon(&mut self) -> bool {
        match self {
            Body::Sqlite(body) => body.semicolon(),
            Body::Postgresql(body) => body.semicolon(),
            Body::Compound(body) => body.semicolon(),
        }
    }

    /// Why the statement cannot end here, and the offset where that began, if it is not the statement's own.
    pub(super) fn unfinished(&self) -> Option<(Option<usize>, SplitProblem)> {
        match self {
            Body::Sqlite(body) => body.unfinished().map(|problem| (None, problem)),
            Body::Postgresql(body) => body.unfinished(),
            Body::Compound(body) => body.unfinished().map(|problem| (None, problem)),
        }
    }

    /// Forgets the statement.
    pub(super) fn reset(&mut self) {
        match self {
            Body::Sqlite(body) => *body = SqliteTrigger::default(),
            Body::Postgresql(body) => *body = PostgresqlBody::default(),
            Body::Compound(body) => *body = CompoundBody::default(),
        }
    }
}

//! What a model says about privileges.
//!
//! On PostgreSQL its statements are run like all others, and taken back like all others. MySQL and MariaDB would keep what is
//! granted on a scratch database when that is dropped, so there the statements are only read.

use super::NormaliseError;
use crate::{
    dialect::{DialectName, Statement, mysql::stated_grants::StatedGrants},
    migrate::session::Session,
    models::Model,
    schema::{Database, Grants},
    script::sql::{Token, Tokenizer},
};

/// The privileges of the model that `built` was made of; `None` for a model that says nothing about them.
pub(super) async fn of_model(
    session: &mut Session<'_>,
    model: &Model,
    statements: &[Statement],
    built: &Database,
) -> Result<Option<Grants>, NormaliseError> {
    if let Some(stated) = model.stated() {
        // They are known already, and their roles need not be there.
        return Ok(stated.grants.clone());
    }
    match session.dialect() {
        DialectName::Postgresql => {
            let mut statements = statements.iter();
            let speaks = statements.any(|one| speaks(&one.sql));
            Ok(built.grants.clone().filter(|_| speaks))
        }
        DialectName::Mysql | DialectName::Mariadb => {
            let server = session.server();
            let mut stated = StatedGrants::new(server.dialect, server.version, built);
            for statement in statements {
                stated.take(&statement.sql, &server.default_schema);
            }
            if stated.names_roles() {
                stated.resolve_roles(session).await?;
            }
            Ok(stated.into_grants())
        }
        _ => Ok(None),
    }
}

/// Whether a statement is about privileges on objects of schemas (PostgreSQL), as opposed to a database or a membership.
pub(super) fn speaks(sql: &str) -> bool {
    let mut tokens =
        Tokenizer::new(sql, DialectName::Postgresql).filter(|token| !token.is_trivia());
    let first = ["GRANT", "REVOKE", "ALTER"];
    // Nearly every statement of a model is told by its first word.
    let Some(token) =
        (tokens.next()).filter(|token| first.iter().any(|word| token.is_keyword(sql, word)))
    else {
        return false;
    };
    let tokens: Vec<Token> = std::iter::once(token).chain(tokens).collect();
    let is = |at: usize, words: &[&str]| {
        let token = tokens.get(at);
        token.is_some_and(|token| words.iter().any(|word| token.is_keyword(sql, word)))
    };
    if is(0, &["ALTER"]) {
        return is(1, &["DEFAULT"]);
    }
    let on = (0..tokens.len()).find(|at| is(*at, &["ON"]));
    let beyond = [
        "DATABASE",
        "TABLESPACE",
        "LANGUAGE",
        "FOREIGN",
        "LARGE",
        "PARAMETER",
    ];
    is(0, &["GRANT", "REVOKE"]) && on.is_some_and(|on| !is(on + 1, &beyond))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn privileges_on_objects_are_told_from_others() {
        for sql in [
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO app",
            "-- all\nrevoke all on function f() from public",
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app",
        ] {
            assert!(speaks(sql), "{sql}");
        }
        for sql in [
            "GRANT reader TO app",
            "GRANT CONNECT ON DATABASE shop TO app",
            "ALTER TABLE t OWNER TO app",
            "CREATE TABLE grant_on (x int)",
        ] {
            assert!(!speaks(sql), "{sql}");
        }
    }
}

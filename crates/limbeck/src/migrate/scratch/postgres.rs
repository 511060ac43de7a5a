//! PostgreSQL: scratch schemas in a transaction that is always rolled back.

use std::collections::HashSet;

use super::{
    NormaliseError,
    names::{Naming, Rewritten, StandIns, mentioned},
    privileges, tag,
};
use crate::{
    dialect::{
        DialectName, Postgres, Query, QueryError, Statement,
        postgres::{
            default_privileges,
            normalize::{self, Refusal, Surroundings},
        },
    },
    migrate::session::Session,
    models,
    schema::Database,
    script::sql::{Token, Tokenizer},
};

/// Statements that are sent in one message. A failed message is sent again one by one, so that the culprit is known.
const TOGETHER: usize = 100;

/// Builds the statements beside what is there.
pub(super) async fn build(
    session: &mut Session<'_>,
    statements: &[&Statement],
    named: Vec<String>,
) -> Result<Database, NormaliseError> {
    let language = Postgres::new(Some(session.server().version));
    let around = normalize::surroundings(session).await?;
    let stand_ins = stand_ins(session, statements, named, &around).await?;
    let mut place = Place::enter(session).await?;
    let built = in_place(&mut place, &language, statements, &stand_ins, &around).await;
    // Whatever came of it.
    let left = place.leave().await;
    let built = built?;
    left?;
    let mut database = stand_ins.restore(built)?;
    let default = place.session.server().default_schema.clone();
    for extension in &mut database.extensions {
        if extension
            .schema
            .as_ref()
            .is_some_and(|schema| schema.as_str() == default)
        {
            extension.schema = None;
        }
    }
    // Roles own schemas, models don't.
    for schema in &mut database.schemas {
        schema.owner = None;
    }
    Ok(database)
}

/// Which schemas the model names, with what stands in for them.
async fn stand_ins(
    session: &mut Session<'_>,
    statements: &[&Statement],
    named: Vec<String>,
    around: &Surroundings,
) -> Result<StandIns, NormaliseError> {
    let dialect = DialectName::Postgresql;
    let default = session.server().default_schema.clone();
    let texts = statements.iter();
    let mentions: HashSet<(String, Naming)> =
        texts.flat_map(|one| mentioned(&one.sql, dialect)).collect();
    let known = |name: &str| around.schemas.contains(name);
    let holders: Vec<String> = around
        .of_extensions
        .iter()
        .filter(|holder| mentions.iter().any(|(schema, _)| schema == *holder))
        .cloned()
        .collect();
    let kept = match holders.is_empty() {
        true => HashSet::new(),
        false => normalize::members(session, &holders).await?,
    };
    let mut others: Vec<String> = mentions
        .into_iter()
        .filter(|(schema, naming)| match naming {
            Naming::Holder(Some(name)) => {
                known(schema) && !kept.contains(&(schema.clone(), name.clone()))
            }
            Naming::Holder(None) => false,
            Naming::Itself => !schema.starts_with("pg_"),
            Naming::Path => known(schema),
        })
        .map(|(schema, _)| schema)
        .chain(named)
        .filter(|schema| *schema != default)
        .collect();
    others.sort();
    others.dedup();
    Ok(StandIns::new(dialect, &default, others, kept, &tag()))
}

async fn in_place(
    place: &mut Place<'_, '_>,
    language: &Postgres,
    statements: &[&Statement],
    stand_ins: &StandIns,
    around: &Surroundings,
) -> Result<Database, NormaliseError> {
    let default = &place.session.server().default_schema;
    let mut path = vec![stand_ins.default().to_owned()];
    for schema in &around.path {
        // The default schema itself is only in the path for the sake of the extensions in it.
        if schema != default || around.of_extensions.contains(schema) {
            let stand_in = stand_ins.all.iter().skip(1).find(|one| one.real == *schema);
            path.extend(stand_in.map(|one| one.scratch.clone()));
            path.push(schema.clone());
        }
    }
    let scratch: Vec<&str> = stand_ins
        .all
        .iter()
        .map(|one| one.scratch.as_str())
        .collect();
    for sql in normalize::enter(language, &scratch, &path) {
        let made = place.session.execute(&sql, &[]).await;
        if let Err(source) = made {
            return Err(place.refused(language, source).await);
        }
    }
    if statements.iter().any(|one| privileges::speaks(&one.sql)) {
        let all = stand_ins.all.iter();
        let pairs: Vec<(&str, &str)> = all
            .map(|one| (one.real.as_str(), one.scratch.as_str()))
            .collect();
        for sql in default_privileges::copied(language, place.session, &pairs).await? {
            place.send(&sql).await?;
        }
    }
    let rewritten: Vec<(&Statement, Rewritten)> = statements
        .iter()
        .filter(|one| !stand_ins.is_made(&one.sql))
        .map(|one| (*one, unless_installed(stand_ins.rewrite(&one.sql))))
        .collect();
    for some in rewritten.chunks(TOGETHER) {
        run(place.session, some, stand_ins).await?;
    }
    // A dump sets a search path of its own.
    place.send(&normalize::look_in(language, &path)).await?;
    let read: Vec<String> = scratch
        .iter()
        .skip(1)
        .map(|name| (*name).to_owned())
        .collect();
    Ok(models::read(language, place.session, &read).await?)
}

/// An extension belongs to the whole database, so one that the model creates may be installed already.
fn unless_installed(statement: Rewritten) -> Rewritten {
    let sql = statement.sql.as_str();
    let words = Tokenizer::new(sql, DialectName::Postgresql).filter(|token| !token.is_trivia());
    let words: Vec<Token> = words.take(3).collect();
    let is = |at: usize, word: &str| words.get(at).is_some_and(|one| one.is_keyword(sql, word));
    let creates = is(0, "CREATE") && is(1, "EXTENSION") && !is(2, "IF");
    match words.get(1).filter(|_| creates) {
        Some(extension) => statement.with_words(extension.end, " IF NOT EXISTS"),
        None => statement,
    }
}

/// Runs some statements; together, and only when that fails one by one.
async fn run(
    session: &mut Session<'_>,
    statements: &[(&Statement, Rewritten)],
    stand_ins: &StandIns,
) -> Result<(), NormaliseError> {
    let place = |source| NormaliseError::place("build the model", source);
    if statements.len() > 1 {
        session
            .execute("SAVEPOINT limbeck_together", &[])
            .await
            .map_err(place)?;
        let texts: Vec<&str> = statements
            .iter()
            .map(|(_, text)| text.sql.as_str())
            .collect();
        match session.execute(&texts.join("\n;\n"), &[]).await {
            Ok(_) => {
                let release = session
                    .execute("RELEASE SAVEPOINT limbeck_together", &[])
                    .await;
                return release.map(|_| ()).map_err(place);
            }
            Err(error) if error.connection_lost => return Err(place(error)),
            Err(_) => {
                let back = session
                    .execute("ROLLBACK TO SAVEPOINT limbeck_together", &[])
                    .await;
                back.map_err(place)?;
            }
        }
    }
    for (statement, text) in statements {
        if let Err(mut error) = session.execute(&text.sql, &[]).await {
            let offset = error
                .position
                .map_or(0, |position| byte(&text.sql, position));
            error.message = stand_ins.restore_text(&error.message);
            return Err(NormaliseError::refused(
                statement,
                text.original(offset),
                error,
            ));
        }
    }
    Ok(())
}

/// The byte of the character at `position`, counted from 1.
fn byte(text: &str, position: usize) -> usize {
    let mut letters = text.char_indices();
    letters
        .nth(position.saturating_sub(1))
        .map_or(text.len(), |(at, _)| at)
}

/// The transaction, or the part of the caller's, in which the model is built. Dropping it takes everything back.
struct Place<'r, 'c> {
    session: &'r mut Session<'c>,
    /// Whether a transaction was open, so that only a savepoint is ours.
    inside: bool,
}

impl<'r, 'c> Place<'r, 'c> {
    async fn enter(session: &'r mut Session<'c>) -> Result<Place<'r, 'c>, NormaliseError> {
        let inside = session.in_transaction();
        let entered = match inside {
            true => session
                .execute("SAVEPOINT limbeck_scratch", &[])
                .await
                .map(|_| ()),
            false => session.begin().await,
        };
        entered.map_err(|source| {
            NormaliseError::place("begin a transaction to build the model in", source)
        })?;
        Ok(Place { session, inside })
    }

    async fn leave(&mut self) -> Result<(), NormaliseError> {
        let left = match self.inside {
            true => {
                let back =
                    "ROLLBACK TO SAVEPOINT limbeck_scratch; RELEASE SAVEPOINT limbeck_scratch";
                self.session.execute(back, &[]).await.map(|_| ())
            }
            false => self.session.rollback().await,
        };
        left.map_err(|source| {
            NormaliseError::place("take back what was built of the model", source)
        })
    }

    async fn send(&mut self, sql: &str) -> Result<(), NormaliseError> {
        let sent = self.session.execute(sql, &[]).await;
        sent.map(|_| ())
            .map_err(|source| NormaliseError::place("build the model in a scratch schema", source))
    }

    /// Why no scratch schema could be made.
    async fn refused(&mut self, language: &Postgres, source: QueryError) -> NormaliseError {
        match normalize::refusal(&source) {
            Refusal::ReadOnly => NormaliseError::ReadOnly {
                source: Box::new(source),
            },
            Refusal::Right => {
                // The transaction has failed; the role's name needs one that has not.
                let _ = match self.inside {
                    true => self.send("ROLLBACK TO SAVEPOINT limbeck_scratch").await,
                    false => self.leave().await,
                };
                let role = self.session.query("SELECT current_user::text", &[]).await;
                let role = role.ok().and_then(|rows| {
                    let first = rows.into_iter().next()?.into_iter().next()?;
                    first.as_text().map(str::to_owned)
                });
                let database = self.session.server().database.clone();
                NormaliseError::MissingRight {
                    grant: normalize::grant(language, &database, role.as_deref().unwrap_or("you")),
                    source: Box::new(source),
                }
            }
            Refusal::Other => {
                NormaliseError::place("make a scratch schema to build the model in", source)
            }
        }
    }
}

impl Drop for Place<'_, '_> {
    fn drop(&mut self) {
        if !self.inside {
            self.session.abandon();
        }
    }
}

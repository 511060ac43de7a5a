//! MySQL and MariaDB: scratch databases that are always dropped.

use std::collections::HashSet;

use super::{
    Known, NormaliseError,
    names::{Naming, PREFIX, StandIns, mentioned},
    tag,
};
use crate::{
    dialect::{
        Dialect, DialectName, Mysql, Query, QueryError, Statement,
        mysql::normalize::{self, Surroundings},
    },
    migrate::session::Session,
    models,
    schema::Database,
};

/// Builds the statements beside what is there.
pub(super) async fn build(
    session: &mut Session<'_>,
    statements: &[&Statement],
    named: Vec<String>,
) -> Result<Database, NormaliseError> {
    let server = session.server();
    let language = match server.dialect {
        DialectName::Mariadb => Mysql::mariadb(Some(server.version)),
        _ => Mysql::new(Some(server.version)),
    };
    if server.default_schema.is_empty() {
        return Err(NormaliseError::NoDatabase);
    }
    let around = normalize::surroundings(session).await?;
    let stand_ins = stand_ins(session, statements, named, &around)?;
    clear(session, &around).await;
    let built = in_place(session, &language, statements, &stand_ins, &around).await;
    // Whatever came of it.
    let left = leave(session, &language, &stand_ins, &around).await;
    let built = built?;
    left.map_err(|source| NormaliseError::place("drop the scratch database", source))?;
    Ok(stand_ins.restore(built)?)
}

/// The session's language; where there are tables beside which a model is built, with what is usual there.
pub(super) async fn language(
    session: &mut Session<'_>,
    known: Known<'_>,
) -> Result<Box<dyn Dialect>, NormaliseError> {
    let server = session.server();
    let plain = match server.dialect {
        DialectName::Mariadb => Mysql::mariadb(Some(server.version)),
        _ => Mysql::new(Some(server.version)),
    };
    let usual = match known.actual.tables.is_empty() {
        true => None,
        false => normalize::usual(session).await?,
    };
    Ok(match usual {
        Some(usual) => Box::new(plain.with_usual(usual)),
        None => Box::new(plain),
    })
}

/// Drops what runs that were killed have left. Whatever comes of it, it is no reason not to build.
async fn clear(session: &mut Session<'_>, around: &Surroundings) {
    let maker = &around.maker;
    let left = maker.abandoned(session, PREFIX, &around.databases).await;
    for name in left.unwrap_or_default() {
        let dropped = session
            .execute(&format!("DROP DATABASE IF EXISTS {name}"), &[])
            .await;
        tracing::debug!(
            name,
            dropped = dropped.is_ok(),
            "an abandoned scratch database"
        );
    }
}

/// Which databases the model names, with what stands in for them. Every name of an existing database gets a stand-in: a
/// dump that drops its tables first must never meet the real ones.
fn stand_ins(
    session: &Session<'_>,
    statements: &[&Statement],
    named: Vec<String>,
    around: &Surroundings,
) -> Result<StandIns, NormaliseError> {
    let default = &session.server().default_schema;
    let mut others: HashSet<String> = named.into_iter().collect();
    for statement in statements {
        for (name, naming) in mentioned(&statement.sql, session.dialect()) {
            let exists = around.databases.contains(&name);
            if exists || naming == Naming::Itself && creates(&statement.sql) {
                others.insert(name);
            } else if naming == Naming::Itself && !others.contains(&name) && name != *default {
                return Err(NormaliseError::Misplaced {
                    location: statement.location.clone(),
                    statement: statement.sql.clone(),
                    reason: "it goes to a database that the model does not create",
                });
            }
        }
    }
    others.remove(default);
    let mut others: Vec<String> = others.into_iter().collect();
    others.sort();
    Ok(StandIns::new(
        session.dialect(),
        default,
        others,
        HashSet::new(),
        &around.maker.tag(&tag()),
    ))
}

fn creates(sql: &str) -> bool {
    crate::migrate::session::literal::words(sql)
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("CREATE"))
}

async fn in_place(
    session: &mut Session<'_>,
    language: &Mysql,
    statements: &[&Statement],
    stand_ins: &StandIns,
    around: &Surroundings,
) -> Result<Database, NormaliseError> {
    for one in &stand_ins.all {
        if let Err(source) = session.execute(&around.create(&one.scratch), &[]).await {
            return Err(refused(session, source).await);
        }
    }
    let place = |source| NormaliseError::place("go to the scratch database", source);
    let switch = normalize::switch(language, stand_ins.default());
    session.execute(&switch, &[]).await.map_err(place)?;
    for statement in statements {
        if stand_ins.is_made(&statement.sql) {
            continue;
        }
        let rewritten = stand_ins.rewrite(&statement.sql);
        if let Err(mut error) = session.execute(&rewritten.sql, &[]).await {
            error.message = stand_ins.restore_text(&error.message);
            return Err(NormaliseError::refused(statement, 0, error));
        }
    }
    // A dump changes the session, and the catalogue is quoted as the session says.
    for sql in around.restore().iter().chain([&switch]) {
        session.execute(sql, &[]).await.map_err(place)?;
    }
    let others = stand_ins.all.iter().skip(1);
    let others: Vec<String> = others.map(|one| one.scratch.clone()).collect();
    Ok(models::read(language, session, &others).await?)
}

/// Goes back to the connection's own database and drops what was made.
async fn leave(
    session: &mut Session<'_>,
    language: &Mysql,
    stand_ins: &StandIns,
    around: &Surroundings,
) -> Result<(), QueryError> {
    let mut outcome = Ok(());
    let default = session.server().default_schema.clone();
    let back = normalize::switch(language, &default);
    let drops = stand_ins
        .all
        .iter()
        .map(|one| format!("DROP DATABASE IF EXISTS {}", one.scratch));
    // Foreign keys between two of them would hold the first.
    let off = "SET foreign_key_checks = 0".to_owned();
    for sql in std::iter::once(back)
        .chain([off])
        .chain(drops)
        .chain(around.restore())
    {
        if let Err(error) = session.execute(&sql, &[]).await {
            outcome = outcome.and(Err(error));
        }
    }
    outcome
}

/// Why no scratch database could be made.
async fn refused(session: &mut Session<'_>, source: QueryError) -> NormaliseError {
    if normalize::is_read_only(&source) {
        return NormaliseError::ReadOnly {
            source: Box::new(source),
        };
    }
    if !normalize::lacks_right(&source) {
        return NormaliseError::place("make a scratch database to build the model in", source);
    }
    let user = session.query("SELECT CURRENT_USER()", &[]).await.ok();
    let user = user.and_then(|rows| {
        let first = rows.into_iter().next()?.into_iter().next()?;
        let (name, host) = first.as_text()?.rsplit_once('@')?;
        Some(format!("'{name}'@'{host}'"))
    });
    NormaliseError::MissingRight {
        grant: normalize::grant(PREFIX, user.as_deref().unwrap_or("you")),
        source: Box::new(source),
    }
}

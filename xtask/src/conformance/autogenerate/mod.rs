//! Cases of kind `autogenerate`: a database, a model, and what leads from one to the other, held to four rules.
//!
//! 1. What comes of applying it equals a fresh build of the model.
//! 2. A second comparison finds nothing.
//! 3. Between equal schemas nothing is found, whatever Alembic found; and where Alembic found nothing, what is found is
//!    really there, by the first two rules.
//! 4. The way back leads back.
//!
//! Equal is what [`judge`] says, which does not ask the comparison.

mod apply;
mod case;
mod judge;
mod place;

use std::{cell::RefCell, collections::BTreeMap};

use limbeck::{
    diff::{self, Comparison, Decisions, Language, Sides},
    migrate::{NormaliseError, NormaliseOptions, normalise_beside},
    models::{Model, SqlModel, read},
    schema::Database,
    script::Direction,
};

use super::{Outcome, difference};
use apply::Generated;
pub(super) use case::Case;
use place::{Place, without_version_tables};

/// Two places on the same server.
struct Places {
    /// Where what was generated is applied.
    changed: Place,
    /// Where the model is built from nothing.
    fresh: Place,
}

/// Runs cases, on the same places where the last one went well.
pub(super) struct Runner {
    runtime: tokio::runtime::Runtime,
    places: RefCell<BTreeMap<String, Places>>,
    /// Models that no engine builds, with what it says.
    unbuildable: RefCell<Vec<String>>,
}

impl Runner {
    pub(super) fn new() -> std::io::Result<Self> {
        Ok(Runner {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            places: RefCell::default(),
            unbuildable: RefCell::default(),
        })
    }

    /// A line for each model that has no fresh build.
    pub(super) fn refused(&self) -> Vec<String> {
        let words = self.unbuildable.take().into_iter();
        let line = |words: String| {
            format!("refused by the database, and by Limbeck with its words: {words}")
        };
        words.map(line).collect()
    }

    /// Holds one case to the rules.
    pub(super) fn check(&self, case: &Case) -> Outcome {
        let known = self.places.borrow_mut().remove(&case.dialect.to_string());
        self.runtime.block_on(async {
            let mut places = match known {
                Some(places) => places,
                None => Places {
                    changed: Place::open(case.dialect).await?,
                    fresh: Place::open(case.dialect).await?,
                },
            };
            let outcome = self.rules(&mut places, case).await;
            // A failed transaction must not be the next case's.
            if outcome.is_ok() {
                let name = case.dialect.to_string();
                self.places.borrow_mut().insert(name, places);
            }
            outcome
        })
    }

    async fn rules(&self, places: &mut Places, case: &Case) -> Outcome {
        let Places { changed, fresh } = places;
        fresh.clear(case).await?;
        let refused = fresh.build(&case.model()).await.err();
        changed.clear(case).await?;
        // A case that did not record its database begins with nothing.
        let start: &[String] = case.database.as_deref().unwrap_or_default();
        let built = changed.build(start).await;
        built.map_err(|error| format!("the case's own database cannot be built: {error}"))?;
        let wanted = match (normalised(changed, case).await, refused) {
            (Ok(wanted), None) => wanted,
            (wanted, Some(refused)) => return self.refusal(wanted, &refused.message),
            (Err(error), None) => return Err(error.to_string()),
        };
        let schemas = wanted.schemas.iter();
        let schemas: Vec<String> = schemas.map(|one| one.name.as_str().to_owned()).collect();
        let model = fresh.read(case, &schemas).await?;
        let nothing = compared(changed, &model, &wanted);
        if !nothing.is_empty() {
            return Err(format!(
                "(3) invented for a database just built from the model:\n{}",
                listed(&nothing)
            ));
        }
        let before = changed.read(case, &schemas).await?;
        let found = compared(changed, &before, &wanted);
        let equal = judge::same(&before, &model, changed.language());
        match (found.is_empty(), equal) {
            (true, true) => return Ok(()),
            (true, false) => {
                return Err(format!(
                    "nothing was found\n{}",
                    shown(changed, &model, &before)
                ));
            }
            (false, true) => return Err(format!("(3) invented:\n{}", listed(&found))),
            (false, false) => {}
        }
        let settled = settled(changed, &before, &wanted);
        let found = compared(changed, &before, &settled);
        let back = compared(changed, &settled, &before);
        let generated = Generated::new(found.into_operations(), back.into_operations());
        generated
            .run(&mut changed.session, Direction::Upgrade)
            .await?;
        let after = changed.read(case, &schemas).await?;
        if !judge::same(&after, &model, changed.language()) {
            let diff = shown(changed, &model, &after);
            let operations = generated.text(Direction::Upgrade);
            return Err(format!("(1) not what the model builds\n{diff}{operations}"));
        }
        let again = compared(changed, &after, &wanted);
        if !again.is_empty() {
            return Err(format!("(2) found again:\n{}", listed(&again)));
        }
        generated
            .run(&mut changed.session, Direction::Downgrade)
            .await?;
        let end = changed.read(case, &schemas).await?;
        if !judge::same(&end, &before, changed.language()) {
            let diff = shown(changed, &before, &end);
            let operations = generated.text(Direction::Downgrade);
            return Err(format!(
                "(4) the way back leads elsewhere\n{diff}{operations}"
            ));
        }
        Ok(())
    }

    /// A model that the database itself refuses has no fresh build; it has to be refused with the same words.
    fn refusal(&self, wanted: Result<Database, NormaliseError>, words: &str) -> Outcome {
        match wanted {
            Err(NormaliseError::Statement {
                source,
                location: Some(_),
                ..
            }) if source.message == words => {
                self.unbuildable.borrow_mut().push(words.to_owned());
                Ok(())
            }
            Err(other) => Err(format!(
                "the database says of the model: {words}\nLimbeck says: {other}"
            )),
            Ok(_) => Err(format!(
                "the database refuses the model, and Limbeck does not: {words}"
            )),
        }
    }
}

/// What the engine makes of the case's model, beside what the place has.
async fn normalised(place: &mut Place, case: &Case) -> Result<Database, NormaliseError> {
    let text = case.model().join(";\n");
    let model = Model::Sql(SqlModel::from_text("model.sql", text));
    let mut options = NormaliseOptions::default();
    if case.includes_schemas() {
        options.schemas = place.schemas().await.unwrap_or_default();
    }
    let language = place.session.server().language();
    let actual = read(language.as_ref(), &mut place.session, &options.schemas).await?;
    let mut wanted = normalise_beside(&mut place.session, &model, &options, &actual).await?;
    without_version_tables(&mut wanted, case);
    Ok(wanted)
}

/// The comparison on trial.
fn compared(place: &Place, actual: &Database, wanted: &Database) -> Comparison {
    diff::compare(Sides::new(actual, wanted), asked(place), &decisions())
}

/// The model with the names that what it leaves unnamed will have.
fn settled(place: &Place, actual: &Database, wanted: &Database) -> Database {
    diff::settled(actual, wanted, asked(place), &decisions())
}

fn asked(place: &Place) -> Language<'_> {
    Language {
        capabilities: place.language().capabilities(),
        equivalence: place.language().equivalence(),
    }
}

/// What goes and what comes are never one thing under another name: no case says so.
fn decisions() -> Decisions {
    Decisions {
        accept_drops: true,
        ..Decisions::default()
    }
}

fn listed(comparison: &Comparison) -> String {
    let lines: Vec<String> = comparison.detected().map(ToString::to_string).collect();
    lines.join("\n")
}

fn shown(place: &Place, expected: &Database, found: &Database) -> String {
    let (found, expected) = judge::described(found, expected, place.language());
    difference(&expected, &found)
}

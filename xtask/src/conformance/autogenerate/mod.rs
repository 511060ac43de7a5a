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

use std::cell::RefCell;

use limbeck::{
    dialect::DialectName,
    diff::{self, Comparison, Decisions, Language, Sides},
    migrate::{NormaliseError, NormaliseOptions, normalise},
    models::{Model, SqlModel},
    schema::Database,
    script::Direction,
};

use super::{Outcome, difference};
use apply::Generated;
pub(super) use case::Case;
use place::{Place, without_version_tables};

/// Runs cases on one place per database.
pub(super) struct Runner {
    runtime: tokio::runtime::Runtime,
    places: RefCell<Vec<(DialectName, Place)>>,
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
        let known = self
            .places
            .borrow_mut()
            .pop_if(|(dialect, _)| *dialect == case.dialect);
        self.runtime.block_on(async {
            let mut place = match known {
                Some((_, place)) => place,
                None => Place::open(case.dialect).await?,
            };
            let outcome = self.rules(&mut place, case).await;
            if outcome.is_ok() {
                self.places.borrow_mut().push((case.dialect, place));
            }
            outcome
        })
    }

    async fn rules(&self, place: &mut Place, case: &Case) -> Outcome {
        place.clear(case).await?;
        if let Err(error) = place.build(&case.model()).await {
            return self.refusal(place, case, &error.message).await;
        }
        let all = place.schemas().await?;
        let fresh = place.read(case, &all).await?;
        // The model on itself, in words of its own and in those of its values.
        let nothing = seen(place, case).await?.up;
        if !nothing.is_empty() {
            return Err(format!(
                "a database just built from the model differs from it:\n{}",
                listed(&nothing)
            ));
        }
        let start: &[String] = case.database.as_deref().unwrap_or_default();
        place.clear(case).await?;
        place
            .build(start)
            .await
            .map_err(|error| format!("the case's own database cannot be built: {error}"))?;
        let before = place.read(case, &all).await?;
        let found = seen(place, case).await?;
        let equal =
            judge::lines(&before, place.language()) == judge::lines(&fresh, place.language());
        if found.up.is_empty() {
            return match equal {
                true => Ok(()),
                false
                    if case.diffs.is_empty()
                        && !case.includes_schemas()
                        && only_schemas(&before, &fresh) =>
                {
                    Ok(())
                }
                false => Err(format!(
                    "nothing was found\n{}",
                    shown(place, &fresh, &before)
                )),
            };
        }
        if equal {
            return Err(format!("invented:\n{}", listed(&found.up)));
        }
        let generated = Generated::new(found.up.into_operations(), found.down.into_operations());
        generated
            .run(&mut place.session, Direction::Upgrade)
            .await?;
        let after = place.read(case, &all).await?;
        if judge::lines(&after, place.language()) != judge::lines(&fresh, place.language()) {
            return Err(format!(
                "(1) not what the model builds\n{}{}",
                shown(place, &fresh, &after),
                generated.text(Direction::Upgrade)
            ));
        }
        let again = seen(place, case).await?.up;
        if !again.is_empty() {
            return Err(format!("(2) found again:\n{}", listed(&again)));
        }
        generated
            .run(&mut place.session, Direction::Downgrade)
            .await?;
        let back = place.read(case, &all).await?;
        if judge::lines(&back, place.language()) != judge::lines(&before, place.language()) {
            return Err(format!(
                "(4) the way back leads elsewhere\n{}{}",
                shown(place, &before, &back),
                generated.text(Direction::Downgrade)
            ));
        }
        Ok(())
    }

    /// A model that the database itself refuses has no fresh build; it has to be refused with the same words.
    async fn refusal(&self, place: &mut Place, case: &Case, words: &str) -> Outcome {
        place.clear(case).await?;
        match normalised(place, case).await {
            Err(NormaliseError::Statement {
                source, location, ..
            }) if source.message == words && location.is_some() => {
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

/// What a comparison of the place with the model finds, and the way back.
struct Seen {
    up: Comparison,
    down: Comparison,
}

async fn normalised(place: &mut Place, case: &Case) -> Result<Database, NormaliseError> {
    let text = case.model().join(";\n");
    let model = Model::Sql(SqlModel::from_text("model.sql", text));
    let mut options = NormaliseOptions::default();
    if case.includes_schemas() {
        options.schemas = place.schemas().await.unwrap_or_default();
    }
    let mut wanted = normalise(&mut place.session, &model, &options).await?;
    without_version_tables(&mut wanted, case);
    Ok(wanted)
}

async fn seen(place: &mut Place, case: &Case) -> Result<Seen, String> {
    let wanted = normalised(place, case)
        .await
        .map_err(|error| error.to_string())?;
    let schemas: Vec<String> = wanted
        .schemas
        .iter()
        .map(|schema| schema.name.as_str().to_owned())
        .collect();
    let actual = place.read(case, &schemas).await?;
    let language = Language {
        capabilities: place.language().capabilities(),
        equivalence: place.language().equivalence(),
    };
    let decisions = Decisions {
        accept_drops: true,
        ..Decisions::default()
    };
    let up = diff::compare(Sides::new(&actual, &wanted), language, &decisions);
    let down = diff::compare(
        Sides::new(&wanted, &actual),
        language,
        &decisions.inverted(),
    );
    Ok(Seen { up, down })
}

/// Whether two databases are equal apart from schemas that neither the model names nor Alembic was told to look at.
fn only_schemas(left: &Database, right: &Database) -> bool {
    let own = |database: &Database| {
        let tables = database.tables.iter();
        let default = tables.filter(|table| table.name.schema.is_none());
        default.cloned().collect::<Vec<_>>()
    };
    own(left) == own(right)
}

fn listed(comparison: &Comparison) -> String {
    let lines: Vec<String> = comparison.detected().map(ToString::to_string).collect();
    lines.join("\n")
}

fn shown(place: &Place, expected: &Database, found: &Database) -> String {
    difference(
        &judge::lines(expected, place.language()),
        &judge::lines(found, place.language()),
    )
}

//! For any two schemas: what is said to lead from one to the other does, nothing is left to do then, the database is as
//! one that was built as the other, what the rows held is there, and the way back leads back.

use limbeck::{
    dialect::{DialectName, Query},
    diff::{Decisions, Detected},
    migrate::{NormaliseOptions, Session, normalise_beside},
    models::{self, Model, SqlModel},
    schema::Database,
};

use crate::{
    databases::Place,
    engine::{apply, difference},
    portrait::{Own, differences, portrait},
    random::{Draft, Schema, Words, decisions, in_both, rows},
    survivors::{Held, held, lost},
    trial,
};

fn law(words: Words, place: &Place, fresh: &Place, usual: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    trial::tried(
        trial::numbers(usual),
        |(a, b)| {
            let pair = Pair::new(words, a, b);
            runtime.block_on(there_and_back(place, fresh, &pair))
        },
        |(a, b)| Pair::new(words, a, b).to_string(),
    );
}

/// Two schemas as statements.
pub(crate) struct Pair<'d> {
    a: Schema<'d>,
    b: Schema<'d>,
    rows: Vec<String>,
}

impl<'d> Pair<'d> {
    pub(crate) fn new(words: Words, a: &'d Draft, b: &'d Draft) -> Pair<'d> {
        let (a, b) = (Schema::new(words, a, b), Schema::new(words, b, a));
        let rows = rows(&a, &b);
        Pair { a, b, rows }
    }
}

impl std::fmt::Display for Pair<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines = |statements: &[String]| statements.join(";\n");
        let (a, b) = (self.a.statements(), self.b.statements());
        write!(
            formatter,
            "-- before\n{};\n-- rows\n{};\n-- after\n{};",
            lines(&a),
            lines(&self.rows),
            lines(&b)
        )
    }
}

async fn run(session: &mut Session<'_>, statements: &[String]) -> Result<(), String> {
    for statement in statements {
        let done = session.execute(statement, &[]).await;
        done.map_err(|error| format!("{error}\nin {statement}"))?;
    }
    Ok(())
}

/// What the database's own engine makes of a schema, beside what there is.
async fn wanted(
    session: &mut Session<'_>,
    schema: &Schema<'_>,
    actual: &Database,
) -> Result<Database, String> {
    let mut text = String::new();
    for statement in schema.statements() {
        // A body has semicolons of its own.
        let body = schema.words == Words::Mariadb && statement.contains("BEGIN");
        match body {
            true => text.push_str(&format!("DELIMITER //\n{statement}//\nDELIMITER ;\n")),
            false => text.push_str(&format!("{statement};\n")),
        }
    }
    let model = Model::Sql(SqlModel::from_text("model.sql", text));
    normalise_beside(session, &model, &NormaliseOptions::default(), actual)
        .await
        .map_err(|error| format!("{error}\nin the model"))
}

/// What the database has now.
async fn read(session: &mut Session<'_>) -> Database {
    let language = session.server().language();
    let schemas = ["other s".to_owned()];
    let mut database = models::read(language.as_ref(), session, &schemas)
        .await
        .unwrap();
    let own = ["alembic_version", "limbeck_lease", "limbeck_history"];
    database
        .tables
        .retain(|table| !own.contains(&table.name.name.as_str()));
    for schema in &mut database.schemas {
        schema.owner = None;
    }
    database
}

async fn all_held(session: &mut Session<'_>, schema: &Schema<'_>, other: &Schema<'_>) -> Held {
    let mut all = Held::new();
    for (table, other) in in_both(schema, other) {
        all.extend(held(session, schema.words, table, other).await);
    }
    all
}

pub(crate) async fn there_and_back(
    place: &Place,
    fresh: &Place,
    pair: &Pair<'_>,
) -> Result<(), String> {
    let (a, b) = (&pair.a, &pair.b);
    // What an heir had before it got its parent stays its own, which no statement changes.
    let parents = (a.parent(), b.parent());
    let moves = parents.0.zip(parents.1);
    let own = match moves.is_some_and(|(before, after)| before.place != after.place) {
        true => Own::Unseen,
        false => Own::Seen,
    };
    let mut beside = fresh.empty().await;
    run(&mut beside, &b.statements()).await?;
    let new = portrait(&mut beside, own).await;
    let mut session = place.empty().await;
    run(&mut session, &a.statements()).await?;
    let old = portrait(&mut session, own).await;
    run(&mut session, &pair.rows).await?;

    let actual = read(&mut session).await;
    let wanted = wanted(&mut session, b, &actual).await?;
    let before = all_held(&mut session, a, b).await;
    let way = decisions(a, b);
    let there = Goal { own, fresh: &new };
    go(&mut session, "there", (&actual, &wanted), &way, there).await?;
    let after = all_held(&mut session, b, a).await;
    // A value of the enum that has another name now.
    let mood = |text: &str| {
        let mut values = b.values().iter();
        let sad = values.find(|value| ["sad", "unhappy"].contains(*value));
        match (text, sad) {
            ("sad" | "unhappy", Some(sad)) => (*sad).to_owned(),
            _ => text.to_owned(),
        }
    };
    let gone = lost(&before, &after, mood);
    if !gone.is_empty() {
        return Err(format!(
            "there: rows have lost what they held: {}",
            gone.join("\n")
        ));
    }
    go(
        &mut session,
        "back",
        (&wanted, &actual),
        &way.inverted(),
        Goal { own, fresh: &old },
    )
    .await?;
    let again = all_held(&mut session, a, b).await;
    let gone = lost(&before, &again, |text| text.to_owned());
    match gone.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "back: rows have lost what they held: {}",
            gone.join("\n")
        )),
    }
}

/// What the database shall look like.
#[derive(Clone, Copy)]
struct Goal<'f> {
    own: Own,
    fresh: &'f [String],
}

/// Brings the database from one schema to the other, and looks whether it is there.
async fn go(
    session: &mut Session<'_>,
    revision: &str,
    (from, to): (&Database, &Database),
    decisions: &Decisions,
    goal: Goal<'_>,
) -> Result<(), String> {
    let comparison = difference(session, from, to, decisions);
    let lines: Vec<String> = comparison.operations().map(ToString::to_string).collect();
    let operations = comparison.into_operations();
    let json: Vec<String> = operations
        .iter()
        .map(|one| serde_json::to_string(one).unwrap())
        .collect();
    let fail = |error: String| {
        let (lines, json) = (lines.join("\n"), json.join("\n"));
        format!("{revision}: {error}\n{lines}\n{json}")
    };
    apply(session, revision, operations).await.map_err(&fail)?;
    let differing = differences(&portrait(session, goal.own).await, goal.fresh);
    if !differing.is_empty() {
        return Err(fail(format!("not the same:\n{}", differing.join("\n"))));
    }
    let found = read(session).await;
    let left = difference(session, &found, to, &Decisions::default());
    if left.is_empty() {
        return Ok(());
    }
    let left: Vec<String> = left.detected().map(Detected::to_string).collect();
    Err(fail(format!("left to do: {}", left.join(", "))))
}

#[test]
fn any_sqlite_schema_leads_to_any_other_and_back() {
    law(Words::Sqlite, &Place::Memory, &Place::Memory, 100);
}

#[test]
fn any_postgresql_schema_leads_to_any_other_and_back() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found = runtime.block_on(async {
        (
            limbeck_testing::postgres().await,
            limbeck_testing::postgres().await,
        )
    });
    if let (Some(place), Some(fresh)) = found {
        let at = |database| Place::Server(DialectName::Postgresql, database);
        law(Words::Postgresql, &at(place), &at(fresh), 20);
    }
}

#[test]
fn any_mariadb_schema_leads_to_any_other_and_back() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let found = runtime.block_on(async {
        (
            limbeck_testing::mariadb().await,
            limbeck_testing::mariadb().await,
        )
    });
    if let (Some(place), Some(fresh)) = found {
        let at = |database| Place::Server(DialectName::Mariadb, database);
        law(Words::Mariadb, &at(place), &at(fresh), 20);
    }
}

//! For any two schemas: what is said to lead from one to the other does, nothing is left to do then, the rows of the
//! tables that stay are there, and the way back leads back.

use limbeck::{
    dialect::{DialectName, Query},
    diff::Decisions,
    migrate::Session,
    schema::{Database, Value},
};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::{
    databases::Place,
    engine::{apply, build, difference, inspect},
    schemas::{Draft, decided, drafts, row, schema},
};

/// How many pairs are tried; `LIMBECK_TEST_PAIRS` for a long run.
fn cases(usual: u32) -> u32 {
    let said = std::env::var("LIMBECK_TEST_PAIRS").ok();
    said.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn law(place: &Place, scratch: &Place, usual: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut runner = TestRunner::new(Config {
        cases: cases(usual),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    });
    let pairs = (drafts(), drafts());
    runner
        .run(&pairs, |(a, b)| {
            runtime.block_on(there_and_back(place, scratch, &a, &b))
        })
        .unwrap();
}

/// What the database's own engine makes of a schema.
async fn normalised(scratch: &Place, draft: &Draft) -> Database {
    let mut session = scratch.empty().await;
    let language = session.server().language();
    build(&mut session, &schema(language.as_ref(), draft)).await;
    inspect(&mut session).await
}

async fn there_and_back(
    place: &Place,
    scratch: &Place,
    a: &Draft,
    b: &Draft,
) -> Result<(), TestCaseError> {
    let wanted = normalised(scratch, b).await;
    let mut session = place.empty().await;
    let language = session.server().language();
    build(&mut session, &schema(language.as_ref(), a)).await;
    let actual = inspect(&mut session).await;
    for table in &actual.tables {
        let row = row(language.as_ref(), table);
        session.execute(&row, &[]).await.unwrap();
    }
    let decisions = decided(&[&actual, &wanted]);
    go(&mut session, "there", &actual, &wanted, &decisions).await?;
    let staying = wanted.tables.iter().filter(|table| {
        let mut tables = actual.tables.iter();
        tables.any(|other| other.name == table.name)
    });
    for table in staying {
        let name = language.qualified(&table.name);
        let count = format!("SELECT count(*) FROM {name}");
        let rows = session.query(&count, &[]).await.unwrap();
        let first = rows.first().and_then(|row| row.first());
        assert_eq!(first.and_then(Value::as_integer), Some(1), "{name}");
    }
    go(
        &mut session,
        "back",
        &wanted,
        &actual,
        &decisions.inverted(),
    )
    .await
}

/// Brings the database from one schema to the other, and looks whether it is there.
async fn go(
    session: &mut Session<'_>,
    revision: &str,
    from: &Database,
    to: &Database,
    decisions: &Decisions,
) -> Result<(), TestCaseError> {
    let comparison = difference(session, from, to, decisions);
    let lines: Vec<String> = comparison
        .operations()
        .map(|operation| format!("{operation}"))
        .collect();
    let operations = comparison.into_operations();
    let json = serde_json::to_string_pretty(&operations).unwrap();
    let fail = |error: String| {
        TestCaseError::fail(format!("{revision}: {error}\n{}\n{json}", lines.join("\n")))
    };
    apply(session, revision, operations).await.map_err(&fail)?;
    let found = inspect(session).await;
    let left = difference(session, &found, to, &Decisions::default());
    if left.is_empty() {
        return Ok(());
    }
    let left: Vec<String> = left
        .changes
        .iter()
        .flat_map(|change| change.what.iter().map(ToString::to_string))
        .collect();
    Err(fail(format!("left to do: {}", left.join(", "))))
}

#[test]
fn any_sqlite_schema_leads_to_any_other_and_back() {
    law(&Place::Memory, &Place::Memory, 100);
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
    if let (Some(place), Some(scratch)) = found {
        let at = |database| Place::Server(DialectName::Postgresql, database);
        law(&at(place), &at(scratch), 20);
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
    if let (Some(place), Some(scratch)) = found {
        let at = |database| Place::Server(DialectName::Mariadb, database);
        law(&at(place), &at(scratch), 20);
    }
}

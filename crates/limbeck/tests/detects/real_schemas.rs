//! Whole schemas as people write them: nothing is found between them and their models, and what is printed of them
//! builds them again.

use limbeck::{
    dialect::{DialectName, Query},
    diff::{Decisions, Detected},
    migrate::Session,
    render::sql_script,
    schema::Database,
};

use crate::{
    engine::difference,
    places::{model, place, read, run, text, wanted},
};

/// Fails with all that differs.
pub(crate) fn assert_nothing(
    session: &Session<'_>,
    actual: &Database,
    wanted: &Database,
    when: &str,
) {
    let comparison = difference(session, actual, wanted, &Decisions::default());
    let found: Vec<String> = comparison.detected().map(Detected::to_string).collect();
    assert!(
        comparison.is_empty(),
        "{when}: {found:#?}\n{:#?}",
        comparison.operations().collect::<Vec<_>>()
    );
}

async fn holds(file: &str, dialect: DialectName) {
    let (Some(full), Some(empty)) = (place(dialect).await, place(dialect).await) else {
        return;
    };
    let (mut full, mut empty) = (full.empty().await, empty.empty().await);
    let file = model(file, &text(&format!("schemas/{file}")));
    run(&mut full, &file).await;
    let as_model = wanted(&mut full, &file).await;
    let actual = read(&mut full, &[&as_model]).await;
    assert_nothing(&full, &actual, &as_model, "its own file as the model");

    let nothing = Database::default();
    let built = difference(&full, &nothing, &actual, &Decisions::default()).into_operations();
    let language = full.server().language();
    let printed = sql_script(language.as_ref(), &built).unwrap();
    let printed = model("printed.sql", &printed);
    run(&mut empty, &printed).await;
    let again = read(&mut empty, &[&as_model]).await;
    assert_nothing(&full, &actual, &again, "built from what is printed");
    assert_nothing(
        &full,
        &again,
        &actual,
        "what is printed, the other way round",
    );
    let as_model = wanted(&mut full, &printed).await;
    assert_nothing(&full, &actual, &as_model, "what is printed as the model");
}

#[tokio::test]
async fn film_rental_on_postgresql() {
    holds("film_rental.postgresql.sql", DialectName::Postgresql).await;
}

#[tokio::test]
async fn music_store_on_sqlite() {
    holds("music_store.sqlite.sql", DialectName::Sqlite).await;
}

#[tokio::test]
async fn music_store_on_mariadb() {
    holds("music_store.mariadb.sql", DialectName::Mariadb).await;
}

/// The objects of an extension are its own. An extension that is not installed on the server is left out.
async fn leaves_alone(extension: &str) {
    let Some(place) = place(DialectName::Postgresql).await else {
        return;
    };
    let mut session = place.empty().await;
    let found = format!("SELECT 1 FROM pg_available_extensions WHERE name = '{extension}'");
    if session.query(&found, &[]).await.unwrap().is_empty() {
        return;
    }
    let script = model(
        "extension.sql",
        &format!("CREATE EXTENSION {extension};\nCREATE TABLE mine (x integer);"),
    );
    run(&mut session, &script).await;
    let actual = read(&mut session, &[]).await;
    assert_eq!(actual.tables.len(), 1);
    assert!(actual.views.is_empty() && actual.routines.is_empty());
    assert!(
        actual
            .extensions
            .iter()
            .any(|one| one.name.as_str() == extension)
    );
    let as_model = wanted(&mut session, &script).await;
    assert_nothing(&session, &actual, &as_model, extension);
}

#[tokio::test]
async fn statistics_views_are_their_extensions_own() {
    leaves_alone("pg_stat_statements").await;
}

#[tokio::test]
async fn spatial_tables_are_their_extensions_own() {
    leaves_alone("postgis").await;
}

//! Five projects of ours that have the shape of five real teams' projects: their `env.py`, their scripts, their commands as their
//! documents have them. Every command gives what real Alembic gave (`record.py`), and leaves the same in the database.
#![cfg(feature = "python")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod autogenerate;
mod recorded;
mod turns;
mod workplace;

use recorded::replay;
use workplace::Workplace;

/// A fresh PostgreSQL database, where there is a server.
async fn postgresql() -> Option<String> {
    let database = limbeck_testing::postgres().await?;
    Some(database.url.replacen("postgres://", "postgresql://", 1))
}

#[test]
fn a_service_whose_url_is_in_the_environment() {
    let workplace = Workplace::new("workflows", "evaluation_service", "backend", String::new());
    insta::assert_snapshot!(replay(&workplace), @"");
}

#[tokio::test]
async fn a_pipeline_whose_url_is_the_argument() {
    let Some(database) = postgresql().await else {
        return;
    };
    let workplace = Workplace::new("workflows", "data_pipeline", ".", database);
    insta::assert_snapshot!(replay(&workplace), @"");
}

#[tokio::test]
async fn stations_in_a_schema_that_is_named_at_run_time_with_operations_of_their_own() {
    let Some(database) = postgresql().await else {
        return;
    };
    let workplace = Workplace::new("workflows", "climate_stations", ".", database);
    insta::assert_snapshot!(replay(&workplace), @"");
}

#[test]
fn a_library_that_lends_its_connection_to_two_histories() {
    let workplace = Workplace::new(
        "workflows",
        "lab_notebook",
        "notebook/results",
        String::new(),
    );
    insta::assert_snapshot!(replay(&workplace), @"");
}

#[test]
fn a_store_whose_engine_is_an_object_of_the_application() {
    let workplace = Workplace::new("workflows", "stack_store", ".", String::new());
    insta::assert_snapshot!(replay(&workplace), @"");
}

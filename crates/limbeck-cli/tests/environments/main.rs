//! Projects of ours whose `env.py` has the shape of one that is known from a published project: where the database comes from, what
//! surrounds the run, which options there are. Every command gives what real Alembic gave (`tests/workflows/record.py`).
#![cfg(feature = "python")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

#[path = "../workflows/recorded.rs"]
#[allow(dead_code)]
mod recorded;
#[path = "../workflows/workplace.rs"]
#[allow(dead_code)]
mod workplace;

mod own_ways;

use recorded::replay;
use workplace::Workplace;

const GROUP: &str = "environments";

/// A project without a server.
fn project(name: &'static str) -> Workplace {
    Workplace::new(GROUP, name, ".", String::new())
}

/// A project with a fresh PostgreSQL database, where there is a server.
async fn project_with_server(name: &'static str) -> Option<Workplace> {
    let database = limbeck_testing::postgres().await?;
    let url = database.url.replacen("postgres://", "postgresql://", 1);
    Some(Workplace::new(GROUP, name, ".", url))
}

#[test]
fn a_library_whose_ini_file_names_the_database() {
    insta::assert_snapshot!(replay(&project("study_storage")), @"");
}

#[test]
fn two_histories_in_one_database_the_first_with_a_connection_that_may_be_lent() {
    insta::assert_snapshot!(replay(&project("run_tracker")), @"");
}

#[test]
fn an_address_in_the_environment_and_an_engine_of_the_application() {
    insta::assert_snapshot!(replay(&project("experiment_log")), @"");
}

#[test]
fn a_connection_that_only_the_program_can_lend() {
    insta::assert_snapshot!(replay(&project("asset_graph")), @"");
}

#[tokio::test]
async fn a_transaction_for_each_migration_and_something_to_do_afterwards() {
    let Some(project) = project_with_server("scheduler").await else {
        return;
    };
    insta::assert_snapshot!(replay(&project), @"");
}

#[tokio::test]
async fn options_and_the_address_of_the_application_under_way() {
    let Some(project) = project_with_server("dashboards").await else {
        return;
    };
    insta::assert_snapshot!(replay(&project), @"");
}

#[tokio::test]
async fn an_engine_of_asyncio_with_a_lock_of_its_own() {
    let Some(project) = project_with_server("flow_builder").await else {
        return;
    };
    insta::assert_snapshot!(replay(&project), @"");
}

#[tokio::test]
async fn a_schema_that_is_looked_into_first() {
    let Some(project) = project_with_server("chat_server").await else {
        return;
    };
    insta::assert_snapshot!(replay(&project), @"");
}

#[tokio::test]
async fn revisions_for_each_kind_of_database_and_transactions_in_its_own_words() {
    let Some(project) = project_with_server("orchestrator").await else {
        return;
    };
    insta::assert_snapshot!(replay(&project), @"");
}

#[tokio::test]
async fn what_init_makes() {
    let Some(project) = project_with_server("templates").await else {
        return;
    };
    insta::assert_snapshot!(replay(&project), @"");
}

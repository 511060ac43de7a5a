//! SQLite, from wherever the application has it.

use std::path::Path;

use limbeck::{Migrator, config::DatabaseUrl};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use crate::{DryRun, GIFT_CARDS, NEWEST, jobs, shop, tour};

fn file(directory: &tempfile::TempDir) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(directory.path().join("shop.db"))
        .create_if_missing(true)
}

async fn gift_cards(connection: &mut SqliteConnection) -> i64 {
    let counted = sqlx::query_scalar(GIFT_CARDS).fetch_one(connection).await;
    counted.unwrap()
}

fn url(path: &Path) -> String {
    format!("sqlite:///{}", path.display())
}

#[tokio::test]
async fn an_address_as_text_or_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("shop.db");
    let project = shop();
    let mut migrator = Migrator::connect(&project, &url(&path)).await.unwrap();
    tour(&mut migrator, DryRun::Possible).await;
    drop(migrator);
    let read = DatabaseUrl::parse("sqlite:///shop.db").unwrap();
    let read = read.with_base_directory(directory.path());
    let mut again = Migrator::connect(&project, &read).await.unwrap();
    assert_eq!(again.rows().await.unwrap(), [NEWEST]);
    let mut connection = file(&directory).connect().await.unwrap();
    assert_eq!(gift_cards(&mut connection).await, 1);
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_told_apart_from_a_database_that_cannot_be_reached() {
    let project = shop();
    let error = Migrator::connect(&project, "oracle://scott:tiger@host/db")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), "configuration");
    assert!(!error.to_string().contains("tiger"), "{error}");
    let error = Migrator::connect(&project, "sqlite:////no/such/place/shop.db")
        .await
        .unwrap_err();
    assert_eq!(error.kind(), "connection");
    assert!(error.to_string().contains("/no/such/place"), "{error}");
}

#[tokio::test]
async fn an_address_in_memory() {
    let project = shop();
    let mut migrator = Migrator::connect(&project, "sqlite://").await.unwrap();
    tour(&mut migrator, DryRun::Possible).await;
    // Another one of the same name is another database.
    let mut other = Migrator::connect(&project, "sqlite://").await.unwrap();
    assert_eq!(other.rows().await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn pools_of_a_file_and_of_a_database_in_memory() {
    let directory = tempfile::tempdir().unwrap();
    let project = shop();
    for (options, connections) in [
        (file(&directory), 4),
        (
            file(&directory).filename(directory.path().join("other.db")),
            1,
        ),
        ("sqlite::memory:".parse().unwrap(), 3),
        ("sqlite::memory:".parse().unwrap(), 1),
    ] {
        let pool = SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(connections)
            .connect_with(options)
            .await
            .unwrap();
        let mut migrator = Migrator::from_pool(&project, &pool).await.unwrap();
        tour(&mut migrator, DryRun::Possible).await;
        drop(migrator);
        assert_eq!(gift_cards(&mut pool.acquire().await.unwrap()).await, 1);
    }
}

#[tokio::test]
async fn a_connection_of_the_callers() {
    let directory = tempfile::tempdir().unwrap();
    let project = shop();
    for options in [file(&directory), "sqlite::memory:".parse().unwrap()] {
        let mut connection = options.connect().await.unwrap();
        let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
        tour(&mut migrator, DryRun::Possible).await;
        drop(migrator);
        assert_eq!(gift_cards(&mut connection).await, 1);
    }
}

#[tokio::test]
async fn what_happens_in_a_callers_transaction_is_the_callers_to_commit() {
    let directory = tempfile::tempdir().unwrap();
    let project = shop();
    let pool = SqlitePool::connect_with(file(&directory)).await.unwrap();
    for commit in [false, true] {
        let mut transaction = pool.begin().await.unwrap();
        let mut migrator = Migrator::borrow(&project, &mut *transaction).await.unwrap();
        tour(&mut migrator, DryRun::Refused).await;
        drop(migrator);
        assert_eq!(gift_cards(&mut transaction).await, 1);
        match commit {
            false => transaction.rollback().await.unwrap(),
            true => transaction.commit().await.unwrap(),
        }
        let tables: i64 =
            sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE type = 'table'")
                .fetch_one(&pool)
                .await
                .unwrap();
        assert_eq!(tables, if commit { 3 } else { 0 });
    }
}

#[tokio::test]
async fn a_callers_transaction_survives_a_run_that_fails() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    let project = shop();
    sqlx::query("CREATE TABLE purchase (id integer)")
        .execute(&mut *transaction)
        .await
        .unwrap();
    let mut migrator = Migrator::borrow(&project, &mut *transaction).await.unwrap();
    let error = migrator.upgrade("head").await.unwrap_err();
    assert_eq!(error.kind(), "statement");
    drop(migrator);
    transaction.rollback().await.unwrap();
    let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    assert_eq!(migrator.upgrade("head").await.unwrap().steps.len(), 3);
}

#[tokio::test]
async fn two_projects_in_one_database_do_not_see_each_other() {
    let (shop, jobs) = (shop(), jobs());
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    for project in [&shop, &jobs] {
        let mut migrator = Migrator::borrow(project, &mut connection).await.unwrap();
        migrator.upgrade("head").await.unwrap();
    }
    let mut migrator = Migrator::borrow(&shop, &mut connection).await.unwrap();
    migrator.downgrade("base").await.unwrap();
    drop(migrator);
    let mut migrator = Migrator::borrow(&jobs, &mut connection).await.unwrap();
    assert_eq!(migrator.rows().await.unwrap(), ["f00d00000001"]);
}

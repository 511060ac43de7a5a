//! PostgreSQL and MariaDB, from wherever the application has them.

use std::time::Duration;

use limbeck::Migrator;
use limbeck_testing::{mariadb, postgres};
use sqlx::{Connection, MySqlConnection, MySqlPool, PgConnection, PgPool};

use crate::{
    DryRun, GIFT_CARDS, REVISIONS,
    dropped::cut_off,
    shop,
    together::{Source, race},
    tour,
};

#[tokio::test]
async fn postgresql_from_an_address_a_pool_and_a_connection() {
    let project = shop();
    let Some(database) = postgres().await else {
        return;
    };
    let mut migrator = Migrator::connect(&project, &database.url).await.unwrap();
    tour(&mut migrator, DryRun::Possible).await;
    migrator.downgrade("base").await.unwrap();
    drop(migrator);

    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(1);
    let pool: PgPool = pool.connect(&database.url).await.unwrap();
    let mut migrator = Migrator::from_pool(&project, &pool).await.unwrap();
    tour(&mut migrator, DryRun::Possible).await;
    migrator.downgrade("base").await.unwrap();
    drop(migrator);

    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    tour(&mut migrator, DryRun::Possible).await;
    drop(migrator);
    let cards: i64 = sqlx::query_scalar(GIFT_CARDS)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(cards, 1);
}

#[tokio::test]
async fn in_a_callers_transaction_postgresql_keeps_nothing_that_is_not_committed() {
    let project = shop();
    let Some(database) = postgres().await else {
        return;
    };
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    for commit in [false, true] {
        let mut transaction = connection.begin().await.unwrap();
        let mut migrator = Migrator::borrow(&project, &mut *transaction).await.unwrap();
        tour(&mut migrator, DryRun::Refused).await;
        drop(migrator);
        match commit {
            false => transaction.rollback().await.unwrap(),
            true => transaction.commit().await.unwrap(),
        }
        let there: Vec<Option<String>> = sqlx::query_scalar(
            "SELECT to_regclass(name)::text FROM unnest(ARRAY['product', 'purchase', 'alembic_version']) AS name",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        assert!(
            there.iter().all(|table| table.is_some() == commit),
            "{there:?}"
        );
    }
}

#[tokio::test]
async fn mariadb_from_an_address_a_pool_and_a_connection() {
    let project = shop();
    let Some(database) = mariadb().await else {
        return;
    };
    let mut migrator = Migrator::connect(&project, &database.url).await.unwrap();
    tour(&mut migrator, DryRun::Refused).await;
    migrator.downgrade("base").await.unwrap();
    drop(migrator);

    let pool = sqlx::mysql::MySqlPoolOptions::new().max_connections(1);
    let pool: MySqlPool = pool.connect(&database.url).await.unwrap();
    let mut migrator = Migrator::from_pool(&project, &pool).await.unwrap();
    tour(&mut migrator, DryRun::Refused).await;
    migrator.downgrade("base").await.unwrap();
    drop(migrator);

    let mut connection = MySqlConnection::connect(&database.url).await.unwrap();
    let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    tour(&mut migrator, DryRun::Refused).await;
    drop(migrator);
    let cards: i64 = sqlx::query_scalar(GIFT_CARDS)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(cards, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_copies_on_postgresql_each_step_is_done_by_one() {
    let Some(database) = postgres().await else {
        return;
    };
    race(|| Source::Url(database.url.clone())).await;
    let Some(database) = postgres().await else {
        return;
    };
    let pool = PgPool::connect(&database.url).await.unwrap();
    race(|| Source::Pool((&pool).into())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_copies_on_mariadb_each_step_is_done_by_one() {
    let Some(database) = mariadb().await else {
        return;
    };
    race(|| Source::Url(database.url.clone())).await;
    let Some(database) = mariadb().await else {
        return;
    };
    let pool = MySqlPool::connect(&database.url).await.unwrap();
    race(|| Source::Pool((&pool).into())).await;
}

#[tokio::test]
async fn a_run_on_postgresql_that_is_dropped_leaves_neither_changes_nor_a_lock() {
    let project = shop();
    let Some(database) = postgres().await else {
        return;
    };
    let migrator = Migrator::connect(&project, &database.url).await.unwrap();
    let mut migrator = cut_off(migrator).await;
    assert_eq!(migrator.upgrade("head").await.unwrap().steps.len(), 3);
    migrator.downgrade("base").await.unwrap();

    drop(cut_off(migrator).await);
    let mut other = Migrator::connect(&project, &database.url).await.unwrap();
    other.options_mut().lock.wait = Duration::from_secs(20);
    assert_eq!(other.rows().await.unwrap(), [""; 0]);
    let report = other.upgrade("+1").await.unwrap();
    assert_eq!(report.rows_after, [REVISIONS[0]]);
}

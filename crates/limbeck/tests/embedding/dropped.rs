//! Runs whose future is dropped half way.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use limbeck::Migrator;
use sqlx::{SqliteConnection, SqlitePool, sqlite::SqliteConnectOptions};
use tokio::{select, sync::Notify};

use crate::{REVISIONS, shop};

/// Begins an upgrade, drops its future before the second step, and gives the migrator back.
pub(crate) async fn cut_off<'p, 'c>(migrator: Migrator<'p, 'c>) -> Migrator<'p, 'c> {
    let (arrived, stopped) = (Arc::new(Notify::new()), AtomicBool::new(false));
    let tell = arrived.clone();
    let mut migrator = migrator.before_each(move |step, _| {
        let stop = step.revision == REVISIONS[1] && !stopped.swap(true, Ordering::Relaxed);
        let tell = tell.clone();
        Box::pin(async move {
            if stop {
                tell.notify_one();
                pending::<()>().await;
            }
            Ok(())
        })
    });
    select! {
        finished = migrator.upgrade("head") => panic!("it was not stopped: {finished:?}"),
        () = arrived.notified() => {}
    }
    migrator
}

fn file(directory: &tempfile::TempDir) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(directory.path().join("shop.db"))
        .create_if_missing(true)
}

async fn tables(connection: &mut SqliteConnection) -> i64 {
    let sql = "SELECT count(*) FROM sqlite_schema";
    sqlx::query_scalar(sql).fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn nothing_is_kept_and_others_go_on() {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite:///{}", directory.path().join("shop.db").display());
    let project = shop();
    let migrator = cut_off(Migrator::connect(&project, &url).await.unwrap()).await;
    drop(migrator);
    let mut other = Migrator::connect(&project, &url).await.unwrap();
    assert_eq!(other.rows().await.unwrap(), [""; 0]);
    assert_eq!(other.upgrade("head").await.unwrap().steps.len(), 3);
}

#[tokio::test]
async fn the_same_migrator_can_go_on() {
    let project = shop();
    let migrator = Migrator::connect(&project, "sqlite://").await.unwrap();
    let mut migrator = cut_off(migrator).await;
    assert_eq!(migrator.rows().await.unwrap(), [""; 0]);
    assert_eq!(migrator.upgrade("head").await.unwrap().steps.len(), 3);
}

#[tokio::test]
async fn a_lent_connection_comes_back_as_it_was() {
    let directory = tempfile::tempdir().unwrap();
    let pool = SqlitePool::connect_with(file(&directory)).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let project = shop();
    let migrator = cut_off(Migrator::borrow(&project, &mut *connection).await.unwrap()).await;
    drop(migrator);
    assert_eq!(tables(&mut connection).await, 0);
    // Its owner and others can write.
    for connection in [&mut connection, &mut pool.acquire().await.unwrap()] {
        let mut transaction = sqlx::Connection::begin(&mut **connection).await.unwrap();
        sqlx::query("CREATE TABLE note (x)")
            .execute(&mut *transaction)
            .await
            .unwrap();
        transaction.rollback().await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_goes_back_to_its_pool_without_a_transaction() {
    let directory = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    let pool = options.connect_with(file(&directory)).await.unwrap();
    let project = shop();
    drop(cut_off(Migrator::from_pool(&project, &pool).await.unwrap()).await);
    assert_eq!(tables(&mut pool.acquire().await.unwrap()).await, 0);
    let mut migrator = Migrator::from_pool(&project, &pool).await.unwrap();
    assert_eq!(migrator.upgrade("head").await.unwrap().steps.len(), 3);
}

//! Runs whose future is dropped half way.

use std::{
    future::pending,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use limbeck::{Migrator, Project};
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

#[tokio::test]
async fn the_settings_of_a_connection_are_put_back() {
    let rebuilds = Project::from_embedded(&[
        (
            "1.sql",
            "-- revision: c0ffee000001\n-- revises: base\n\n-- limbeck: upgrade\nCREATE TABLE shelf (id integer PRIMARY KEY);\n\
             CREATE TABLE book (shelf_id integer REFERENCES shelf (id));\n",
        ),
        (
            "2.sql",
            "-- revision: c0ffee000002\n-- revises: c0ffee000001\n\n-- limbeck: upgrade\n\
             ALTER TABLE book ADD CONSTRAINT book_on_shelf CHECK (shelf_id > 0);\n",
        ),
    ]);
    let directory = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
    let pool = options.connect_with(file(&directory)).await.unwrap();
    let during = Arc::new(Mutex::new(Vec::new()));
    let noted = during.clone();
    let migrator = Migrator::from_pool(&rebuilds, &pool).await.unwrap();
    let migrator = migrator.before_each(move |_, database| {
        let noted = noted.clone();
        Box::pin(async move {
            for setting in ["PRAGMA foreign_keys", "PRAGMA busy_timeout"] {
                let rows = database.query(setting, &[]).await?;
                noted.lock().unwrap().push(rows[0][0].as_integer().unwrap());
            }
            Ok(())
        })
    });
    drop(cut_off(migrator).await);
    // Otherwise there was nothing to put back.
    assert_eq!(during.lock().unwrap().first(), Some(&0));
    let mut connection = pool.acquire().await.unwrap();
    let settings = "SELECT foreign_keys, timeout FROM pragma_foreign_keys, pragma_busy_timeout";
    let (foreign_keys, timeout): (i64, i64) = sqlx::query_as(settings)
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    assert_eq!((foreign_keys, timeout), (1, 5000));
}

//! PgBouncer in transaction mode: found out, and a lease takes the lock's place.

use limbeck::{
    dialect::Query,
    migrate::{LockError, RunFailure, RunOptions, Session},
};
use sqlx::{Connection, PgConnection};

use crate::history::{History, impatient, number, postgres, version_rows};

#[tokio::test]
async fn a_lease_takes_the_place_of_the_lock() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let Some(pooler) = limbeck_testing::pgbouncer(&database).await else {
        return;
    };
    let slow = History::new(&[("a1", &[], "SELECT pg_sleep(1.5);", "")]);
    let url = pooler.url.clone();
    let running = tokio::spawn(async move {
        let mut session = postgres(&url).await;
        slow.upgrade(&mut session, &RunOptions::default()).await
    });
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    let mut direct = postgres(&database.url).await;
    assert_eq!(
        number(&mut direct, "SELECT count(*) FROM limbeck.limbeck_lease").await,
        1
    );
    assert_eq!(
        number(
            &mut direct,
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
             WHERE l.locktype = 'advisory' AND d.datname = current_database()"
        )
        .await,
        0
    );
    let mut session = postgres(&pooler.url).await;
    let history = History::new(&[("a1", &[], "CREATE TABLE a (x int);", "")]);
    let error = history
        .upgrade(&mut session, &impatient())
        .await
        .unwrap_err();
    let RunFailure::Lock(LockError::Held {
        holder: Some(holder),
        ..
    }) = &error.cause
    else {
        panic!("{error}")
    };
    assert!(holder.starts_with("a lease of process "), "{holder}");
    running.await.unwrap().unwrap();
    assert_eq!(version_rows(&mut direct).await, ["a1"]);
    assert_eq!(
        number(&mut direct, "SELECT count(*) FROM limbeck.limbeck_lease").await,
        0
    );
}

#[tokio::test]
async fn a_direct_connection_takes_the_lock_and_no_lease() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let mut session = Session::borrow(&mut connection).await.unwrap();
    let history = History::new(&[("a1", &[], "CREATE TABLE a (x int);", "")]);
    history
        .upgrade(&mut session, &RunOptions::default())
        .await
        .unwrap();
    assert!(
        session
            .query("SELECT * FROM limbeck.limbeck_lease", &[])
            .await
            .is_err()
    );
}

//! What a run that died leaves behind: a lease, which expires by the database's clock or is taken away.

use std::time::Duration;

use limbeck::{
    dialect::Query,
    migrate::{LockOptions, RunOptions, SessionLocks, Unlocked, VersionTable, unlock},
};

use crate::history::{History, impatient, mysql, number, postgres, tables, version_rows};

/// A lease is only taken behind a pooler; a run dies there when its task is aborted.
#[tokio::test]
async fn a_lease_left_behind_is_waited_for_or_taken_away() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let Some(pooler) = limbeck_testing::pgbouncer(&database).await else {
        return;
    };
    let lock = LockOptions {
        lease: Duration::from_millis(1500),
        host: "lab".to_owned(),
        ..LockOptions::default()
    };
    let options = RunOptions {
        lock,
        ..RunOptions::default()
    };
    let history = || History::new(&[("a1", &[], "CREATE TABLE a (x int);", "")]);
    for forced in [false, true] {
        let (url, dying) = (pooler.url.clone(), options.clone());
        let slow = History::new(&[("a1", &[], "SELECT pg_sleep(4);", "")]);
        let running = tokio::spawn(async move {
            let mut session = postgres(&url).await;
            slow.upgrade(&mut session, &dying).await
        });
        tokio::time::sleep(Duration::from_millis(700)).await;
        running.abort();
        let mut session = postgres(&pooler.url).await;
        history()
            .upgrade(&mut session, &impatient())
            .await
            .unwrap_err();
        if forced {
            let unlocked = unlock(&mut session, &VersionTable::default())
                .await
                .unwrap();
            let Unlocked::LeaseRemoved { holder } = unlocked else {
                panic!("{unlocked:?}")
            };
            assert!(holder.contains("host 'lab'"), "{holder}");
            assert_eq!(
                unlock(&mut session, &VersionTable::default())
                    .await
                    .unwrap(),
                Unlocked::Free
            );
            history().upgrade(&mut session, &impatient()).await.unwrap();
        } else {
            // Longer than the lease.
            history().upgrade(&mut session, &options).await.unwrap();
        }
        assert_eq!(version_rows(&mut session).await, ["a1"]);
        session
            .execute("DROP TABLE a, alembic_version", &[])
            .await
            .unwrap();
    }
}

/// A run longer than its lease renews it.
#[tokio::test]
async fn a_living_run_keeps_its_lease() {
    let Some(database) = limbeck_testing::postgres().await else {
        return;
    };
    let Some(pooler) = limbeck_testing::pgbouncer(&database).await else {
        return;
    };
    let lock = LockOptions {
        lease: Duration::from_millis(600),
        ..LockOptions::default()
    };
    let options = RunOptions {
        lock,
        ..RunOptions::default()
    };
    let (url, long) = (pooler.url.clone(), options.clone());
    let slow = History::new(&[("a1", &[], "SELECT pg_sleep(2);", "")]);
    let running = tokio::spawn(async move {
        let mut session = postgres(&url).await;
        slow.upgrade(&mut session, &long)
            .await
            .map(|report| report.steps.len())
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut session = postgres(&pooler.url).await;
    let late = History::new(&[("a1", &[], "CREATE TABLE never (x int);", "")]);
    let report = late.upgrade(&mut session, &options).await.unwrap();
    assert_eq!(report.steps, []);
    assert_eq!(running.await.unwrap().unwrap(), 1);
}

/// On a Galera cluster named locks hold on one node only.
#[tokio::test]
async fn a_cluster_gets_a_lease_that_goes_with_the_run() {
    let Some(database) = limbeck_testing::galera().await else {
        return;
    };
    let mut session = mysql(&database.url).await;
    assert!(matches!(
        session.server().session_locks,
        SessionLocks::Unreliable(_)
    ));
    let lock = LockOptions {
        lease: Duration::from_millis(1500),
        ..LockOptions::default()
    };
    let options = RunOptions {
        lock,
        ..RunOptions::default()
    };
    let (url, dying) = (database.url.clone(), options.clone());
    let slow = History::new(&[("a1", &[], "SELECT sleep(4);", "")]);
    let running = tokio::spawn(async move {
        let mut session = mysql(&url).await;
        slow.upgrade(&mut session, &dying).await
    });
    tokio::time::sleep(Duration::from_millis(700)).await;
    let history = || History::new(&[("a1", &[], "CREATE TABLE a (x int PRIMARY KEY);", "")]);
    let error = history()
        .upgrade(&mut session, &impatient())
        .await
        .unwrap_err();
    assert!(error.to_string().contains("a lease of process "), "{error}");
    assert_eq!(
        number(&mut session, "SELECT count(*) FROM limbeck_lease").await,
        1
    );
    running.abort();
    // Waits until the lease has expired, and takes it over.
    history().upgrade(&mut session, &options).await.unwrap();
    assert_eq!(version_rows(&mut session).await, ["a1"]);
    assert_eq!(tables(&mut session).await, ["a", "alembic_version"]);
}

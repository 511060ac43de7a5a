//! Many copies of an application that start at once, as tasks.

use limbeck::{Migrator, migrate::SessionPool};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tokio::task::JoinSet;

use crate::{NEWEST, REVISIONS, shop};

const COPIES: usize = 10;

/// Ten runs at once, each on what `source` gives it; together they do every step once.
pub(crate) async fn race(source: impl Fn() -> Source) {
    let mut copies = JoinSet::new();
    for _ in 0..COPIES {
        let source = source();
        copies.spawn(async move {
            let project = shop();
            let opened = match source {
                Source::Url(url) => Migrator::connect(&project, &url).await,
                Source::Pool(pool) => Migrator::from_pool(&project, pool).await,
            };
            let report = opened.unwrap().upgrade("head").await.unwrap();
            assert_eq!(report.rows_after, [NEWEST]);
            report.steps.len()
        });
    }
    let steps: usize = copies.join_all().await.into_iter().sum();
    assert_eq!(steps, REVISIONS.len());
}

/// Where a copy has its database from.
pub(crate) enum Source {
    Url(String),
    Pool(SessionPool),
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_with_connections_of_their_own() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("shop.db");
    race(|| Source::Url(format!("sqlite:///{}", path.display()))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_that_share_a_pool() {
    let directory = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new().filename(directory.path().join("shop.db"));
    let pool = SqlitePool::connect_with(options.create_if_missing(true))
        .await
        .unwrap();
    race(|| Source::Pool((&pool).into())).await;
}

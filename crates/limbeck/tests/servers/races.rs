//! Many runs at once: every revision is applied once, and all end at the head.

use limbeck::migrate::{RunOptions, Session, TransactionMode};

use crate::history::{History, mode, mysql, number, postgres, version_rows};

fn history() -> History {
    History::new(&[
        ("a1", &[], "CREATE TABLE a (x int);", ""),
        ("b1", &["a1"], "INSERT INTO a VALUES (1);", ""),
        ("c1", &["a1"], "INSERT INTO a VALUES (2);", ""),
        (
            "d1",
            &["b1", "c1"],
            "CREATE TABLE d (x int); INSERT INTO a VALUES (3);",
            "",
        ),
    ])
}

async fn race<F: Future<Output = Session<'static>> + Send + 'static>(
    open: impl Fn() -> F,
    options: RunOptions,
) -> usize {
    let runs: Vec<_> = (0..8)
        .map(|_| {
            let (opening, options) = (open(), options.clone());
            tokio::spawn(async move {
                let mut session = opening.await;
                history()
                    .upgrade(&mut session, &options)
                    .await
                    .map(|report| report.steps.len())
            })
        })
        .collect();
    let mut steps = 0;
    for run in runs {
        steps += run.await.unwrap().unwrap();
    }
    steps
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    for transaction in [
        TransactionMode::WholeRun,
        TransactionMode::PerRevision,
        TransactionMode::None,
    ] {
        let Some(database) = limbeck_testing::postgres().await else {
            return;
        };
        let url = database.url.clone();
        let steps = race(
            move || {
                let url = url.clone();
                async move { postgres(&url).await }
            },
            mode(transaction),
        )
        .await;
        assert_eq!(steps, 4);
        let mut session = postgres(&database.url).await;
        assert_eq!(version_rows(&mut session).await, ["d1"]);
        assert_eq!(number(&mut session, "SELECT count(*) FROM a").await, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_mariadb() {
    let Some(database) = limbeck_testing::mariadb().await else {
        return;
    };
    let url = database.url.clone();
    let steps = race(
        move || {
            let url = url.clone();
            async move { mysql(&url).await }
        },
        RunOptions::default(),
    )
    .await;
    assert_eq!(steps, 4);
    let mut session = mysql(&database.url).await;
    assert_eq!(version_rows(&mut session).await, ["d1"]);
    assert_eq!(number(&mut session, "SELECT count(*) FROM a").await, 3);
}

//! Closures that watch a run and join in.

use std::sync::Mutex;

use limbeck::{Event, Migrator, schema::Value};
use sqlx::{Connection, SqliteConnection};

use crate::{NEWEST, REVISIONS, shop};

#[tokio::test]
async fn they_are_called_in_order_and_share_what_they_borrow() {
    let told = Mutex::new(Vec::new());
    let tell = |text: String| told.lock().unwrap().push(text);
    let project = shop();
    let mut migrator = Migrator::connect(&project, "sqlite://")
        .await
        .unwrap()
        .on_event(|event| match event {
            Event::Planned { steps, .. } => tell(format!("{} steps", steps.len())),
            Event::Committed => tell("committed".to_owned()),
            _ => {}
        })
        .before_each(|step, _| {
            tell(format!("before {}", step.revision));
            Box::pin(async { Ok(()) })
        })
        .before_each(|_, _| {
            tell("and before".to_owned());
            Box::pin(async { Ok(()) })
        })
        .after_each(|step, _| {
            tell(format!("after {}", step.revision));
            Box::pin(async { Ok(()) })
        });
    migrator.upgrade("+1").await.unwrap();
    drop(migrator);
    let expected = [
        "1 steps",
        "before c0ffee000001",
        "and before",
        "after c0ffee000001",
        "committed",
    ];
    assert_eq!(told.into_inner().unwrap(), expected);
}

#[tokio::test]
async fn what_a_hook_writes_shares_the_fate_of_its_step() {
    let project = shop();
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    for (fails, products) in [(true, 0), (false, 2)] {
        let mut migrator = Migrator::borrow(&project, &mut connection)
            .await
            .unwrap()
            .after_each(move |step, database| {
                Box::pin(async move {
                    if step.revision == REVISIONS[0] {
                        let name = Value::Text("tea".to_owned());
                        let sql = "INSERT INTO product (name) VALUES (?)";
                        assert_eq!(database.execute(sql, &[name]).await?, 1);
                    }
                    if fails && step.revision == NEWEST {
                        return Err("the shop is closed".into());
                    }
                    Ok(())
                })
            });
        let ended = migrator.upgrade("head").await;
        drop(migrator);
        let tables: i64 =
            sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'product'")
                .fetch_one(&mut connection)
                .await
                .unwrap();
        match ended {
            Err(error) => {
                assert!(fails, "{error}");
                assert_eq!(error.kind(), "hook");
                assert_eq!(error.aftermath().unwrap().rolled_back.len(), 2);
                assert_eq!(tables, 0);
            }
            Ok(_) => {
                assert!(!fails);
                let count = sqlx::query_scalar("SELECT count(*) FROM product");
                let count: i64 = count.fetch_one(&mut connection).await.unwrap();
                assert_eq!(count, products);
            }
        }
    }
}

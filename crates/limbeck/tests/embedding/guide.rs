//! The tests that `docs/library.md` recommends. A documentation test does not run them, so they run here.

use limbeck::{Migrator, Project};
use sqlx::{Connection, SqliteConnection};

async fn shop() -> SqliteConnection {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let project = Project::from_embedded(limbeck::embed!("tests/embedding/shop"));
    let mut migrator = Migrator::borrow(&project, &mut connection).await.unwrap();
    migrator.upgrade("head").await.unwrap();
    drop(migrator);
    connection
}

#[tokio::test]
async fn a_gift_card_is_for_sale() {
    let price: i64 = sqlx::query_scalar("SELECT price_cents FROM product WHERE name = 'gift card'")
        .fetch_one(&mut shop().await)
        .await
        .unwrap();
    assert_eq!(price, 1000);
}

#[test]
fn the_scripts_form_one_history() {
    let project = Project::from_embedded(limbeck::embed!("tests/embedding/shop"));
    project.check_complete().unwrap(); // a header that cannot be read
    assert_eq!(project.graph().problems(), []);
    let heads = project.graph().heads().count();
    assert_eq!(heads, 1, "two branches: write a merge");
}

#[tokio::test]
async fn every_revision_can_be_taken_back() {
    let project = Project::from_embedded(limbeck::embed!("tests/embedding/shop"));
    let mut migrator = Migrator::connect(&project, "sqlite://").await.unwrap();
    while !migrator.status().await.unwrap().is_up_to_date() {
        migrator.upgrade("+1").await.unwrap();
        migrator.downgrade("-1").await.unwrap();
        migrator.upgrade("+1").await.unwrap();
    }
    migrator.downgrade("base").await.unwrap();
}

#[test]
fn the_guide_shows_what_runs_here() {
    let (guide, here) = (
        include_str!("../../../../docs/library.md"),
        include_str!("guide.rs"),
    );
    let (_, tests) = guide.split_once("## Tests\n").unwrap();
    let (tests, _) = tests.split_once("\n## ").unwrap();
    let blocks: Vec<&str> = tests
        .split("```rust\n")
        .skip(1)
        .map(|block| block.split("```").next().unwrap())
        .collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        assert!(here.contains(block), "not in {}: {block}", file!());
    }
}

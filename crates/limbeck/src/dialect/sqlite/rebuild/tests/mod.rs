//! The rebuild on real SQLite.

mod connection;
mod crash;
mod in_place;
mod laws;
mod measure;
mod refused;
mod survives;

pub(crate) use connection::Database;

/// A session runs on any thread: what it awaits must be able to move.
#[tokio::test]
async fn a_change_can_be_awaited_on_any_thread() {
    fn movable<F: Future + Send>(future: F) -> F {
        future
    }
    let mut database = Database::memory("CREATE TABLE t (a)").await;
    let applied = movable(super::apply(&mut database, None, "t", &[])).await;
    assert_eq!(applied.unwrap().method, super::Method::Nothing);
    let plan = movable(super::plan(&mut database, None, "t", &[])).await;
    assert!(plan.unwrap().statements.is_empty());
}

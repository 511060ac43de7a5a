//! Any table that SQLite takes is changed or refused, and is sound and keeps its row either way. The first line is
//! what follows the name in `CREATE TABLE`, the second what follows it in `ALTER TABLE`.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use limbeck::config::DatabaseUrl;
use limbeck::dialect::Query;
use limbeck::dialect::sqlite::{alter, rebuild};
use limbeck::migrate::Session;
use limbeck::schema::Value;
use tokio::runtime::{Builder, Runtime};

thread_local! {
    /// Opened once: that takes longer than most changes.
    static DATABASE: RefCell<(Runtime, Session<'static>)> = RefCell::new(open());
}

fn open() -> (Runtime, Session<'static>) {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let memory = DatabaseUrl::parse("sqlite://").expect("an address");
    let options = memory.to_sqlite_options().expect("options");
    let session = runtime
        .block_on(Session::connect(options))
        .expect("a database");
    (runtime, session)
}

/// The only value of a query.
async fn one(session: &mut Session<'_>, sql: &str) -> Option<Value> {
    session.query(sql, &[]).await.ok()?.pop()?.pop()
}

async fn change(session: &mut Session<'_>, definition: &str, action: &str) {
    session
        .execute("DROP TABLE IF EXISTS t", &[])
        .await
        .expect("no table is left behind");
    let create = format!("CREATE TABLE t ({definition}");
    if session.execute(&create, &[]).await.is_err() {
        return;
    }
    let rows = "SELECT count(*) FROM t";
    let _ = session.execute("INSERT INTO t DEFAULT VALUES", &[]).await;
    let before = one(session, rows).await;
    if let Ok(Some(alter)) = alter::read(&format!("ALTER TABLE t {action}")) {
        let _ = rebuild::apply(session, None, "t", &alter.changes).await;
        assert_eq!(one(session, rows).await, before);
        let sound = one(session, "PRAGMA integrity_check").await;
        // A NOT NULL or CHECK that the row never met would be found here.
        assert_eq!(sound, Some(Value::Text("ok".into())));
    }
}

fuzz_target!(|text: &str| {
    // One statement, and one that cannot attach or drop anything else.
    if let Some((definition, action)) = text.split_once('\n')
        && !text.contains(';')
    {
        DATABASE.with_borrow_mut(|(runtime, session)| {
            runtime.block_on(change(session, definition, action));
        });
    }
});

//! Scripts that misbehave: an error or a clean stop, never a history that says what is not.

use super::fixture::Fixture;

const TABLE: &str =
    "import _limbeck\ndef upgrade():\n    _limbeck.execute(0, 'CREATE TABLE t (a)')\n";

/// The second script fails as told, and nothing of it, and nothing of the run, stays.
async fn stops(body: &str, told: &str) {
    let fixture = Fixture::new(&[TABLE, body]);
    let error = fixture.refused().await;
    assert!(error.contains(told), "{error}");
    assert!(
        fixture
            .query("SELECT * FROM sqlite_master")
            .await
            .is_empty(),
        "{body}"
    );
}

#[tokio::test]
async fn endless_recursion() {
    stops(
        "def upgrade():\n    upgrade()\n",
        "RecursionError: maximum recursion depth exceeded",
    )
    .await;
    stops(
        "import sys\nsys.setrecursionlimit(10**9)\ndef upgrade():\n    upgrade()\n",
        "RecursionError",
    )
    .await;
    stops(
        "class A:\n    def __repr__(self):\n        return repr(self)\n    __eq__ = lambda self, other: self == other\n\
         def upgrade():\n    A() == A()\n",
        "RecursionError",
    )
    .await;
}

#[tokio::test]
async fn deep_nesting() {
    stops(
        "def upgrade():\n    a = []\n    for _ in range(100000):\n        a = [a]\n    del a\n    raise ValueError('end')\n",
        "ValueError: end",
    )
    .await;
}

#[tokio::test]
async fn leaving() {
    stops(
        "import sys\ndef upgrade():\n    sys.exit(0)\n",
        "SystemExit: 0",
    )
    .await;
    stops(
        "def upgrade():\n    raise KeyboardInterrupt\n",
        "KeyboardInterrupt",
    )
    .await;
    stops(
        "import sys\nsys.exit('bye')\ndef upgrade():\n    pass\n",
        "SystemExit: bye",
    )
    .await;
}

#[tokio::test]
async fn huge_numbers_and_texts() {
    stops("def upgrade():\n    'x' * (1 << 62)\n", "Error").await;
    stops("def upgrade():\n    [None] * (1 << 60)\n", "Error").await;
}

#[tokio::test]
async fn rolling_back() {
    stops(
        "import _limbeck\ndef upgrade():\n    _limbeck.execute(0, 'ROLLBACK')\n",
        "ROLLBACK is not allowed here",
    )
    .await;
}

#[tokio::test]
async fn committing() {
    let leaves = r#"
from _limbeck import execute

def upgrade():
    execute(0, 'CREATE TABLE u (a)')
    execute(0, 'COMMIT')
    execute(0, 'VACUUM')
    execute(0, 'CREATE TABLE v (a)')
    fail()

def fail():
    pass
"#;
    let fixture = Fixture::new(&[TABLE, leaves]);
    fixture.upgrade().await.unwrap();
    assert_eq!(fixture.versions().await, ["r2"]);
    // What was committed stays, and the version row does not say more than is true.
    let fixture = Fixture::new(&[TABLE, &leaves.replace("pass", "raise ValueError")]);
    let error = fixture.refused().await;
    assert!(error.contains("the first 3 statements stay"), "{error}");
    assert_eq!(fixture.versions().await, ["r1"]);
}

#[tokio::test]
async fn threads_have_no_part_in_the_migration() {
    let body = r#"
import _limbeck, threading

def work(found):
    try:
        _limbeck.execute(0, 'CREATE TABLE stray (a)')
    except _limbeck.EngineError as error:
        found.append(str(error))

def upgrade():
    found = []
    thread = threading.Thread(target=work, args=[found])
    thread.start()
    thread.join()
    raise ValueError(found)
"#;
    stops(
        body,
        "the database can only be used by the thread that runs the migration",
    )
    .await;
}

#[tokio::test]
async fn an_engine_that_is_used_outside_of_a_run() {
    stops(
        "import _limbeck\n_limbeck.execute(0, 'CREATE TABLE early (a)')\ndef upgrade():\n    pass\n",
        "no migration is under way",
    )
    .await;
}

#[tokio::test]
async fn a_run_that_is_dropped_stops_an_endless_loop() {
    let fixture = Fixture::new(&[TABLE, "def upgrade():\n    while True:\n        pass\n"]);
    let limit = std::time::Duration::from_millis(500);
    assert!(
        tokio::time::timeout(limit, fixture.upgrade())
            .await
            .is_err()
    );
    assert!(
        fixture
            .query("SELECT * FROM sqlite_master")
            .await
            .is_empty()
    );
    // The interpreter is free again.
    let error = tokio::time::timeout(limit * 20, fixture.downgrade()).await;
    assert!(error.is_ok(), "{error:?}");
}

#[tokio::test]
async fn a_panic_of_the_interpreter_is_an_error_of_the_run() {
    // RustPython 0.5 takes it for granted that the names in a class are plain strings.
    let body = "class Name(str):\n    pass\n\ndef upgrade():\n    type('T', (), {Name('a'): 1})\n";
    let fixture = Fixture::new(&[TABLE, body]);
    let error = fixture.refused().await;
    assert!(
        error.contains(
            "the Python interpreter is not running: it stopped in the middle of its work"
        ),
        "{error}"
    );
    assert!(
        fixture
            .query("SELECT * FROM sqlite_master")
            .await
            .is_empty()
    );
    // The next run finds it working.
    let error = fixture.refused().await;
    assert!(error.contains("it stopped in the middle"), "{error}");
}

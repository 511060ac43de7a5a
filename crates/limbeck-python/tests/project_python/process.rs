//! The child process: however it ends, and however we end, nothing stays behind.

use std::{env, fs, process::Command, time::Duration};

use limbeck::migrator::Migrator;
use limbeck_python::project_python::{Launch, ProjectPython};
use tokio::time::{sleep, timeout};

use crate::project::{Sample, is_running, told};

/// Set for the process that a test starts to be killed: the directory of its project.
const INNER: &str = "LIMBECK_TEST_PROJECT_PYTHON";

fn endless(sample: &Sample) {
    sample.sql(
        "r1",
        "base",
        "CREATE TABLE item (id INTEGER PRIMARY KEY);",
        "DROP TABLE item;",
    );
    let file = sample.path("pid");
    sample.python(
        "r2",
        Some("r1"),
        &format!(
            "import os, time\nop.execute('INSERT INTO item VALUES (1)')\n\
             open('{0}.new', 'w').write(str(os.getpid()))\nos.rename('{0}.new', '{0}')\ntime.sleep(600)",
            file.display()
        ),
        "pass",
    );
}

async fn child_of(sample: &Sample) -> String {
    for _ in 0..600 {
        if let Ok(id) = fs::read_to_string(sample.path("pid")) {
            return id;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("the revision did not begin")
}

async fn gone(id: &str) -> bool {
    for _ in 0..200 {
        if !is_running(id) {
            return true;
        }
        sleep(Duration::from_millis(20)).await;
    }
    false
}

#[tokio::test]
async fn a_killed_child_is_an_error_and_leaves_nothing() {
    let Some(sample) = Sample::new() else { return };
    sample.sql(
        "r1",
        "base",
        "CREATE TABLE item (id INTEGER PRIMARY KEY);",
        "DROP TABLE item;",
    );
    sample.python(
        "r2",
        Some("r1"),
        "import os, signal\nop.execute('INSERT INTO item VALUES (1)')\nos.kill(os.getpid(), signal.SIGKILL)",
        "pass",
    );
    let error = sample.upgrade("head").await.unwrap_err();
    let text = told(&sample, &error);
    assert!(
        text.contains(
            "The project's Python (PROJECT/bin/python) ended unexpectedly (signal: 9 (SIGKILL))"
        ),
        "{text}"
    );
    assert_eq!(sample.tables().await, "");
}

#[tokio::test]
async fn a_dropped_run_takes_the_child_along() {
    let Some(sample) = Sample::new() else { return };
    endless(&sample);
    let id = {
        let python = sample.project_python();
        let project = sample.project(&python);
        let mut migrator = Migrator::connect(&project, sample.url.as_str())
            .await
            .unwrap();
        let run = migrator.upgrade("head");
        tokio::select! {
            ended = run => panic!("{ended:?}"),
            id = child_of(&sample) => id,
        }
    };
    assert!(gone(&id).await, "process {id} is still there");
    assert_eq!(sample.tables().await, "");
}

#[tokio::test]
async fn env_py_has_a_time_limit() {
    let Some(sample) = Sample::new() else { return };
    endless(&sample);
    sample.replace(
        "migrations/env.py",
        "config = context.config",
        "import time; time.sleep(600)",
    );
    let launch = Launch {
        patience: Duration::from_secs(2),
        ..sample.launch()
    };
    let python = ProjectPython::new(sample.search(), launch);
    let error = timeout(Duration::from_secs(60), python.report(0))
        .await
        .unwrap()
        .unwrap_err();
    let text = sample.shown(&error.to_string());
    assert_eq!(
        text,
        "env.py, run by PROJECT/bin/python, did not get to context.run_migrations() within 2 seconds; it was stopped"
    );
}

/// Does nothing unless [`INNER`] is set, and then waits to be killed.
#[tokio::test]
async fn inner_process_of_the_next_test() {
    let Some(home) = env::var_os(INNER) else {
        return;
    };
    let sample = Sample::reopen(home.as_ref());
    let _ = sample.upgrade("head").await;
}

#[tokio::test]
async fn a_killed_limbeck_takes_the_child_along() {
    let Some(sample) = Sample::new() else { return };
    endless(&sample);
    let mut limbeck = Command::new(env::current_exe().unwrap())
        .args(["--exact", "process::inner_process_of_the_next_test"])
        .env(INNER, sample.home.path())
        .spawn()
        .unwrap();
    let id = child_of(&sample).await;
    limbeck.kill().unwrap();
    limbeck.wait().unwrap();
    assert!(gone(&id).await, "process {id} is still there");
    assert_eq!(sample.tables().await, "");
}

//! Revisions that do not come to their end: what is told, and what stays.

use limbeck::migrator::Migrator;
use limbeck_python::project_python::{ProjectPython, PythonSearch};

use crate::project::{Sample, told};

fn begun(sample: &Sample) {
    sample.sql(
        "r1",
        "base",
        "CREATE TABLE item (id INTEGER PRIMARY KEY);",
        "DROP TABLE item;",
    );
}

#[tokio::test]
async fn an_exception_rolls_the_whole_run_back_and_names_the_line() {
    let Some(sample) = Sample::new() else { return };
    begun(&sample);
    sample.python(
        "r2",
        Some("r1"),
        "op.execute('INSERT INTO item VALUES (1)')\nraise ValueError('no such colour')",
        "pass",
    );
    let error = sample.upgrade("head").await.unwrap_err();
    let text = told(&sample, &error);
    assert!(
        text.contains("PROJECT/migrations/versions/r2.py:12: ValueError: no such colour"),
        "{text}"
    );
    let traceback = sample.shown(error.traceback().unwrap());
    assert!(
        traceback.contains("File \"PROJECT/migrations/versions/r2.py\", line 12, in upgrade\n    raise ValueError('no such colour')"),
        "{traceback}"
    );
    assert!(!traceback.contains("<limbeck>"), "{traceback}");
    assert_eq!(sample.tables().await, "");
}

#[tokio::test]
async fn a_refused_statement_is_told_as_that_of_any_script() {
    let Some(sample) = Sample::new() else { return };
    begun(&sample);
    sample.python(
        "r2",
        Some("r1"),
        "op.execute('INSERT INTO itme VALUES (1)')",
        "pass",
    );
    let error = sample.upgrade("head").await.unwrap_err();
    let text = told(&sample, &error);
    assert!(
        text.contains("PROJECT/migrations/versions/r2.py:11: the database refused a statement of the upgrade of revision r2: no such table: itme"),
        "{text}"
    );
    assert_eq!(error.statement(), Some("INSERT INTO itme VALUES (1)"));
    let traceback = error.traceback().unwrap();
    assert!(
        traceback.contains("sqlalchemy.exc.OperationalError"),
        "{traceback}"
    );
    assert_eq!(sample.tables().await, "");
}

#[tokio::test]
async fn a_rollback_of_the_runs_transaction_is_no_silent_loss() {
    let Some(sample) = Sample::new() else { return };
    begun(&sample);
    sample.python(
        "r2",
        Some("r1"),
        "from sqlalchemy.orm import Session\nsession = Session(bind=op.get_bind())\n\
         session.execute(sa.text('INSERT INTO item VALUES (1)'))\nsession.rollback()",
        "pass",
    );
    let error = sample.upgrade("head").await.unwrap_err();
    let text = told(&sample, &error);
    assert!(
        text.contains("r2.py:14: rollback() would undo the whole run")
            && text.contains("begin_nested()"),
        "{text}"
    );
    assert_eq!(sample.tables().await, "");
}

#[tokio::test]
async fn a_missing_module_is_known_before_the_first_statement() {
    let Some(sample) = Sample::new() else { return };
    begun(&sample);
    sample.python("r2", Some("r1"), "import shop_app", "pass");
    sample.replace(
        "migrations/versions/r2.py",
        "from shop_app import Kind",
        "from toyshop.models import Toy",
    );
    let python = sample.project_python();
    let project = sample.project(&python);
    let mut statements = 0;
    let mut migrator = Migrator::connect(&project, sample.url.as_str())
        .await
        .unwrap()
        .on_event(|event| {
            statements += usize::from(matches!(event, limbeck::Event::StepStarted { .. }))
        });
    let error = migrator.upgrade("head").await.unwrap_err();
    drop(migrator);
    let text = told(&sample, &error);
    assert!(
        text.contains(
            "PROJECT/migrations/versions/r2.py:4: the module 'toyshop' is not installed in PROJECT/bin/python; \
             install it there, or name another Python with --python"
        ),
        "{text}"
    );
    assert_eq!(statements, 0);
}

#[tokio::test]
async fn without_a_python_the_choices_are_told() {
    let Some(sample) = Sample::new() else { return };
    begun(&sample);
    sample.python("r2", Some("r1"), "pass", "pass");
    let search = PythonSearch {
        option: Some(sample.path("bin/nothing")),
        ..PythonSearch::default()
    };
    let python = ProjectPython::new(search, sample.launch());
    let project = sample.project(&python);
    let mut migrator = Migrator::connect(&project, sample.url.as_str())
        .await
        .unwrap();
    let error = migrator.upgrade("head").await.unwrap_err();
    let text = told(&sample, &error);
    for expected in [
        "PROJECT/migrations/versions/r2.py:6: this revision needs shop_app.Kind, which only the project's own Python has. \
         No Python with Alembic was found.",
        "--python: PROJECT/bin/nothing cannot be started: No such file or directory",
    ] {
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn env_py_that_fails_there_is_told_with_its_line() {
    let Some(sample) = Sample::new() else { return };
    begun(&sample);
    sample.python("r2", Some("r1"), "pass", "pass");
    sample.replace(
        "migrations/env.py",
        "config = context.config",
        "config = context.config\nraise KeyError('SHOP_URL')",
    );
    let error = sample.upgrade("head").await.unwrap_err();
    let text = told(&sample, &error);
    assert!(
        text.contains("PROJECT/migrations/env.py:6: KeyError: 'SHOP_URL'"),
        "{text}"
    );
    assert_eq!(sample.tables().await, "");
}

#[tokio::test]
async fn sys_exit_is_an_error_of_the_script() {
    let Some(sample) = Sample::new() else { return };
    begun(&sample);
    sample.python("r2", Some("r1"), "import sys\nsys.exit(0)", "pass");
    let error = sample.upgrade("head").await.unwrap_err();
    let text = told(&sample, &error);
    assert!(text.contains("r2.py:12: SystemExit: 0"), "{text}");
    assert_eq!(sample.tables().await, "");
}

//! Scripts that would bring the process down, and a user who stops it: the database is as before, nothing is locked, and the next
//! run needs no help.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/database.rs"]
#[allow(dead_code)]
mod database;
mod support;

use std::{
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use database::Database;
use support::Sandbox;

/// A project of two revisions: a table, and what `second` does to it after a statement of its own.
fn project(second: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "alembic.ini",
        "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = sqlite:///here.db\n",
    );
    sandbox.write(
        "migrations/env.py",
        "from alembic import context\nfrom sqlalchemy import engine_from_config, pool\n\
         engine = engine_from_config(context.config.get_section('alembic'), prefix='sqlalchemy.', poolclass=pool.NullPool)\n\
         with engine.connect() as connection:\n    \
             context.configure(connection=connection)\n    \
             with context.begin_transaction():\n        context.run_migrations()\n",
    );
    script(
        &sandbox,
        "a1",
        "None",
        "op.create_table('kept', sa.Column('id', sa.Integer))",
    );
    script(&sandbox, "b2", "'a1'", second);
    sandbox
}

fn script(sandbox: &Sandbox, id: &str, revises: &str, body: &str) {
    let body = body.replace('\n', "\n    ");
    let text = format!(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = '{id}'\ndown_revision = {revises}\n\n\n\
         def upgrade():\n    {body}\n\n\ndef downgrade():\n    pass\n"
    );
    sandbox.write(&format!("migrations/versions/{id}.py"), &text);
}

/// SQLite, and PostgreSQL where there is a server.
fn databases(sandbox: &Sandbox) -> Vec<Database> {
    let file = sandbox.path().join("here.db");
    std::iter::once(Database::Sqlite(file))
        .chain(Database::postgresql())
        .collect()
}

fn command(sandbox: &Sandbox, database: &Database, target: &str) -> Command {
    let mut command = sandbox.command();
    // As SQLAlchemy knows it.
    let url = database.url().replacen("postgres:", "postgresql:", 1);
    command.args(["--url", &url, "upgrade", target]);
    command
}

/// The database is at the first revision, and can be taken on at once: nobody holds a lock.
fn is_untouched(sandbox: &Sandbox, database: &Database) {
    assert_eq!(
        database.texts("SELECT version_num FROM alembic_version"),
        ["a1"]
    );
    let tables = match database {
        Database::Sqlite(_) => "SELECT name FROM sqlite_master WHERE name = 'half'",
        _ => "SELECT tablename::text FROM pg_tables WHERE tablename = 'half'",
    };
    assert_eq!(database.texts(tables), [""; 0]);
    script(
        sandbox,
        "b2",
        "'a1'",
        "op.create_table('half', sa.Column('id', sa.Integer))",
    );
    let ran = command(sandbox, database, "head").output().unwrap();
    assert!(ran.status.success(), "{}", words(&ran));
    assert_eq!(
        database.texts("SELECT version_num FROM alembic_version"),
        ["b2"]
    );
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs the second revision, with something done to the process while it runs.
fn run_second(
    second: &str,
    disturb: impl Fn(&Sandbox, Command) -> Output,
    told: impl Fn(&Database, &Output),
) {
    for number in 0..2 {
        let sandbox = project(second);
        let Some(database) = databases(&sandbox).into_iter().nth(number) else {
            continue;
        };
        let first = command(&sandbox, &database, "a1").output().unwrap();
        assert!(first.status.success(), "{}", words(&first));
        let ran = disturb(&sandbox, command(&sandbox, &database, "head"));
        assert!(!ran.status.success(), "{}", words(&ran));
        told(&database, &ran);
        is_untouched(&sandbox, &database);
    }
}

/// Sends SIGINT as soon as the script has written the file `running`.
fn interrupt(sandbox: &Sandbox, command: Command) -> Output {
    // A shell that runs the tests in the background has them ignore the signal, and children inherit that.
    let child = Command::new("env")
        .arg("--default-signal=INT")
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(sandbox.path())
        .env_clear()
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !sandbox.exists("running") {
        assert!(begun.elapsed() < Duration::from_secs(60), "it never ran");
        thread::sleep(Duration::from_millis(10));
    }
    // Into the statement, where there is one.
    thread::sleep(Duration::from_millis(200));
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    child.wait_with_output().unwrap()
}

const BEGINS: &str =
    "op.create_table('half', sa.Column('id', sa.Integer))\nopen('running', 'w').close()\n";

#[test]
fn control_c_stops_a_script_that_loops() {
    run_second(
        &format!("{BEGINS}while True:\n    pass"),
        interrupt,
        |_, ran| {
            use std::os::unix::process::ExitStatusExt as _;
            // By the signal, not by a code of our own: a shell's loop stops too.
            assert_eq!(ran.status.signal(), Some(2));
            let told = words(ran);
            let (_, told) = told.split_once("error: ").unwrap();
            insta::allow_duplicates! {
                insta::assert_snapshot!(told, @"
                interrupted in upgrade a1 -> b2
                  = help: the database rolls back what was not committed; `limbeck status` tells where it stands, and the same command goes on from there
                ");
            }
        },
    );
}

#[test]
fn control_c_stops_a_statement() {
    let second = format!(
        "{BEGINS}if op.get_bind().dialect.name == 'sqlite':\n    \
             op.execute('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n')\n\
         op.execute('SELECT pg_sleep(3)')"
    );
    run_second(&second, interrupt, |_, _| {});
}

#[test]
fn memory_that_is_used_up_is_no_half_migration() {
    let limited = |_: &Sandbox, mut command: Command| {
        let program = command.get_program().to_owned();
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "ulimit -v 1700000 && exec \"$0\" \"$@\""])
            .arg(program)
            .args(command.get_args())
            .current_dir(command.get_current_dir().unwrap())
            .stdin(Stdio::null());
        command = shell;
        command.output().unwrap()
    };
    let second =
        format!("{BEGINS}kept = []\nwhile True:\n    kept.append('x' * 100000 + str(len(kept)))");
    run_second(&second, limited, |_, _| {});
}

#[test]
fn a_script_that_closes_its_connection_changes_nothing() {
    let second = format!(
        "{BEGINS}bind = op.get_bind()\nif bind.dialect.name == 'postgresql':\n    \
             bind.execute(sa.text('SELECT pg_terminate_backend(pg_backend_pid())'))\n\
         else:\n    bind.close()\n    raise RuntimeError('closed')\n\
         op.execute('CREATE TABLE more (id INTEGER)')"
    );
    run_second(
        &second,
        |_, mut command| command.output().unwrap(),
        |_, ran| {
            let told = words(ran);
            assert!(
                told.starts_with("INFO") || told.contains("error: "),
                "{told}"
            );
            assert!(!told.contains("panicked"), "{told}");
        },
    );
}

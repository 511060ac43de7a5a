//! What scripts, env.py and the application print: part of the output for a person, as with Alembic, and beside the answer
//! for a program.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    process::{Command, Output},
};

use limbeck_testing::python_with_alembic;
use tempfile::TempDir;

const SCRIPT: &str = "\
from alembic import op

revision = 'r1'
down_revision = None


def upgrade():
    print('from the script')
    op.execute('CREATE TABLE book (id INTEGER)')


def downgrade():
    pass
";

/// Natively run when `module` is there for the interpreter, and by the project's Python when only that has it.
fn project(module: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "alembic.ini",
        "[alembic]\nscript_location = %(here)s/migrations\n",
    );
    write("migrations/versions/r1.py", SCRIPT);
    write(
        "migrations/env.py",
        &format!(
            "from alembic import context\nfrom sqlalchemy import create_engine\nfrom {module} import URL\n\n\
             print('from env.py')\n\
             with create_engine(URL).connect() as connection:\n    context.configure(connection=connection)\n    \
             with context.begin_transaction():\n        context.run_migrations()\n"
        ),
    );
    write("settings.py", "URL = 'sqlite:///shop.db'\n");
    write(
        "site/shop_app.py",
        "print('from the application')\nURL = 'sqlite:///shop.db'\n",
    );
    home
}

fn limbeck(home: &TempDir, python: &str, line: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_limbeck"))
        .args(line.split(' '))
        .current_dir(home.path())
        .env_remove("ALEMBIC_CONFIG")
        .env("PYTHONPATH", home.path().join("site"))
        .env("LIMBECK_PYTHON", python)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The words printed that are in `text`.
fn printed(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| line.starts_with("from "));
    lines.collect()
}

/// Runs up with an answer for a program; what was printed went elsewhere.
fn answers_alone(home: &TempDir, python: &str, expected: &[&str]) {
    let output = limbeck(home, python, "--format json upgrade head");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["after"], serde_json::json!(["r1"]));
    assert_eq!(printed(&text(&output.stderr)), expected);
}

#[test]
fn an_answer_for_a_program_stands_alone() {
    answers_alone(
        &project("settings"),
        "no-python",
        &["from env.py", "from the script"],
    );
}

#[test]
fn an_answer_for_a_program_stands_alone_beside_the_projects_python() {
    let Some(python) = python_with_alembic() else {
        return;
    };
    let home = project("shop_app");
    let output = limbeck(
        &home,
        &python.display().to_string(),
        "--format json current",
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["database"], "sqlite:///shop.db");
    let told = text(&output.stderr);
    assert!(printed(&told).contains(&"from the application"), "{told}");
}

#[test]
fn for_a_person_prints_come_where_alembic_has_them() {
    let home = project("settings");
    let output = limbeck(&home, "no-python", "upgrade head");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(
        printed(&text(&output.stdout)),
        ["from env.py", "from the script"]
    );
}

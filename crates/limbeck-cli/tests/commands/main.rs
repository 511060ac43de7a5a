//! Transcripts of commands that Alembic does not have, and of what it says differently.
#![allow(clippy::unwrap_used)]

mod answers;
mod configuration;
mod offline;
mod running;
mod scripts;
#[path = "../support/mod.rs"]
mod support;

use support::Sandbox;

/// A project of ours on a SQLite file, without revisions.
fn project() -> Sandbox {
    let sandbox = Sandbox::empty();
    assert_eq!(sandbox.run("init migrations").code, 0);
    let settings = sandbox.read("limbeck.toml");
    sandbox.write(
        "limbeck.toml",
        &settings.replace("${DATABASE_URL}", "sqlite:///app.db"),
    );
    sandbox
}

/// The same with two revisions, the second of which fails.
fn failing_project() -> Sandbox {
    let sandbox = project();
    sandbox.write(
        "migrations/versions/a1_create_account.sql",
        "-- create account\n--\n-- revision: a1\n-- revises: base\n\n\
         -- limbeck: upgrade\nCREATE TABLE account (id INTEGER PRIMARY KEY);\n\n\
         -- limbeck: downgrade\nDROP TABLE account;\n",
    );
    sandbox.write(
        "migrations/versions/b1_add_name.sql",
        "-- add name\n--\n-- revision: b1\n-- revises: a1\n\n\
         -- limbeck: upgrade\nCREATE TABLE log (line TEXT);\n\
         ALTER TABLE acount ADD COLUMN name TEXT;\n\n\
         -- limbeck: downgrade\nDROP TABLE log;\n",
    );
    sandbox
}

/// A transcript of several command lines.
fn transcript(sandbox: &Sandbox, lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&format!("$ limbeck {line}\n{}\n", sandbox.run(line)));
    }
    text
}

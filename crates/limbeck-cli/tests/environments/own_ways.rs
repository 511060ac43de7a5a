//! Where Alembic says nothing, or what is wrong, and Limbeck says something.

use std::fs;

use crate::{project, workplace::Workplace};

/// A project whose env.py is this.
fn with_env(text: &str) -> Workplace {
    let workplace = project("study_storage");
    let home = workplace.root().join("study_storage");
    fs::write(home.join("migrations/env.py"), text).unwrap();
    workplace
}

#[test]
fn a_transaction_that_env_py_never_commits() {
    let workplace = with_env(
        r#"
from alembic import context
from sqlalchemy import create_engine, text

connection = create_engine("sqlite:///studies.db").connect()
connection.execute(text("CREATE TABLE IF NOT EXISTS note (id INTEGER)"))
connection.execute(text("INSERT INTO note VALUES (1)"))
context.configure(connection=connection)
context.run_migrations()
connection.close()
"#,
    );
    let said = workplace.run("alembic upgrade head");
    assert_eq!(said.code, 0, "{said:?}");
    let told =
        "env.py did not commit its transaction, so nothing of this run was kept in sqlite:///";
    assert!(said.stderr.contains(told), "{said:?}");
    // Where nothing was done nothing is lost.
    let said = workplace.run("alembic current");
    assert_eq!(said.stdout, "");
    assert!(!said.stderr.contains("did not commit"), "{said:?}");
}

#[test]
fn one_address_for_several_databases() {
    let workplace = with_env(
        r#"
from alembic import context
from sqlalchemy import create_engine

for name in ("one", "two"):
    with create_engine("sqlite:///%s.db" % name).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
"#,
    );
    let said = workplace.run("alembic --url sqlite:///other.db upgrade head");
    assert_eq!(said.code, 255, "{said:?}");
    let told = "FAILED: --url names one database, and env.py works on several: after that of sqlite:///one.db it goes on to that \
                of sqlite:///two.db.";
    assert!(said.stdout.starts_with(told), "{said:?}");
    let said = workplace.run("alembic upgrade head && ls *.db");
    assert_eq!(said.stdout, "one.db\nother.db\ntwo.db\n", "{said:?}");
}

#[test]
fn a_connection_that_nobody_lends() {
    let workplace = with_env(
        "from alembic import context\ncontext.configure(connection=context.config.attributes['connection'])\n",
    );
    let said = workplace.run("alembic upgrade head");
    let help = "help: env.py expects a connection that the application hands over, and reads no setting; give the database's \
                address with --url, and a connection to it is handed over";
    assert!(said.stderr.contains(help), "{said:?}");
}

#[test]
fn log_lines_of_scripts_in_the_form_of_the_ini_file() {
    let workplace = project("study_storage");
    let script = workplace
        .root()
        .join("revisions/1f0a6c2f7b11_create_accounts.py");
    let text = fs::read_to_string(&script).unwrap().replace(
        "def upgrade():\n",
        "import logging\nlogger = logging.getLogger('alembic.accounts')\n\n\ndef upgrade():\n    logger.info('making %s', 'accounts')\n",
    );
    fs::write(&script, text).unwrap();
    let said = workplace.run("alembic upgrade +1");
    assert_eq!(said.code, 0, "{said:?}");
    let told: Vec<&str> = said
        .stderr
        .lines()
        .filter(|line| line.starts_with("INFO  [alembic.") && !line.contains("DDL"))
        .collect();
    assert_eq!(
        told,
        [
            "INFO  [alembic.runtime.migration] Context impl SQLiteImpl.",
            "INFO  [alembic.runtime.migration] Running upgrade  -> 1f0a6c2f7b11, create accounts",
            "INFO  [alembic.accounts] making accounts",
        ]
    );
}

#[test]
fn settings_for_scripts_of_a_project_without_env_py() {
    let workplace = project("study_storage");
    let home = workplace.root().join("study_storage");
    fs::remove_file(home.join("migrations/env.py")).unwrap();
    let script = workplace
        .root()
        .join("revisions/1f0a6c2f7b11_create_accounts.py");
    let text = fs::read_to_string(&script).unwrap().replace(
        "def upgrade():\n",
        "from alembic import context\n\n\ndef upgrade():\n    print(context.config.get_main_option('sqlalchemy.url'), context.is_offline_mode())\n",
    );
    fs::write(&script, text).unwrap();
    let said = workplace.run("alembic upgrade head");
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.stdout, "sqlite:///studies.db False\n");
    let said = workplace.run("alembic upgrade 1f0a --sql");
    assert!(
        said.stdout.contains("sqlite:///studies.db True\n"),
        "{said:?}"
    );
}

//! Projects whose scripts or env.py need the application: what runs in the project's own Python, what natively all the same,
//! and what is said about it.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "support/database.rs"]
mod database;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use database::Database;
use limbeck_testing::python_with_alembic;
use tempfile::TempDir;

const ENV: &str = "\
from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config
connectable = engine_from_config(
    config.get_section(config.config_ini_section, {}), prefix='sqlalchemy.', poolclass=pool.NullPool
)
with connectable.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
";

const APPLICATION: &str = "\
import enum

SETTINGS = {'url': 'sqlite:///shop.db'}


class Kind(str, enum.Enum):
    BOOK = 'book'
    TOY = 'toy'
";

/// Runs natively.
const FIRST: &str =
    "op.create_table('item', sa.Column('id', sa.Integer), sa.Column('kind', sa.Text))";
/// Reaches the application for each row, of which there are none.
const PER_ROW: &str = "\
op.add_column('item', sa.Column('name', sa.Text))
    for row in op.get_bind().execute(sa.text('SELECT kind FROM item')):
        Kind(row[0])";
/// Uses the application, after a statement.
const USES: &str = "\
op.create_table('kind', sa.Column('name', sa.Text))
    op.execute(\"INSERT INTO kind VALUES ('%s')\" % Kind.TOY.value)";

struct Sample {
    home: TempDir,
}

impl Sample {
    /// A project of three revisions whose application only the Python in `bin` has; `None` where there is no Alembic.
    fn new() -> Option<Self> {
        let alembic = python_with_alembic()?;
        let sample = Sample {
            home: tempfile::tempdir().unwrap(),
        };
        sample.wrapper("bin/python", &sample.path("site"), &alembic);
        sample.wrapper("bin/without", &sample.path("nothing"), &alembic);
        sample.write("site/shop_app/__init__.py", APPLICATION);
        sample.write("migrations/env.py", ENV);
        sample.write(
            "alembic.ini",
            "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = sqlite:///shop.db\n",
        );
        sample.revision("r1", "None", FIRST);
        sample.revision("r2", "'r1'", PER_ROW);
        sample.revision("r3", "'r2'", USES);
        Some(sample)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn wrapper(&self, name: &str, site: &Path, python: &Path) {
        let (site, python) = (site.display(), python.display());
        self.write(
            name,
            &format!("#!/bin/sh\nPYTHONPATH='{site}' exec '{python}' \"$@\"\n"),
        );
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn revision(&self, id: &str, down: &str, up: &str) {
        let text = format!(
            "import sqlalchemy as sa\nfrom alembic import op\nfrom shop_app import Kind\n\n\
             revision = '{id}'\ndown_revision = {down}\n\n\ndef upgrade():\n    {up}\n\n\ndef downgrade():\n    pass\n"
        );
        self.write(&format!("migrations/versions/{id}.py"), &text);
    }

    /// env.py asks the application where the database is.
    fn ask_application(&self) {
        let configured =
            "config = context.config\nconfig.set_main_option('sqlalchemy.url', SETTINGS['url'])";
        let text = ENV
            .replace("config = context.config", configured)
            .replace("\n\nconfig", "\nfrom shop_app import SETTINGS\n\nconfig");
        self.write("migrations/env.py", &text);
    }

    /// The exit code and what is said, without times and the project's directory. No Python is on the search path.
    fn run(&self, line: &str) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_limbeck"))
            .args(line.split(' '))
            .current_dir(self.home.path())
            .env_remove("ALEMBIC_CONFIG")
            .env_remove("LIMBECK_PYTHON")
            .env_remove("VIRTUAL_ENV")
            .env("PATH", self.path("empty"))
            .output()
            .unwrap();
        let texts = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        let home = self.home.path().canonicalize().unwrap();
        let mut text = texts
            .concat()
            .replace(&home.display().to_string(), "PROJECT");
        for (before, after) in [(" in ", "; the database"), ("\"duration_ms\": ", "\n")] {
            let parts: Vec<&str> = text.split(before).collect();
            let shown = parts.iter().enumerate().map(|(place, part)| {
                match part.split_once(after).filter(|_| place > 0) {
                    Some((time, rest))
                        if time.starts_with(|first: char| first.is_ascii_digit()) =>
                    {
                        format!("…{after}{rest}")
                    }
                    _ => (*part).to_owned(),
                }
            });
            text = shown.collect::<Vec<_>>().join(before);
        }
        format!("{}\n{text}", output.status.code().unwrap())
    }

    fn exists(&self, name: &str) -> bool {
        self.path(name).exists()
    }
}

#[test]
fn what_needs_the_application_runs_in_its_python() {
    let Some(sample) = Sample::new() else { return };
    insta::assert_snapshot!(sample.run("--python bin/python upgrade head"), @r#"
    0
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    INFO  [alembic.runtime.migration] Running upgrade r1 -> r2
    INFO  [alembic.runtime.migration] Running upgrade r2 -> r3
    INFO  [limbeck] Revisions r2..r3 were run by bin/python: need shop_app.Kind
    INFO  [limbeck] Done: 3 steps in …; the database is at r3.
    "#);
    insta::assert_snapshot!(sample.run("--python bin/python --format json downgrade r2"), @r#"
    0
    {
      "database": "sqlite:///shop.db",
      "dry_run": false,
      "before": [
        "r3"
      ],
      "after": [
        "r2"
      ],
      "steps": [
        {
          "revision": "r3",
          "direction": "downgrade",
          "message": "",
          "duration_ms": …
        }
      ],
      "duration_ms": …
    }
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running downgrade r3 -> r2
    INFO  [limbeck] Done: 1 step in …; the database is at r2.
    "#);
}

#[test]
fn without_a_python_scripts_run_as_far_as_they_do_not_use_the_application() {
    let Some(sample) = Sample::new() else { return };
    insta::assert_snapshot!(sample.run("upgrade r2"), @r#"
    0
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    WARNI [limbeck] Revision r2 reaches shop_app.Kind, which is not here; it is run natively as far as it does not use it (no Python with Alembic was found)
    INFO  [alembic.runtime.migration] Running upgrade r1 -> r2
    INFO  [limbeck] Done: 2 steps in …; the database is at r2.
    "#);
    insta::assert_snapshot!(sample.run("upgrade head"), @r#"
    1
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade r2 -> r3
    WARNI [limbeck] Revision r3 reaches shop_app.Kind, which is not here; it is run natively as far as it does not use it (no Python with Alembic was found)
    error: revision r3 could not be run: this revision uses shop_app.Kind (imported at PROJECT/migrations/versions/r3.py:3), which only the application has; no Python with Alembic was found
      --> PROJECT/migrations/versions/r3.py:11:5
       |
    11 |     op.execute("INSERT INTO kind VALUES ('%s')" % Kind.TOY.value)
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: Traceback (most recent call last):
                 File "PROJECT/migrations/versions/r3.py", line 11, in upgrade
                   op.execute("INSERT INTO kind VALUES ('%s')" % Kind.TOY.value)
               needs shop_app.Kind (imported at PROJECT/migrations/versions/r3.py:3)
       = note: Nothing of this run was kept.
       = help: name the Python of the project with --python or LIMBECK_PYTHON, activate its virtual environment, make one as .venv beside the configuration, or install Alembic and the application into a Python that is there (pip install alembic …). Tried:
               python3: python3 cannot be started: No such file or directory (os error 2)
    "#);
    insta::assert_snapshot!(sample.run("current"), @r#"
    0
    r2
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    "#);
}

#[test]
fn where_ddl_commits_the_error_says_what_stayed() {
    let (Some(sample), Some(database)) = (Sample::new(), Database::mariadb()) else {
        return;
    };
    sample.write(
        "alembic.ini",
        &format!(
            "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = {}\n",
            database.url().replace('%', "%%")
        ),
    );
    let told = sample.run("upgrade head");
    assert!(
        told.contains(
            "this revision uses shop_app.Kind (imported at PROJECT/migrations/versions/r3.py:3)"
        ),
        "{told}"
    );
    let stayed =
        "Kept: r1, r2. Of r3 the first statements stays in the database, its version row does not";
    assert!(told.contains(stayed), "{told}");
    assert!(
        told.contains("name the Python of the project with --python"),
        "{told}"
    );
}

#[test]
fn a_python_without_the_application_is_as_good_as_none() {
    let Some(sample) = Sample::new() else { return };
    insta::assert_snapshot!(sample.run("--python bin/without upgrade r2"), @r#"
    0
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    WARNI [limbeck] Revision r2 reaches shop_app.Kind, which is not here; it is run natively as far as it does not use it (the module 'shop_app' is not installed in bin/without; install it there, or name another Python with --python)
    INFO  [alembic.runtime.migration] Running upgrade r1 -> r2
    INFO  [limbeck] Done: 2 steps in …; the database is at r2.
    "#);
    insta::assert_snapshot!(sample.run("--python bin/without upgrade head"), @r#"
    1
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade r2 -> r3
    WARNI [limbeck] Revision r3 reaches shop_app.Kind, which is not here; it is run natively as far as it does not use it (the module 'shop_app' is not installed in bin/without; install it there, or name another Python with --python)
    error: revision r3 could not be run: this revision uses shop_app.Kind (imported at PROJECT/migrations/versions/r3.py:3), which only the application has; the module 'shop_app' is not installed in bin/without; install it there, or name another Python with --python
      --> PROJECT/migrations/versions/r3.py:11:5
       |
    11 |     op.execute("INSERT INTO kind VALUES ('%s')" % Kind.TOY.value)
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: Traceback (most recent call last):
                 File "PROJECT/migrations/versions/r3.py", line 11, in upgrade
                   op.execute("INSERT INTO kind VALUES ('%s')" % Kind.TOY.value)
               needs shop_app.Kind (imported at PROJECT/migrations/versions/r3.py:3)
       = note: Nothing of this run was kept.
       = help: name the Python of the project with --python or LIMBECK_PYTHON, activate its virtual environment, make one as .venv beside the configuration, or install Alembic and the application into a Python that is there (pip install alembic …)
    "#);
}

#[test]
fn without_env_py_it_is_the_same() {
    let Some(sample) = Sample::new() else { return };
    fs::remove_file(sample.path("migrations/env.py")).unwrap();
    insta::assert_snapshot!(sample.run("upgrade head"), @r#"
    1
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    WARNI [limbeck] Revisions r2, r3 reach shop_app.Kind, which is not here; they are run natively as far as they do not use it (no Python with Alembic was found)
    INFO  [alembic.runtime.migration] Running upgrade r1 -> r2
    INFO  [alembic.runtime.migration] Running upgrade r2 -> r3
    error: revision r3 could not be run: this revision uses shop_app.Kind (imported at PROJECT/migrations/versions/r3.py:3), which only the application has; no Python with Alembic was found
      --> PROJECT/migrations/versions/r3.py:11:5
       |
    11 |     op.execute("INSERT INTO kind VALUES ('%s')" % Kind.TOY.value)
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: Traceback (most recent call last):
                 File "PROJECT/migrations/versions/r3.py", line 11, in upgrade
                   op.execute("INSERT INTO kind VALUES ('%s')" % Kind.TOY.value)
               needs shop_app.Kind (imported at PROJECT/migrations/versions/r3.py:3)
       = note: Nothing of this run was kept. Rolled back: r1, r2.
       = help: name the Python of the project with --python or LIMBECK_PYTHON, activate its virtual environment, make one as .venv beside the configuration, or install Alembic and the application into a Python that is there (pip install alembic …). Tried:
               python3: python3 cannot be started: No such file or directory (os error 2)
    "#);
    insta::assert_snapshot!(sample.run("--python bin/python upgrade head"), @r#"
    0
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    INFO  [alembic.runtime.migration] Running upgrade r1 -> r2
    INFO  [alembic.runtime.migration] Running upgrade r2 -> r3
    INFO  [limbeck] Revisions r2..r3 were run by bin/python: need shop_app.Kind
    INFO  [limbeck] Done: 3 steps in …; the database is at r3.
    "#);
    insta::assert_snapshot!(sample.run("--python bin/python --url sqlite:///other.db upgrade r2:r3 --sql"), @r#"
    0
    BEGIN;

    -- Running upgrade r2 -> r3

    CREATE TABLE kind (
        name TEXT
    );

    INSERT INTO kind VALUES ('toy');

    UPDATE alembic_version SET version_num='r3' WHERE alembic_version.version_num = 'r2';

    COMMIT;

    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade r2 -> r3
    "#);
}

#[test]
fn env_py_that_asks_the_application_runs_in_its_python() {
    let Some(sample) = Sample::new() else { return };
    sample.ask_application();
    insta::assert_snapshot!(sample.run("--python bin/python upgrade r2"), @r#"
    0
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    INFO  [alembic.runtime.migration] Running upgrade r1 -> r2
    INFO  [limbeck] Revision r2 was run by bin/python: needs shop_app.Kind
    INFO  [limbeck] Done: 2 steps in …; the database is at r2.
    INFO  [limbeck] env.py was run by bin/python: needs shop_app.SETTINGS
    "#);
    insta::assert_snapshot!(sample.run("current"), @r#"
    1
    error: env.py needs shop_app.SETTINGS (imported at PROJECT/migrations/env.py:3), which only the application has; no Python with Alembic was found
     --> PROJECT/migrations/env.py:6:1
      |
    6 | config.set_main_option('sqlalchemy.url', SETTINGS['url'])
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: Traceback (most recent call last):
                File "PROJECT/migrations/env.py", line 6, in <module>
                  config.set_main_option('sqlalchemy.url', SETTINGS['url'])
              needs shop_app.SETTINGS (imported at PROJECT/migrations/env.py:3)
      = help: with --url the command runs without env.py; otherwise name the Python of the project with --python or LIMBECK_PYTHON, activate its virtual environment, make one as .venv beside the configuration, or install Alembic and the application into a Python that is there (pip install alembic …). Tried:
              python3: python3 cannot be started: No such file or directory (os error 2)
    "#);
    insta::assert_snapshot!(sample.run("--python bin/without current"), @r#"
    1
    error: env.py needs shop_app.SETTINGS (imported at PROJECT/migrations/env.py:3), which only the application has; the module 'shop_app' is not installed in bin/without; install it there, or name another Python with --python
     --> PROJECT/migrations/env.py:6:1
      |
    6 | config.set_main_option('sqlalchemy.url', SETTINGS['url'])
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: Traceback (most recent call last):
                File "PROJECT/migrations/env.py", line 6, in <module>
                  config.set_main_option('sqlalchemy.url', SETTINGS['url'])
              needs shop_app.SETTINGS (imported at PROJECT/migrations/env.py:3)
      = help: with --url the command runs without env.py; otherwise name the Python of the project with --python or LIMBECK_PYTHON, activate its virtual environment, make one as .venv beside the configuration, or install Alembic and the application into a Python that is there (pip install alembic …)
    "#);
}

#[test]
fn constraints_are_named_by_metadata_that_only_the_application_has() {
    let Some(sample) = Sample::new() else { return };
    sample.write(
        "site/shop_app/__init__.py",
        "import sqlalchemy as sa\nmetadata = sa.MetaData(naming_convention={'pk': 'pk_of_%(table_name)s'})\n",
    );
    let env = ENV.replace("\n\nconfig", "\nfrom shop_app import metadata\n\nconfig");
    let told = "connection=connection, target_metadata=metadata";
    sample.write(
        "migrations/env.py",
        &env.replace("connection=connection", told),
    );
    let first = FIRST.replace("sa.Integer", "sa.Integer, primary_key=True");
    sample.revision("r1", "None", &first);
    let schema = || {
        let file = fs::read(sample.path("shop.db")).unwrap();
        String::from_utf8_lossy(&file).contains("CONSTRAINT pk_of_item PRIMARY KEY")
    };
    insta::assert_snapshot!(sample.run("--python bin/python upgrade r1"), @r#"
    0
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    INFO  [limbeck] Done: 1 step in …; the database is at r1.
    "#);
    assert!(schema());
    fs::remove_file(sample.path("shop.db")).unwrap();
    insta::assert_snapshot!(sample.run("upgrade r1"), @r#"
    0
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    WARNI [limbeck] The naming convention of target_metadata is not known: constraints without a name are made without one (no Python with Alembic was found)
    INFO  [limbeck] Done: 1 step in …; the database is at r1.
    "#);
    assert!(!schema());

    // The same when env.py itself runs there.
    fs::remove_file(sample.path("shop.db")).unwrap();
    let env = env.replace(
        "config = context.config",
        "config = context.config\nif str(metadata): pass",
    );
    sample.write(
        "migrations/env.py",
        &env.replace("connection=connection", told),
    );
    insta::assert_snapshot!(sample.run("--python bin/python upgrade r1"), @r#"
    0
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    INFO  [limbeck] Done: 1 step in …; the database is at r1.
    INFO  [limbeck] env.py was run by bin/python: needs shop_app.metadata
    "#);
    assert!(schema());
}

#[test]
fn an_address_does_without_env_py() {
    let Some(sample) = Sample::new() else { return };
    sample.ask_application();
    insta::assert_snapshot!(sample.run("--url sqlite:///other.db upgrade r2"), @r#"
    0
    WARNI [limbeck] env.py was not run: it needs shop_app.SETTINGS (imported at PROJECT/migrations/env.py:3); the address of --url and the settings of the configuration are used
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    WARNI [limbeck] Revision r2 reaches shop_app.Kind, which is not here; it is run natively as far as it does not use it (no Python with Alembic was found)
    INFO  [alembic.runtime.migration] Running upgrade r1 -> r2
    INFO  [limbeck] Done: 2 steps in …; the database is at r2.
    "#);
    assert!(sample.exists("other.db") && !sample.exists("shop.db"));
    insta::assert_snapshot!(sample.run("--url sqlite:///other.db upgrade r1 --sql"), @r#"
    0
    BEGIN;

    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, 
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );

    -- Running upgrade  -> r1

    CREATE TABLE item (
        id INTEGER,
        kind TEXT
    );

    INSERT INTO alembic_version (version_num) VALUES ('r1');

    COMMIT;

    WARNI [limbeck] env.py was not run: it needs shop_app.SETTINGS (imported at PROJECT/migrations/env.py:3); the address of --url and the settings of the configuration are used
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Generating static SQL
    INFO  [alembic.runtime.migration] Will assume transactional DDL.
    INFO  [alembic.runtime.migration] Running upgrade  -> r1
    "#);
}

#[test]
fn status_tells_which_python_is_taken() {
    let Some(sample) = Sample::new() else { return };
    insta::assert_snapshot!(sample.run("status -v"), @r#"
    3
    Database: sqlite:///shop.db
    At:       <base>
    Heads:    r3 (head)
    Pending:  3
      r1, 
      r2, 
      r3 (head), 
    Python:   none with Alembic
      not python3: python3 cannot be started: No such file or directory (os error 2)
    INFO  [alembic.runtime.migration] Context impl SQLiteImpl.
    INFO  [alembic.runtime.migration] Will assume non-transactional DDL.
    "#);
    let told = sample.run("--python bin/python status --verbose");
    assert!(
        told.contains("\nPython:   bin/python (--python; Python 3."),
        "{told}"
    );
    assert!(!sample.run("status").contains("Python"));
}

#[test]
fn what_env_py_does_after_each_step_is_written_down_too() {
    let Some(sample) = Sample::new() else { return };
    sample.write(
        "migrations/env.py",
        "from alembic import context\nfrom shop_app import SETTINGS\n\n\n\
         def applied(ctx, step, heads, run_args):\n    \
             ctx.execute(\"INSERT INTO log VALUES ('%s', '%s')\" % (step.up_revision_id, ' '.join(heads)))\n\n\n\
         context.configure(url=SETTINGS['url'], on_version_apply=applied)\n\
         with context.begin_transaction():\n    context.run_migrations()\n",
    );
    let written = sample.run("--python bin/python upgrade r2:r3 --sql");
    assert!(
        written.contains(
            "UPDATE alembic_version SET version_num='r3' WHERE alembic_version.version_num = 'r2';\n\n\
             INSERT INTO log VALUES ('r3', 'r3');\n"
        ),
        "{written}"
    );
}

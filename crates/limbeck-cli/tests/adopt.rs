//! `adopt`: projects are looked at, told about in full, and not changed.
#![cfg(feature = "python")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/mod.rs"]
#[allow(dead_code, unused_imports)]
mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use limbeck_testing::python_with_alembic;
use serde_json::Value;
use support::{Ran, Sandbox};

/// A copy of one of the projects of `tests/workflows`.
fn workflow(name: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/workflows")
        .join(name);
    for file in files(&from) {
        let text = fs::read_to_string(from.join(&file)).unwrap();
        sandbox.write(file.to_str().unwrap(), &text);
    }
    sandbox
}

/// All files below a directory, by their paths from there.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![directory.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => waiting.push(path),
                false => found.push(path.strip_prefix(directory).unwrap().to_owned()),
            }
        }
    }
    found.sort();
    found
}

fn contents(sandbox: &Sandbox) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = sandbox.path();
    let files = files(&root).into_iter();
    files
        .map(|file| (file.clone(), fs::read(root.join(file)).unwrap()))
        .collect()
}

/// Runs `adopt` below a directory of the sandbox, with a Python or without any; nothing may be changed by it.
fn adopt(sandbox: &Sandbox, below: &str, python: Option<&Path>, line: &str) -> Ran {
    let before = contents(sandbox);
    let mut command = sandbox.command();
    command
        .current_dir(sandbox.path().join(below))
        .args(line.split_whitespace());
    match python {
        Some(python) => command.env("LIMBECK_PYTHON", python),
        None => command.env("LIMBECK_PYTHON", "/nonexistent/python"),
    };
    let ran = sandbox.masked(command.output().unwrap());
    assert_eq!(contents(sandbox), before, "{ran}");
    ran
}

fn answer(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran}"))
}

#[test]
fn a_project_that_runs_natively() {
    let sandbox = workflow("stack_store");
    let ran = adopt(&sandbox, "", None, "adopt");
    insta::assert_snapshot!(ran, @r"
    Configuration: [ROOT]/alembic.ini, section [alembic]
    Scripts:       [ROOT]/store/migrations/versions
    env.py:        read natively
    Revisions:     4: 4 native
    Python:        none with Alembic was found
                   LIMBECK_PYTHON: /nonexistent/python cannot be started: No such file or directory (os error 2)
    Database:      sqlite:///store.db: without version rows, 4 pending
                   version table alembic_version, a transaction per revision, batch mode, include_object

    Everything works as it is.
    [exit 0]
    ");
    assert_eq!(sandbox.run("upgrade alembic_start").code, 0);
    let ran = adopt(&sandbox, "", None, "adopt -v");
    insta::assert_snapshot!(ran, @r"
    Configuration: [ROOT]/alembic.ini, section [alembic]
    Scripts:       [ROOT]/store/migrations/versions
    env.py:        read natively
    Revisions:     4: 4 native
                   0.84.1: native
                   5994f9ad0489: native
                   7b807019ae53: native
                   alembic_start: native
    Python:        none with Alembic was found
                   LIMBECK_PYTHON: /nonexistent/python cannot be started: No such file or directory (os error 2)
    Database:      sqlite:///store.db: at alembic_start, 3 pending
                   version table alembic_version, a transaction per revision, batch mode, include_object

    Everything works as it is.
    [exit 0]
    ");
}

#[test]
fn workflows_are_native() {
    let projects = [
        ("stack_store", "", "adopt", 4),
        (
            "lab_notebook",
            "notebook/params",
            "--url sqlite:///lab.db adopt",
            1,
        ),
        (
            "lab_notebook",
            "notebook/results",
            "--url sqlite:///lab.db adopt",
            1,
        ),
        (
            "data_pipeline",
            "",
            "-c dpo/alembic.ini -x sqlite:///dpo.db adopt",
            3,
        ),
        ("evaluation_service", "backend", "adopt", 3),
    ];
    for (name, below, line, least) in projects {
        let sandbox = workflow(name);
        let ran = adopt(&sandbox, below, None, &format!("--format json {line}"));
        let found = answer(&ran);
        assert_eq!(found["environment"]["runs"], "natively", "{name}: {ran}");
        assert_eq!(found["problems"], Value::Array(vec![]), "{name}: {ran}");
        let scripts = found["scripts"].as_array().unwrap();
        assert!(scripts.len() >= least, "{name}: {ran}");
        assert!(
            scripts.iter().all(|script| script["runs"] == "natively"),
            "{name}: {ran}"
        );
        assert_eq!(ran.code, 0, "{name}: {ran}");
    }
}

#[test]
fn both_tools_agree_on_every_workflow() {
    let Some(python) = python_with_alembic() else {
        return;
    };
    for (name, below) in [("stack_store", ""), ("evaluation_service", "backend")] {
        let sandbox = workflow(name);
        let upgraded = sandbox
            .command()
            .current_dir(sandbox.path().join(below))
            .args(["upgrade", "+1"])
            .output()
            .unwrap();
        assert!(upgraded.status.success(), "{name}: {upgraded:?}");
        let ran = adopt(&sandbox, below, Some(&python), "--format json adopt");
        let found = answer(&ran);
        assert_eq!(ran.code, 0, "{ran}");
        let questions = found["alembic"].as_array().unwrap();
        assert_eq!(questions.len(), 3, "{ran}");
        for question in questions {
            assert_eq!(question["only_alembic"], Value::Array(vec![]), "{ran}");
            assert_eq!(question["only_limbeck"], Value::Array(vec![]), "{ran}");
            assert!(question["same"].as_u64().unwrap() > 0, "{ran}");
            assert_eq!(question.get("not_asked"), None, "{ran}");
        }
    }
}

const INI: &str = "[alembic]\nscript_location = %(here)s/db\nprepend_sys_path = .\n\
                   sqlalchemy.url = sqlite:///app.db\n";

const ENV: &str = "\
from alembic import context
from sqlalchemy import engine_from_config, pool
from application.models import Base

engine = engine_from_config(context.config.get_section('alembic'), poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, version_table='versions')
    with context.begin_transaction():
        context.run_migrations()
";

const ONE: &str = "\
'''one'''
from alembic import op
import sqlalchemy as sa
from application.enums import Color, Size
import application.tools

revision = 'aaa'
down_revision = None

def fill():
    op.execute('SELECT %d' % Size.count)

def upgrade():
    op.create_table('t', sa.Column('c', sa.Enum(Color)))
    fill()

def downgrade():
    application.tools.drop('t')
";

const TWO: &str = "\
'''two'''
from alembic import op
import sqlalchemy as sa

revision = 'bbb'
down_revision = 'aaa'

def upgrade():
    op.add_column('t', sa.Column('d', sa.Integer))

def downgrade():
    op.drop_column('t', 'd')
";

/// A project whose first revision, and nothing else, needs the application.
fn application() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write("alembic.ini", INI);
    sandbox.write("db/env.py", ENV);
    sandbox.write("db/versions/aaa_one.py", ONE);
    sandbox.write("db/versions/bbb_two.py", TWO);
    sandbox
}

#[test]
fn what_needs_the_application_is_told_with_its_imports() {
    let sandbox = application();
    let ran = adopt(&sandbox, "", None, "adopt -v");
    insta::assert_snapshot!(ran, @r"
    Configuration: [ROOT]/alembic.ini, section [alembic]
    Scripts:       [ROOT]/db/versions
    env.py:        read natively
    Revisions:     2: 1 native, 1 needs application.enums.Size, application.enums.Color, application.tools.drop
                   aaa: cannot run
                     needs application.enums.Size (db/versions/aaa_one.py:4)
                     needs application.enums.Color (db/versions/aaa_one.py:4)
                     needs application.tools.drop (db/versions/aaa_one.py:5)
                   bbb: native
    Python:        none with Alembic was found
                   LIMBECK_PYTHON: /nonexistent/python cannot be started: No such file or directory (os error 2)
    Database:      sqlite:///app.db: without version rows, 2 pending
                   version table versions, a transaction per revision

    This would not work:
      1 revision needs the application, and no Python with Alembic was found: activate the project's environment, or name it with --python
    [exit 1]
    ");
}

#[test]
fn an_application_that_cannot_be_loaded_says_why() {
    let sandbox = application();
    sandbox.write("application/__init__.py", "");
    sandbox.write(
        "application/enums.py",
        "import enum\n\nraise RuntimeError('no settings')\n",
    );
    let ran = adopt(&sandbox, "", None, "--format json adopt");
    let found = answer(&ran);
    let needs = &found["scripts"][0]["needs"][0];
    assert_eq!(needs["imported_at"], "db/versions/aaa_one.py:4");
    assert_eq!(needs["reason"], "RuntimeError: no settings");
}

#[test]
fn a_python_that_has_the_application_makes_it_work() {
    let Some(python) = python_with_alembic() else {
        return;
    };
    let sandbox = application();
    let ran = adopt(&sandbox, "", Some(&python), "--format json adopt");
    let found = answer(&ran);
    assert_eq!(ran.code, 1, "{ran}");
    let problem = found["problems"][0].as_str().unwrap();
    assert!(problem.contains("No module named 'application'"), "{ran}");
    // The names are made by a statement that only that Python can carry out, as with an extension module.
    sandbox.write("application/__init__.py", "");
    sandbox.write(
        "application/models.py",
        "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n",
    );
    sandbox.write(
        "application/enums.py",
        "import enum, sys\n\
         def made(value):\n    \
             if sys.implementation.name != 'cpython':\n        raise ImportError('compiled')\n    \
             return value\n\
         Color = made(enum.Enum('Color', 'RED'))\n\
         Size = made(type('Size', (), {'count': 1}))\n",
    );
    sandbox.write("application/tools.py", "def drop(name): pass\n");
    let ran = adopt(&sandbox, "", Some(&python), "--format json adopt");
    let found = answer(&ran);
    assert_eq!(found["scripts"][0]["runs"], "project_python", "{ran}");
    assert_eq!(found["scripts"][1]["runs"], "natively", "{ran}");
    assert_eq!(found["alembic"][0]["same"], 1, "{ran}");
    assert_eq!(ran.code, 0, "{ran}");
    // What was told is what a run does.
    let mut upgrade = sandbox.command();
    upgrade.env("LIMBECK_PYTHON", &python);
    let ran = sandbox.masked(upgrade.args(["upgrade", "head"]).output().unwrap());
    assert_eq!(ran.code, 0, "{ran}");
    assert!(ran.to_string().contains("application.enums"), "{ran}");
}

#[test]
fn an_env_py_that_needs_the_application_says_which_name_decides() {
    let sandbox = application();
    sandbox.write(
        "db/env.py",
        &ENV.replace("'versions'", "Base.version_table + '_x'"),
    );
    let ran = adopt(&sandbox, "", None, "adopt");
    insta::assert_snapshot!(ran, @r"
    Configuration: [ROOT]/alembic.ini, section [alembic]
    Scripts:       [ROOT]/db/versions
    env.py:        cannot be run
                   needs application.models.Base.version_table (db/env.py:3)
    Revisions:     2: 1 native, 1 needs application.enums.Size, application.enums.Color, application.tools.drop
    Python:        none with Alembic was found
                   LIMBECK_PYTHON: /nonexistent/python cannot be started: No such file or directory (os error 2)

    This would not work:
      db/env.py needs application.models.Base.version_table (db/env.py:3), and no Python with Alembic was found: activate the project's environment, or name it with --python
      1 revision needs the application, and no Python with Alembic was found: activate the project's environment, or name it with --python
    [exit 1]
    ");
}

#[test]
fn a_broken_project_is_told_in_full() {
    let sandbox = application();
    sandbox.write(
        "db/env.py",
        &ENV.replace("from application.models import Base\n", "")
            .replace("Base.metadata", "None"),
    );
    sandbox.write(
        "db/versions/aaa_one.py",
        "'''one'''\nrevision = 'aaa'\ndown_revision = None\nfraction = 1 / 0\n",
    );
    sandbox.write(
        "db/versions/ccc.py",
        "revision = 'ccc'\ndown_revision = 'gone'\n",
    );
    let ran = adopt(&sandbox, "", None, "adopt -v");
    insta::assert_snapshot!(ran, @r#"
    Configuration: [ROOT]/alembic.ini, section [alembic]
    Scripts:       [ROOT]/db/versions
    env.py:        read natively
    Revisions:     3: 2 native, 1 cannot be loaded
                   aaa: cannot run
                     Traceback (most recent call last):
                       File "[ROOT]/db/versions/aaa_one.py", line 4, in <module>
                         fraction = 1 / 0
                     ZeroDivisionError: division by zero
                   bbb: native
                   ccc: native
    Python:        none with Alembic was found
                   LIMBECK_PYTHON: /nonexistent/python cannot be started: No such file or directory (os error 2)
    Database:      sqlite:///app.db: without version rows
                   version table versions, a transaction per revision

    This would not work:
      revision gone, the parent of ccc ([ROOT]/db/versions/ccc.py:1), is not present; add its script or correct the down revision
      db/versions/aaa_one.py:4: ZeroDivisionError: division by zero
    [stderr]
    WARNI [limbeck.script] revision gone, the parent of ccc ([ROOT]/db/versions/ccc.py:1), is not present; add its script or correct the down revision
    [exit 1]
    "#);
}

#[test]
fn a_database_that_cannot_be_reached_leaves_the_rest_known() {
    let sandbox = application();
    let url = "postgresql+psycopg2://someone:secret@127.0.0.1:1/nothing";
    sandbox.write("alembic.ini", &INI.replace("sqlite:///app.db", url));
    let offline = "if context.is_offline_mode():\n    \
                   context.configure(url=context.config.get_main_option('sqlalchemy.url'), version_table='versions')\n    \
                   context.run_migrations()\n    raise SystemExit\n\n";
    sandbox.write(
        "db/env.py",
        &ENV.replace("engine = ", &format!("{offline}engine = ")),
    );
    sandbox.write("db/versions/aaa_one.py", &TWO.replace("'aaa'", "None"));
    fs::remove_file(sandbox.path().join("db/versions/bbb_two.py")).unwrap();
    let ran = adopt(&sandbox, "", None, "--format json adopt");
    assert!(!ran.stdout.contains("secret"), "{ran}");
    let found = answer(&ran);
    assert_eq!(ran.code, 1, "{ran}");
    let database = &found["databases"][0];
    assert_eq!(database["version_table"], "versions", "{ran}");
    assert!(database["error"].as_str().is_some(), "{ran}");
    assert_eq!(found["problems"].as_array().unwrap().len(), 1, "{ran}");
}

#[test]
fn rows_without_a_script_are_a_problem() {
    let sandbox = workflow("stack_store");
    assert_eq!(sandbox.run("upgrade heads").code, 0);
    let versions = sandbox.path().join("store/migrations/versions");
    fs::remove_file(versions.join("7b807019ae53_describe_workspaces.py")).unwrap();
    let ran = adopt(&sandbox, "", None, "--format json adopt");
    let found = answer(&ran);
    assert_eq!(ran.code, 1, "{ran}");
    assert!(
        !found["databases"][0]["unknown_rows"]
            .as_array()
            .unwrap()
            .is_empty(),
        "{ran}"
    );
}

#[test]
fn a_schema_that_the_database_lacks_is_told_with_what_env_py_sets() {
    let sandbox = workflow("climate_stations");
    let ini = sandbox.read("alembic.ini");
    sandbox.write(
        "alembic.ini",
        &ini.replace("DATABASE_URL", "sqlite:///stations.db"),
    );
    let ran = adopt(
        &sandbox,
        "",
        None,
        "--format json -x db=stations_test adopt",
    );
    let found = answer(&ran);
    assert_eq!(found["environment"]["runs"], "natively", "{ran}");
    let scripts = found["scripts"].as_array().unwrap();
    assert!(
        scripts.iter().all(|script| script["runs"] == "natively"),
        "{ran}"
    );
    let database = &found["databases"][0];
    assert_eq!(database["version_table"], "crmp.alembic_version", "{ran}");
    let error = database["error"].as_str().unwrap();
    assert!(error.contains("crmp"), "{ran}");
    assert_eq!(ran.code, 1, "{ran}");
    // Which database is meant is said with -x only.
    let ran = adopt(&sandbox, "", None, "adopt");
    assert!(ran.stdout.contains("add `-x db="), "{ran}");
    assert_eq!(ran.code, 1, "{ran}");
}

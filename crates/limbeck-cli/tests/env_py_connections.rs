//! What env.py meets where it takes its connection from whoever runs it, where the database is out of reach, and where what it says is
//! known without running it.
#![cfg(feature = "python")]
#![allow(clippy::unwrap_used)]

mod support;

use support::{Ran, Sandbox};

const TEMPLATE: &str = include_str!("../../limbeck/src/script/write/templates/generic_env.py");

fn project(env_py: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    let logging = "[loggers]\nkeys = root\n[handlers]\nkeys =\n[formatters]\nkeys =\n\
                   [logger_root]\nlevel = WARNING\nhandlers =\n";
    sandbox.write(
        "alembic.ini",
        &format!(
            "[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\n\
             sqlalchemy.url = sqlite:///here.db\n{logging}"
        ),
    );
    sandbox.write("migrations/env.py", env_py);
    sandbox.write(
        "migrations/versions/a1.py",
        "from alembic import op\nimport sqlalchemy as sa\nrevision = 'a1'\ndown_revision = None\n\n\n\
         def upgrade():\n    op.create_table('item', sa.Column('id', sa.Integer))\n    \
             if op.get_bind().execute(sa.text('SELECT count(*) FROM item')).scalar():\n        \
                 op.drop_table('item')\n\n\ndef downgrade():\n    op.drop_table('item')\n",
    );
    sandbox
}

fn succeeds(sandbox: &Sandbox, line: &str) -> Ran {
    let ran = sandbox.run(line);
    assert_eq!(ran.code, 0, "{ran}");
    ran
}

#[test]
fn the_connection_of_the_command_line_also_connects() {
    let connects = "from alembic import context\n\
        connectable = context.config.attributes['connection']\n\
        with connectable.connect() as connection:\n    context.configure(connection=connection)\n    \
            with context.begin_transaction():\n        context.run_migrations()\n";
    let is_one = "from alembic import context\n\
        context.configure(connection=context.config.attributes['connection'])\n\
        with context.begin_transaction():\n    context.run_migrations()\n";
    for env_py in [connects, is_one] {
        let sandbox = project(env_py);
        succeeds(&sandbox, "--url sqlite:///other.db upgrade head");
        assert!(!sandbox.exists("here.db"));
        let at = succeeds(&sandbox, "--url sqlite:///other.db current");
        assert_eq!(at.stdout, "a1 (head)\n");
    }
}

#[test]
fn an_unreachable_database_is_sqlalchemys_error_and_a_plain_message() {
    let env_py = "from alembic import context\nfrom sqlalchemy import create_engine, exc\n\
        engine = create_engine('postgresql://me:secret@127.0.0.1:1/shop')\ntry:\n    \
        with engine.connect() as connection:\n        context.configure(connection=connection)\n        \
        context.run_migrations()\n\
        except exc.OperationalError as error:\n    print('caught', error.orig)\n    raise\n";
    let ran = project(env_py).run("upgrade head");
    assert_eq!(ran.code, 1, "{ran}");
    assert!(
        ran.stdout
            .starts_with("caught cannot connect to postgresql://me:***@127.0.0.1:1/shop: ")
    );
    let error = "error: cannot connect to postgresql://me:***@127.0.0.1:1/shop: ";
    assert!(ran.stderr.contains(error), "{ran}");
    assert!(!ran.stderr.contains("Traceback"), "{ran}");
}

#[test]
fn an_env_py_of_the_template_is_not_run_for_what_the_version_rows_tell() {
    // A model whose import leaves a trace.
    let with_models = TEMPLATE.replace(
        "target_metadata = None",
        "import models\ntarget_metadata = models.metadata",
    );
    let sandbox = project(&with_models);
    sandbox.write("models.py", "open('ran', 'w').close()\nmetadata = None\n");
    succeeds(&sandbox, "upgrade head");
    assert!(sandbox.exists("ran"), "a script runs within env.py");
    std::fs::remove_file(sandbox.path().join("ran")).unwrap();
    let at = succeeds(&sandbox, "current");
    let there = succeeds(&sandbox, "upgrade head");
    assert!(!sandbox.exists("ran"));

    // The same answers as from env.py, which a statement of its own makes another one.
    sandbox.write(
        "migrations/env.py",
        &with_models.replace("import models", "import models\nprint(end='')"),
    );
    assert_eq!(succeeds(&sandbox, "current"), at);
    assert_eq!(succeeds(&sandbox, "upgrade head"), there);
    assert!(sandbox.exists("ran"));
}

#[test]
fn a_plan_is_shown_up_to_a_question() {
    let sandbox = project(TEMPLATE);
    let planned = succeeds(&sandbox, "plan head");
    let shown = "CREATE TABLE item (\n    id INTEGER\n);\n\
        -- here the script asks the database ([ROOT]/migrations/versions/a1.py:9), and what it does then depends on the answer:\n\
        --     SELECT count(*) FROM item\n\
        INSERT INTO alembic_version (version_num) VALUES ('a1');\n";
    assert!(planned.stdout.ends_with(shown), "{planned}");
}

#[test]
fn functions_for_applied_versions_write_into_the_script() {
    let observed = TEMPLATE.replace(
        "target_metadata = None",
        "target_metadata = None\n\n\ndef applied(ctx, step, heads, run_args):\n    \
         ctx.execute(\"INSERT INTO log VALUES ('%s')\" % step.up_revision_id)\n",
    );
    let observed = observed.replace(
        "target_metadata=target_metadata,",
        "target_metadata=target_metadata, on_version_apply=applied,",
    );
    let sandbox = project(&observed);
    sandbox.write(
        "migrations/versions/a1.py",
        "from alembic import op\nrevision = 'a1'\ndown_revision = None\n\n\ndef upgrade():\n    op.execute('SELECT 1')\n",
    );
    let written = succeeds(&sandbox, "upgrade head --sql").stdout;
    let row = written.find("INSERT INTO alembic_version").unwrap();
    let log = written.find("INSERT INTO log VALUES ('a1');").unwrap();
    assert!(row < log, "{written}");
}

#[test]
fn everything_in_an_autocommit_block_stands_outside_the_transaction() {
    let sandbox = project(TEMPLATE);
    sandbox.write(
        "migrations/versions/a1.py",
        "from alembic import op\nimport sqlalchemy as sa\nrevision = 'a1'\ndown_revision = None\n\n\n\
         def upgrade():\n    with op.get_context().autocommit_block():\n        \
             op.create_table('outside', sa.Column('id', sa.Integer))\n        \
             op.add_column('outside', sa.Column('name', sa.Text))\n    \
             op.drop_column('outside', 'name')\n",
    );
    let written = succeeds(&sandbox, "upgrade head --sql --dialect postgresql").stdout;
    let mut open = false;
    for statement in written.split(";\n") {
        match statement.trim() {
            begin if begin.ends_with("BEGIN") => open = true,
            commit if commit.ends_with("COMMIT") => open = false,
            drop if drop.contains("DROP COLUMN") => assert!(open, "{written}"),
            one if one.contains("outside") => assert!(!open, "{written}"),
            _ => {}
        }
    }
}

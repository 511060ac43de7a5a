//! Projects in Python as Alembic's own template makes them: the same directory for Limbeck and for Alembic.
//!
//! What `history.rs` writes for Alembic is the least that it can be given, and SQL only; here env.py configures logging, and
//! revisions are made of operations.

use std::{fmt::Write, fs, io, path::Path, process::Command};

use super::{
    BenchError, Options,
    report::Report,
    scenario::{Programs, remove},
    series::{Contender, Figure, run},
};

/// Graph commands, commands that run env.py, and upgrades.
///
/// # Errors
/// [`BenchError`] when the projects cannot be written.
pub(crate) fn projects(
    programs: &Programs,
    options: &Options,
    report: &mut Report,
) -> Result<(), BenchError> {
    report.heading("Projects in Python");
    for &size in &options.sizes {
        let root = tempfile::tempdir()?;
        for tool in TOOLS {
            write(&root.path().join(tool), size)?;
        }
        for (arguments, from_empty) in [
            (&["heads"][..], false),
            (&["history"], false),
            (&["upgrade", "head"], true),
            (&["upgrade", "head"], false),
            (&["current"], false),
        ] {
            let figures = compare(programs, root.path(), options, arguments, from_empty);
            let place = if from_empty { " from empty" } else { "" };
            let title = format!("**{}**{place}, {size} revisions:", arguments.join(" "));
            report.table(&title, &figures);
        }
    }
    Ok(())
}

const TOOLS: [&str; 2] = ["limbeck", "alembic"];

fn compare(
    programs: &Programs,
    root: &Path,
    options: &Options,
    arguments: &'static [&'static str],
    from_empty: bool,
) -> Vec<Figure> {
    let contenders: Vec<Contender<'_>> = TOOLS
        .into_iter()
        .filter(|tool| *tool == "limbeck" || programs.alembic.is_some())
        .map(|tool| {
            let database = root.join(tool).join("bench.db");
            let command = move || match tool {
                "limbeck" => programs.limbeck(root, arguments),
                _ => programs
                    .alembic(root, arguments)
                    .unwrap_or_else(|| Command::new(tool)),
            };
            Contender::new(format!("{tool} {}", arguments.join(" ")), command).prepared(move || {
                match from_empty {
                    true => remove(&database),
                    false => Ok(()),
                }
            })
        })
        .collect();
    run(&contenders, options.runs)
}

/// Writes a project of `size` revisions in one line: each fourth makes a table and an index, then a column is added, then the
/// table is changed in a batch, then rows are written.
fn write(root: &Path, size: usize) -> io::Result<()> {
    let versions = root.join("migrations/versions");
    fs::create_dir_all(&versions)?;
    fs::write(root.join("alembic.ini"), ALEMBIC_INI)?;
    fs::write(root.join("migrations/env.py"), ENV_PY)?;
    let id = |number: usize| format!("{:012x}", 0x5eed_0000_0000_u64 + number as u64);
    for number in 0..size {
        let before = number.checked_sub(1).map(id);
        let table = format!("item_{}", number - number % 4);
        let (upgrade, downgrade) = body(number % 4, &table);
        let mut text = format!(
            "\"\"\"step {number}\n\nRevision ID: {id}\nRevises: {revises}\nCreate Date: 2026-11-20 12:00:00.000000\n\n\"\"\"\n\
             from typing import Sequence, Union\n\nfrom alembic import op\nimport sqlalchemy as sa\n\n\n\
             revision: str = '{id}'\ndown_revision: Union[str, Sequence[str], None] = {down}\n\
             branch_labels: Union[str, Sequence[str], None] = None\ndepends_on: Union[str, Sequence[str], None] = None\n",
            id = id(number),
            revises = before.as_deref().unwrap_or_default(),
            down = before
                .as_ref()
                .map_or("None".to_owned(), |id| format!("'{id}'")),
        );
        for (name, lines) in [("upgrade", upgrade), ("downgrade", downgrade)] {
            let _ = write!(text, "\n\ndef {name}() -> None:\n");
            for line in lines.lines() {
                let _ = writeln!(text, "    {line}");
            }
        }
        fs::write(
            versions.join(format!("{}_step_{number}.py", id(number))),
            text,
        )?;
    }
    Ok(())
}

/// The lines of `upgrade()` and of `downgrade()`.
fn body(kind: usize, table: &str) -> (String, String) {
    match kind {
        0 => (
            format!(
                "op.create_table(\n    '{table}',\n    sa.Column('id', sa.Integer(), nullable=False),\n    \
                 sa.Column('name', sa.String(length=40), nullable=False),\n    \
                 sa.Column('price', sa.Numeric(10, 2), server_default='0'),\n    \
                 sa.Column('made', sa.DateTime(), server_default=sa.text('CURRENT_TIMESTAMP')),\n    \
                 sa.PrimaryKeyConstraint('id', name=op.f('pk_{table}')),\n)\n\
                 op.create_index(op.f('ix_{table}_name'), '{table}', ['name'], unique=False)"
            ),
            format!("op.drop_table('{table}')"),
        ),
        1 => (
            format!("op.add_column('{table}', sa.Column('note', sa.Text(), nullable=True))"),
            format!("op.drop_column('{table}', 'note')"),
        ),
        2 => (
            format!(
                "with op.batch_alter_table('{table}', schema=None) as batch_op:\n    \
                 batch_op.alter_column('name', existing_type=sa.String(length=40), type_=sa.String(length=80), \
                 existing_nullable=False)\n    batch_op.add_column(sa.Column('kind', sa.Integer(), nullable=True))"
            ),
            format!(
                "with op.batch_alter_table('{table}', schema=None) as batch_op:\n    batch_op.drop_column('kind')"
            ),
        ),
        _ => (
            format!(
                "op.execute(\"INSERT INTO {table} (id, name) VALUES (1, 'first')\")\n\
                 op.get_bind().execute(\n    sa.text('UPDATE {table} SET name = :name WHERE id = :id'), \
                 {{'name': 'second', 'id': 1}}\n)"
            ),
            format!("op.execute('DELETE FROM {table}')"),
        ),
    }
}

const ALEMBIC_INI: &str = "\
[alembic]
script_location = %(here)s/migrations
prepend_sys_path = .
path_separator = os
sqlalchemy.url = sqlite:///bench.db

[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
";

const ENV_PY: &str = "\
from logging.config import fileConfig

from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name)

target_metadata = None


def run_offline():
    url = config.get_main_option('sqlalchemy.url')
    context.configure(url=url, target_metadata=target_metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def run_online():
    section = config.get_section(config.config_ini_section, {})
    engine = engine_from_config(section, prefix='sqlalchemy.', poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
";

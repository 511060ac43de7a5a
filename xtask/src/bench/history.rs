//! Histories of any size, written in the format of every tool that is compared, with the same statements in each.

use std::{fmt::Write, fs, io, path::Path};

/// The shape of a generated history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Shape {
    /// One line.
    Linear,
    /// A branch of two revisions beside the line, merged again, at every 50 revisions.
    Merging,
}

/// One revision: its id, its parents and its statements.
pub(crate) struct Revision {
    id: String,
    parents: Vec<String>,
    up: Vec<String>,
    down: Vec<String>,
}

/// A history of `size` revisions; each makes a table, an index and a row, as a young project does.
pub(crate) fn generate(size: usize, shape: Shape) -> Vec<Revision> {
    let id = |number: usize| format!("{:012x}", 0x5eed_0000_0000_u64 + number as u64);
    (0..size)
        .map(|number| {
            let place = number % 50;
            let parents = match (number, shape) {
                (0, _) => vec![],
                // Two revisions beside 45 and 46, joined by 49.
                (_, Shape::Merging) if place == 47 => vec![id(number - 3)],
                (_, Shape::Merging) if place == 49 => vec![id(number - 1), id(number - 3)],
                _ => vec![id(number - 1)],
            };
            let table = format!("item_{number}");
            Revision {
                id: id(number),
                parents,
                up: vec![
                    format!(
                        "CREATE TABLE {table} (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, price INTEGER DEFAULT 0)"
                    ),
                    format!("CREATE INDEX ix_{table}_name ON {table} (name)"),
                    format!("INSERT INTO {table} (id, name) VALUES ({number}, 'first')"),
                ],
                down: vec![format!("DROP TABLE {table}")],
            }
        })
        .collect()
}

/// Writes a Limbeck project: `limbeck.toml` and `.sql` scripts.
pub(crate) fn write_limbeck(root: &Path, revisions: &[Revision], url: &str) -> io::Result<()> {
    let versions = root.join("versions");
    fs::create_dir_all(&versions)?;
    fs::write(
        root.join("limbeck.toml"),
        format!("script_location = \".\"\nurl = \"{url}\"\n"),
    )?;
    for revision in revisions {
        let revises = if revision.parents.is_empty() {
            "base".to_owned()
        } else {
            revision.parents.join(", ")
        };
        let text = format!(
            "-- make a table\n--\n-- revision: {}\n-- revises: {revises}\n-- created: 2026-11-20 12:00:00\n\n-- limbeck: upgrade\n{};\n\n-- limbeck: downgrade\n{};\n",
            revision.id,
            revision.up.join(";\n"),
            revision.down.join(";\n"),
        );
        fs::write(
            versions.join(format!("{}_make_a_table.sql", revision.id)),
            text,
        )?;
    }
    Ok(())
}

/// Writes an Alembic project: `alembic.ini`, `env.py` and `.py` scripts.
pub(crate) fn write_alembic(root: &Path, revisions: &[Revision], url: &str) -> io::Result<()> {
    let versions = root.join("migrations/versions");
    fs::create_dir_all(&versions)?;
    fs::write(
        root.join("alembic.ini"),
        format!("[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = {url}\n"),
    )?;
    fs::write(root.join("migrations/env.py"), ENV_PY)?;
    for revision in revisions {
        let down = match revision.parents.as_slice() {
            [] => "None".to_owned(),
            [one] => format!("'{one}'"),
            many => format!("('{}')", many.join("', '")),
        };
        let mut text = format!(
            "\"\"\"make a table\n\nRevision ID: {id}\nRevises: {revises}\nCreate Date: 2026-11-20 12:00:00\n\n\"\"\"\nfrom alembic import op\n\nrevision = '{id}'\ndown_revision = {down}\nbranch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n",
            id = revision.id,
            revises = revision.parents.join(", "),
        );
        for statement in &revision.up {
            let _ = writeln!(text, "    op.execute(\"{statement}\")");
        }
        text.push_str("\n\ndef downgrade():\n");
        for statement in &revision.down {
            let _ = writeln!(text, "    op.execute(\"{statement}\")");
        }
        fs::write(
            versions.join(format!("{}_make_a_table.py", revision.id)),
            text,
        )?;
    }
    Ok(())
}

/// Writes the directories of the tools without a graph: the revisions become a line.
pub(crate) fn write_lines(root: &Path, revisions: &[Revision]) -> io::Result<()> {
    for (number, revision) in revisions.iter().enumerate() {
        let up = revision.up.join(";\n") + ";\n";
        let down = revision.down.join(";\n") + ";\n";
        let stamp = format!("{:014}", 20_200_101_000_000_u64 + number as u64);
        let place = |tool: &str| root.join(tool).join("migrations");
        let diesel = place("diesel").join(format!("{stamp}_make_a_table"));
        fs::create_dir_all(&diesel)?;
        fs::write(diesel.join("up.sql"), &up)?;
        fs::write(diesel.join("down.sql"), &down)?;
        for (tool, name, text) in [
            ("sqlx", format!("{stamp}_make_a_table.sql"), up.clone()),
            (
                "refinery",
                format!("V{}__make_a_table.sql", number + 1),
                up.clone(),
            ),
            (
                "dbmate",
                format!("{stamp}_make_a_table.sql"),
                format!("-- migrate:up\n{up}\n-- migrate:down\n{down}"),
            ),
        ] {
            fs::create_dir_all(place(tool))?;
            fs::write(place(tool).join(name), text)?;
        }
    }
    fs::write(
        root.join("refinery/refinery.toml"),
        "[main]\ndb_type = \"Sqlite\"\ndb_path = \"bench.db\"\n",
    )?;
    fs::write(root.join("diesel/diesel.toml"), "")
}

const ENV_PY: &str = "\
from alembic import context
from sqlalchemy import create_engine, pool

engine = create_engine(context.config.get_main_option('sqlalchemy.url'), poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
";

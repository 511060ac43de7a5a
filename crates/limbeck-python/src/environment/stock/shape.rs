//! The shape of the generic template, in all the variants that Alembic has written since 1.0.

use super::lines::{Line, logical_lines};

/// An env.py of that shape.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Whether it calls `fileConfig()`.
    pub(super) configures_logging: bool,
}

/// What the template imports.
const IMPORTED: [(&str, &str); 4] = [
    ("logging.config", "fileConfig"),
    ("sqlalchemy", "engine_from_config"),
    ("sqlalchemy", "pool"),
    ("alembic", "context"),
];

/// The names whose meaning is the template's.
const NAMES: [&str; 10] = [
    "fileConfig",
    "engine_from_config",
    "pool",
    "context",
    "config",
    "connectable",
    "connection",
    "run_migrations_offline",
    "run_migrations_online",
    "None",
];

/// Reads the text of an env.py; `None` when it is not of the shape.
pub(super) fn recognise(text: &str) -> Option<Shape> {
    let mut lines = logical_lines(text)?;
    let mut imported = Vec::new();
    let mut header = Vec::new();
    let body = lines
        .iter()
        .position(|line| line.words.starts_with("def "))?;
    for line in lines.drain(..body) {
        if line.depth == 0 && is_import(&line) {
            import(&line, &mut imported)?;
        } else if line.depth != 0 || !is_metadata(&line.glued()) {
            header.push((line.depth, line.glued()));
        }
    }
    if !IMPORTED.iter().all(|pair| imported.contains(pair)) {
        return None;
    }
    let header: Vec<(usize, &str)> = header
        .iter()
        .map(|(depth, text)| (*depth, &**text))
        .collect();
    let configures_logging = match header.as_slice() {
        [(0, "config=context.config")] => false,
        [
            (0, "config=context.config"),
            (0, "fileConfig(config.config_file_name)"),
        ] => true,
        [
            (0, "config=context.config"),
            (0, "ifconfig.config_file_nameisnotNone:"),
            (1, "fileConfig(config.config_file_name)"),
        ] => true,
        _ => return None,
    };
    is_body(&lines).then_some(Shape { configures_logging })
}

fn is_import(line: &Line) -> bool {
    line.words.starts_with("from ") || line.words.starts_with("import ")
}

/// Notes what an import of the template's brings. Models may be imported too, under names that are not the template's.
fn import(line: &Line, imported: &mut Vec<(&'static str, &'static str)>) -> Option<()> {
    let words = line.words.replace(['(', ')'], " ");
    let (module, names) = match words.strip_prefix("from ") {
        Some(rest) => rest.split_once(" import ")?,
        None => ("", words.strip_prefix("import ")?),
    };
    for name in names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        if name == "*" {
            return None;
        }
        let of_template = IMPORTED.iter().find(|pair| **pair == (module.trim(), name));
        if let Some(pair) = of_template {
            imported.push(*pair);
            continue;
        }
        let bound = match name.split_once(" as ") {
            Some((_, bound)) => bound.trim(),
            None => name.split('.').next().unwrap_or(name),
        };
        if NAMES.contains(&bound) {
            return None;
        }
    }
    Some(())
}

/// Whether a line says where the models are, and calls nothing for it.
fn is_metadata(glued: &str) -> bool {
    glued.strip_prefix("target_metadata=").is_some_and(|value| {
        value
            .chars()
            .all(|letter| letter.is_alphanumeric() || "_.,[]".contains(letter))
    })
}

/// Whether the functions and what follows them are the template's. What writes SQL offline may be anything: it is not called.
fn is_body(lines: &[Line]) -> bool {
    let glued: Vec<(usize, String)> = lines
        .iter()
        .map(|line| (line.depth, line.glued().replace(")->None:", "):")))
        .collect();
    let mut lines = glued.iter().map(|(depth, text)| (*depth, text.as_str()));
    if lines.next() != Some((0, "defrun_migrations_offline():")) {
        return false;
    }
    let mut rest = lines.skip_while(|(depth, _)| *depth > 0);
    let is_engine = |line: Option<(usize, &str)>| {
        line.is_some_and(|(depth, text)| depth == 1 && ENGINES.contains(&text))
    };
    rest.next() == Some((0, "defrun_migrations_online():"))
        && is_engine(rest.next())
        && rest.next() == Some((1, "withconnectable.connect()asconnection:"))
        && rest
            .next()
            .is_some_and(|(depth, text)| depth == 2 && is_configure(text))
        && rest.eq([
            (2, "withcontext.begin_transaction():"),
            (3, "context.run_migrations()"),
            (0, "ifcontext.is_offline_mode():"),
            (1, "run_migrations_offline()"),
            (0, "else:"),
            (1, "run_migrations_online()"),
        ])
}

const ENGINES: [&str; 2] = [
    "connectable=engine_from_config(config.get_section(config.config_ini_section),prefix=\"sqlalchemy.\",poolclass=pool.NullPool)",
    "connectable=engine_from_config(config.get_section(config.config_ini_section,{}),prefix=\"sqlalchemy.\",poolclass=pool.NullPool)",
];

/// Whether a call only adds what matters to new scripts.
fn is_configure(glued: &str) -> bool {
    let Some(arguments) = glued
        .strip_prefix("context.configure(connection=connection,target_metadata=target_metadata")
        .and_then(|rest| rest.strip_suffix(')'))
    else {
        return false;
    };
    let only_for_new_scripts = |argument: &str| {
        argument.split_once('=').is_some_and(|(name, value)| {
            [
                "compare_type",
                "compare_server_default",
                "render_as_batch",
                "include_schemas",
            ]
            .contains(&name)
                && ["True", "False"].contains(&value)
        })
    };
    let mut arguments = arguments.split(',');
    arguments.next() == Some("") && arguments.all(only_for_new_scripts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str =
        include_str!("../../../../limbeck/src/script/write/templates/generic_env.py");

    #[test]
    fn the_template_is_known() {
        let shape = Shape {
            configures_logging: true,
        };
        assert_eq!(recognise(TEMPLATE), Some(shape));
    }

    #[test]
    fn what_older_versions_wrote_is_known() {
        let older = TEMPLATE
            .replace(" -> None", "")
            .replace("config.config_ini_section, {}", "config.config_ini_section")
            .replace("if config.config_file_name is not None:\n    ", "");
        assert_ne!(older, TEMPLATE);
        assert!(recognise(&older).is_some());
        let older = older.replace('"', "'").replace("'''", "\"\"\"");
        assert!(recognise(&older).is_some());
    }

    #[test]
    fn models_make_no_difference() {
        let with_models = TEMPLATE.replace(
            "target_metadata = None",
            "import app.models  # noqa\nfrom app.db import Base, (\n    engine as other,\n)\ntarget_metadata = [Base.metadata, app.models.metadata]",
        );
        assert!(recognise(&with_models).is_some());
        let batch = TEMPLATE.replace(
            "target_metadata=target_metadata\n        )",
            "target_metadata=target_metadata, render_as_batch=True\n        )",
        );
        assert_ne!(batch, TEMPLATE);
        assert!(recognise(&batch).is_some());
    }

    #[test]
    fn anything_else_is_run() {
        let changes = [
            (
                "config = context.config",
                "config = context.config\nconfig.set_main_option(\"sqlalchemy.url\", url)",
            ),
            ("target_metadata = None", "target_metadata = metadata()"),
            ("target_metadata = None", "from app import *"),
            ("target_metadata = None", "from app import config"),
            (
                "target_metadata = None",
                "from app import models; models.load()",
            ),
            ("target_metadata = None", "x = \"\"\"\n\"\"\""),
            (
                "prefix=\"sqlalchemy.\",",
                "prefix=\"sqlalchemy.\", echo=True,",
            ),
            (
                "target_metadata=target_metadata\n        )",
                "target_metadata=target_metadata, version_table=\"v\"\n        )",
            ),
            (
                "        with context.begin_transaction():\n            context.run_migrations()\n\n\nif",
                "        context.run_migrations()\n\n\nif",
            ),
            (
                "import engine_from_config",
                "import create_engine as engine_from_config",
            ),
            ("from alembic import context", "from app import context"),
        ];
        for (from, to) in changes {
            let changed = TEMPLATE.replacen(from, to, 1);
            assert_ne!(changed, TEMPLATE, "{from}");
            assert_eq!(recognise(&changed), None, "{to}");
        }
        let appended = format!("{TEMPLATE}\nprint(\"done\")\n");
        assert_eq!(recognise(&appended), None);
    }
}

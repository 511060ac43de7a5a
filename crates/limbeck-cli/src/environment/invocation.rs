//! What env.py is told about the command: `context.config.cmd_opts` and the arguments of the environment.

use serde_json::{Map, Value};

use crate::command::Context;

/// A command as env.py sees it.
#[derive(Clone, Debug)]
pub(crate) struct Invocation {
    /// What the command line says.
    pub(crate) options: Map<String, Value>,
    /// What Alembic's command of that name passes to the environment.
    pub(crate) context: Map<String, Value>,
}

impl Invocation {
    /// A command with the global options.
    pub(crate) fn of(command: &str, context: &Context) -> Self {
        let global = &context.global;
        let texts = |texts: Vec<String>| match texts.is_empty() {
            true => Value::Null,
            false => texts.into(),
        };
        let config = global.config.iter();
        let config = config.map(|path| path.display().to_string()).collect();
        let mut options = Map::new();
        options.insert("command".to_owned(), command.into());
        options.insert("config".to_owned(), texts(config));
        let name = global.name.as_deref().unwrap_or("alembic");
        options.insert("name".to_owned(), name.into());
        options.insert("x".to_owned(), texts(global.x.clone()));
        options.insert("raiseerr".to_owned(), global.raiseerr.into());
        options.insert("quiet".to_owned(), global.quiet.into());
        Invocation {
            options,
            context: Map::new(),
        }
    }

    /// The same with an option of the command's own.
    pub(crate) fn option(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.options.insert(name.to_owned(), value.into());
        self
    }

    fn told(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.context.insert(name.to_owned(), value.into());
        self
    }

    /// The same with the free text of `--tag`.
    pub(crate) fn tagged(self, tag: Option<&str>) -> Self {
        self.option("tag", tag).told("tag", tag)
    }

    /// The same with a target.
    pub(crate) fn destination(self, target: &str) -> Self {
        self.told("destination_rev", target)
    }

    /// The same with `--sql` or without.
    pub(crate) fn written(self, sql: bool) -> Self {
        self.option("sql", sql).told("as_sql", sql)
    }

    /// The same with a target that with `--sql` may be a range.
    pub(crate) fn range(self, target: &str, sql: bool) -> Self {
        match target.split_once(':') {
            Some((start, end)) if sql => self
                .written(sql)
                .told(
                    "starting_rev",
                    Some(start).filter(|start| !start.is_empty()),
                )
                .destination(end),
            _ => self
                .written(sql)
                .told("starting_rev", Value::Null)
                .destination(target),
        }
    }

    /// The same with the targets of a stamp.
    pub(crate) fn stamp(self, targets: &[&str], sql: bool) -> Self {
        let ends = |target: &&str| {
            let end = target.split_once(':').map_or(*target, |(_, end)| end);
            end.to_owned()
        };
        let start = targets.iter().find_map(|target| target.split_once(':'));
        let start = start.map(|(start, _)| start).filter(|_| sql);
        let targets: Vec<String> = targets.iter().map(ends).collect();
        self.written(sql)
            .told("starting_rev", start)
            .told("destination_rev", targets)
    }
}

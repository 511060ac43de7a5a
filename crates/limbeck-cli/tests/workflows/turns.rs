//! Alembic and Limbeck take turns on one project and one database without noticing each other.

use std::path::{Path, PathBuf};

use crate::workplace::{Said, Workplace};

/// Who types the next command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    Alembic,
    Limbeck,
}

struct Turns {
    workplace: Workplace,
    alembic: PathBuf,
    /// What stands before every command.
    options: String,
}

impl Turns {
    fn take(&self, tool: Tool, arguments: &str) -> Said {
        let line = format!("alembic {} {arguments}", self.options);
        let said = match tool {
            Tool::Alembic => self.workplace.run_with(&line, &self.alembic),
            Tool::Limbeck => self.workplace.run(&line),
        };
        assert_eq!(said.code, 0, "{tool:?} {arguments}: {said:?}");
        said
    }

    /// The head of both, which must agree.
    fn current(&self) -> String {
        let theirs = self.take(Tool::Alembic, "current").stdout;
        assert_eq!(theirs, self.take(Tool::Limbeck, "current").stdout);
        theirs
    }

    fn schema(&self, dump: &str) -> String {
        let said = self.workplace.run(dump);
        assert_eq!(said.code, 0, "{said:?}");
        let mut lines: Vec<&str> = said
            .stdout
            .lines()
            .map(|line| line.trim().trim_end_matches(','))
            .collect();
        // Alembic writes the constraints of a rebuilt table in the order of a set.
        lines.sort_unstable();
        lines.join("\n")
    }
}

/// The directory of real Alembic's programs.
fn alembic() -> Option<PathBuf> {
    let python = limbeck_testing::python_with_alembic()?;
    python.parent().map(Path::to_owned)
}

/// Up and down in turns, in both orders; each state has the schema that Alembic alone gives it.
fn alternate(
    new: impl Fn() -> Workplace,
    alembic: &Path,
    options: &str,
    dump: &str,
    revisions: usize,
) {
    let turns = |workplace| Turns {
        workplace,
        alembic: alembic.to_owned(),
        options: options.to_owned(),
    };
    let alone = turns(new());
    let mut expected = vec![];
    for _ in 0..revisions {
        alone.take(Tool::Alembic, "upgrade +1");
        expected.push((alone.current(), alone.schema(dump)));
    }
    for first in [Tool::Alembic, Tool::Limbeck] {
        let shared = turns(new());
        let mut tool = first;
        let next = |tool| {
            if tool == Tool::Alembic {
                Tool::Limbeck
            } else {
                Tool::Alembic
            }
        };
        for (current, schema) in &expected {
            shared.take(tool, "upgrade +1");
            assert_eq!(
                (&shared.current(), &shared.schema(dump)),
                (current, schema),
                "up by {tool:?}"
            );
            tool = next(tool);
        }
        for (current, _) in expected.iter().rev().skip(1) {
            shared.take(tool, "downgrade -1");
            assert_eq!(&shared.current(), current, "down by {tool:?}");
            tool = next(tool);
        }
        shared.take(next(tool), "upgrade head");
        assert_eq!(shared.schema(dump), expected.last().unwrap().1, "up again");
    }
}

/// A script that one writes is run by the other.
fn exchange(workplace: Workplace, alembic: &Path, options: &str) {
    let turns = Turns {
        workplace,
        alembic: alembic.to_owned(),
        options: options.to_owned(),
    };
    turns.take(Tool::Alembic, "upgrade head");
    for (writer, runner, id) in [
        (Tool::Limbeck, Tool::Alembic, "00000000aaaa"),
        (Tool::Alembic, Tool::Limbeck, "00000000bbbb"),
    ] {
        turns.take(writer, &format!("revision --rev-id {id} -m 'one more'"));
        turns.take(runner, "upgrade head");
        assert_eq!(turns.current(), format!("{id} (head)\n"));
        turns.take(writer, "downgrade -1");
        turns.take(writer, "upgrade head");
    }
    let theirs = turns.take(Tool::Alembic, "history -v").stdout;
    assert_eq!(theirs, turns.take(Tool::Limbeck, "history -v").stdout);
}

#[test]
fn on_sqlite() {
    let Some(alembic) = alembic() else { return };
    let service = || Workplace::new("workflows", "evaluation_service", "backend", String::new());
    alternate(service, &alembic, "", "sqlite3 local.db .schema", 3);
    exchange(service(), &alembic, "");
    let store = || Workplace::new("workflows", "stack_store", ".", String::new());
    alternate(store, &alembic, "", "sqlite3 store.db .schema", 4);
    exchange(store(), &alembic, "");
}

#[tokio::test]
async fn on_postgresql() {
    let Some(alembic) = alembic() else { return };
    let mut databases = Vec::new();
    for _ in 0..4 {
        let Some(database) = crate::postgresql().await else {
            return;
        };
        databases.push(database);
    }
    let databases = std::cell::RefCell::new(databases);
    let pipeline = || {
        let database = databases.borrow_mut().pop().unwrap();
        Workplace::new("workflows", "data_pipeline", ".", database)
    };
    let dump = "pg_dump --schema-only --no-owner $DATABASE | grep -v restrict | grep -v '^--'";
    let options = "-c dpo/alembic.ini -x $DESTINATION_DB_URL";
    alternate(pipeline, &alembic, options, dump, 3);
    exchange(pipeline(), &alembic, options);
}

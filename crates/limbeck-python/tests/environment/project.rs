//! A small Alembic project with an env.py, and a command that does what it is told wherever env.py runs the migrations.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use limbeck::{
    config::Discovery,
    dialect::{BoxFuture, Query},
    migrate::Session,
    migrator::{Migrator, Project},
};
use limbeck_python::{
    FrontEnd,
    environment::{
        Action, ActionError, Environment as _, EnvironmentCommand, EnvironmentError,
        NativeEnvironment, Stage,
    },
};
use serde_json::json;

/// Files of a project, and how the command was called.
pub(crate) struct Fixture {
    root: tempfile::TempDir,
    section: Option<String>,
    x: Vec<String>,
    url: Option<String>,
    environment: BTreeMap<String, String>,
}

/// Two revisions; `{more}` of the first is for a test's own statements.
const FIRST: &str = "\
\"\"\"create thing\"\"\"
import sqlalchemy as sa
from alembic import op, context

revision = \"aaaa1\"
down_revision = None


def upgrade(**kw):
    op.create_table(\"thing\", sa.Column(\"id\", sa.Integer, primary_key=True))


def downgrade(**kw):
    op.drop_table(\"thing\")
";

const SECOND: &str = "\
\"\"\"name thing\"\"\"
import sqlalchemy as sa
from alembic import op

revision = \"bbbb2\"
down_revision = \"aaaa1\"


def upgrade(**kw):
    op.add_column(\"thing\", sa.Column(\"name\", sa.String(20)))


def downgrade(**kw):
    op.drop_column(\"thing\", \"name\")
";

impl Fixture {
    pub(crate) fn new(env: &str) -> Fixture {
        let fixture = Fixture {
            root: tempfile::tempdir().unwrap(),
            section: None,
            x: Vec::new(),
            url: None,
            environment: BTreeMap::new(),
        };
        fixture
            .file(
                "alembic.ini",
                "[alembic]\nscript_location = %(here)s/alembic\nprepend_sys_path = %(here)s\npath_separator = os\n\
                 sqlalchemy.url = sqlite:///%(here)s/main.db\n\n\
                 [loggers]\nkeys = root\n\n[handlers]\nkeys = console\n\n[formatters]\nkeys = generic\n\n\
                 [logger_root]\nlevel = WARNING\nhandlers = console\n\n\
                 [handler_console]\nclass = StreamHandler\nargs = (sys.stderr,)\nformatter = generic\n\n\
                 [formatter_generic]\nformat = %(levelname)s %(message)s\n",
            )
            .file("alembic/env.py", env)
            .file("alembic/versions/a.py", FIRST)
            .file("alembic/versions/b.py", SECOND)
    }

    pub(crate) fn file(self, name: &str, text: &str) -> Fixture {
        let path = self.root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn x(mut self, argument: &str) -> Fixture {
        self.x.push(argument.to_owned());
        self
    }

    pub(crate) fn url(mut self, name: &str) -> Fixture {
        self.url = Some(format!(
            "sqlite:///{}",
            self.root.path().join(name).display()
        ));
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.root.path()
    }

    fn project(&self) -> Project {
        let environment = |name: &str| self.environment.get(name).cloned();
        let discovery = Discovery {
            working_directory: self.root.path(),
            config_paths: &[self.root.path().join("alembic.ini")],
            alembic_config: None,
            section: self.section.as_deref(),
            url: None,
            x_arguments: &self.x,
            environment: &environment,
        };
        Project::open(discovery.load().unwrap()).unwrap()
    }

    /// Upgrades to the head wherever env.py wants it, and tells what happened.
    pub(crate) async fn upgrade(&self) -> String {
        self.run(Motion::Upgrade).await
    }

    /// Writes the upgrade as SQL.
    pub(crate) async fn write(&self) -> String {
        self.run(Motion::Write).await
    }

    async fn run(&self, motion: Motion) -> String {
        let project = self.project();
        let front_end = FrontEnd::of(&project, vec!["limbeck".to_owned()]);
        let file = self.root.path().join("alembic/env.py");
        let mut environment = NativeEnvironment::new(front_end, file);
        let options = json!({ "x": self.x, "command": "upgrade" });
        let context = json!({
            "as_sql": motion == Motion::Write, "destination_rev": "head", "starting_rev": null, "tag": null,
        });
        let object = |value: serde_json::Value| value.as_object().unwrap().clone();
        let command = EnvironmentCommand {
            project: &project,
            options: object(options),
            context: object(context),
            url: self.url.clone(),
        };
        let mut told = Told {
            project: &project,
            motion,
            text: String::new(),
        };
        let ran = environment.run(&command, &mut told).await;
        let mut text = told.text;
        if let Err(error) = ran {
            match &error {
                EnvironmentError::Needs { name, .. } => writeln!(text, "needs {name}"),
                error => writeln!(text, "error: {}", error.headline()),
            }
            .unwrap();
            if let Some(traceback) = error.traceback() {
                writeln!(text, "{traceback}").unwrap();
            }
            if let Some(hint) = error.hint() {
                writeln!(text, "help: {hint}").unwrap();
            }
        }
        text.replace(&self.root.path().display().to_string(), "[ROOT]")
    }

    /// The tables of a database of the project, each with its columns.
    pub(crate) async fn tables(&self, name: &str) -> String {
        let url = format!("sqlite:///{}", self.root.path().join(name).display());
        let url = limbeck::config::DatabaseUrl::parse(&url).unwrap();
        let options = url.to_sqlite_options().unwrap();
        let mut session = Session::connect(options).await.unwrap();
        let sql = "SELECT m.name || ': ' || group_concat(p.name, ', ') FROM sqlite_schema m, \
                   pragma_table_info(m.name) p WHERE m.type = 'table' GROUP BY m.name ORDER BY m.name";
        let rows = session.query(sql, &[]).await.unwrap();
        rows.iter()
            .map(|row| format!("{}\n", row[0].as_text().unwrap()))
            .collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Motion {
    Upgrade,
    Write,
}

struct Told<'p> {
    project: &'p Project,
    motion: Motion,
    text: String,
}

impl Action for Told<'_> {
    fn perform<'a>(&'a mut self, stage: Stage<'a>) -> BoxFuture<'a, Result<String, ActionError>> {
        Box::pin(async move {
            let mut project = self.project.clone();
            stage.settings.apply(project.settings_mut());
            if let Some(locations) = &stage.settings.version_locations {
                writeln!(self.text, "version locations {}", locations.len()).unwrap();
            }
            project.run_python_with(|header| stage.scripts.script(header));
            if self.motion == Motion::Write {
                let dialect = stage.settings.dialect().unwrap();
                let script = project
                    .upgrade_script("head", dialect, &mut limbeck::migrate::Silent)
                    .await;
                let script = script.map_err(ActionError::new)?;
                if stage.settings.has_output {
                    return Ok(script.text);
                }
                self.text.push_str(&script.text);
                return Ok(String::new());
            }
            writeln!(
                self.text,
                "on {}{}{}",
                stage.address,
                if stage.settings.in_transaction {
                    ", in a transaction"
                } else {
                    ""
                },
                if stage.settings.autocommit {
                    ", autocommit"
                } else {
                    ""
                },
            )
            .unwrap();
            let session = stage.session.unwrap();
            let migrator = Migrator::on_session(&project, session, stage.settings.in_transaction);
            let mut migrator = migrator.await.map_err(ActionError::new)?;
            if let Some(observer) = stage.observer {
                migrator = migrator.observed_by(observer);
            }
            let report = migrator.upgrade("head").await;
            let report = report.map_err(|error| {
                writeln!(self.text, "failed: {error}").unwrap();
                ActionError::new(error)
            })?;
            for step in &report.steps {
                writeln!(self.text, "ran {}", step.revision).unwrap();
            }
            Ok(String::new())
        })
    }

    fn write(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

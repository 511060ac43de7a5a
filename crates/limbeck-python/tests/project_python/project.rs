//! An Alembic project in a directory of its own, with an application that only its Python has.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use limbeck::{
    dialect::Query,
    migrate::Session,
    migrator::{Migrator, MigratorError, Project},
    schema::Value,
};
use limbeck_python::project_python::{Launch, ProjectPython, PythonSearch};
use limbeck_testing::python_with_alembic;
use tempfile::TempDir;

/// The env.py of `alembic init`, shortened, with one option that tests fill in.
const ENV: &str = "\
from alembic import context
from sqlalchemy import engine_from_config, pool
from shop_app import metadata as target_metadata

config = context.config


def run():
    if context.is_offline_mode():
        context.configure(
            url=config.get_main_option('sqlalchemy.url'), target_metadata=target_metadata, literal_binds=True
        )
        with context.begin_transaction():
            context.run_migrations()
        return
    connectable = engine_from_config(
        config.get_section(config.config_ini_section, {}), prefix='sqlalchemy.', poolclass=pool.NullPool
    )
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)
        with context.begin_transaction():
            context.run_migrations()


run()
";

const APPLICATION: &str = "\
import enum
import sqlalchemy as sa

metadata = sa.MetaData(naming_convention={'ix': 'ix_%(table_name)s_%(column_0_name)s'})


class Kind(str, enum.Enum):
    BOOK = 'book'
    TOY = 'toy'
";

/// A project's directory.
pub(crate) enum Home {
    /// It goes with the sample.
    Own(TempDir),
    /// Another process made it.
    Other(PathBuf),
}

impl Home {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Home::Own(home) => home.path(),
            Home::Other(home) => home,
        }
    }
}

pub(crate) struct Sample {
    pub(crate) home: Home,
    /// A Python that has the application.
    pub(crate) python: PathBuf,
    /// Where the database is, as the engine reads it.
    pub(crate) url: String,
    /// Where it is, as SQLAlchemy reads it.
    pub(crate) sqlalchemy_url: String,
}

impl Sample {
    /// A project on SQLite; `None` where there is no Python with Alembic.
    pub(crate) fn new() -> Option<Self> {
        let alembic = python_with_alembic()?;
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("shop.db");
        let url = format!("sqlite:///{}", file.display());
        let sample = Sample {
            python: home.path().join("bin/python"),
            sqlalchemy_url: url.clone(),
            url,
            home: Home::Own(home),
        };
        sample.write(
            "bin/python",
            &format!(
                "#!/bin/sh\nPYTHONPATH='{}' exec '{}' \"$@\"\n",
                sample.path("site").display(),
                alembic.display()
            ),
        );
        fs::set_permissions(&sample.python, fs::Permissions::from_mode(0o755)).unwrap();
        sample.write("site/shop_app/__init__.py", APPLICATION);
        sample.write("migrations/env.py", ENV);
        fs::create_dir_all(sample.path("migrations/versions")).unwrap();
        sample.write_ini();
        Some(sample)
    }

    /// A project on SQLite that another process has made.
    pub(crate) fn reopen(home: &Path) -> Self {
        let url = format!("sqlite:///{}", home.join("shop.db").display());
        Sample {
            home: Home::Other(home.to_owned()),
            python: home.join("bin/python"),
            sqlalchemy_url: url.clone(),
            url,
        }
    }

    /// The same project on a server.
    pub(crate) fn on(url: &str, sqlalchemy_url: &str) -> Option<Self> {
        let mut sample = Sample::new()?;
        sample.url = url.to_owned();
        sample.sqlalchemy_url = sqlalchemy_url.to_owned();
        sample.write_ini();
        Some(sample)
    }

    fn write_ini(&self) {
        let ini = format!(
            "[alembic]\nscript_location = {}\nsqlalchemy.url = {}\n",
            self.path("migrations").display(),
            self.sqlalchemy_url.replace('%', "%%")
        );
        self.write("alembic.ini", &ini);
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn replace(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{from}");
        self.write(name, &text.replace(from, to));
    }

    /// A revision in SQL, which the engine runs itself.
    pub(crate) fn sql(&self, id: &str, revises: &str, up: &str, down: &str) {
        let text = format!(
            "-- revision: {id}\n-- revises: {revises}\n\n-- limbeck: upgrade\n{up}\n\n-- limbeck: downgrade\n{down}\n"
        );
        self.write(&format!("migrations/versions/{id}.sql"), &text);
    }

    /// A revision that imports the application.
    pub(crate) fn python(&self, id: &str, revises: Option<&str>, up: &str, down: &str) {
        let revises = revises.map_or("None".to_owned(), |id| format!("'{id}'"));
        let body = |text: &str| {
            let lines: Vec<_> = text.lines().map(|line| format!("    {line}\n")).collect();
            lines.concat()
        };
        let text = format!(
            "\"\"\"{id}\"\"\"\nimport sqlalchemy as sa\nfrom alembic import op\nfrom shop_app import Kind\n\n\
             revision = '{id}'\ndown_revision = {revises}\n\n\ndef upgrade():\n{}\n\ndef downgrade():\n{}",
            body(up),
            body(down)
        );
        self.write(&format!("migrations/versions/{id}.py"), &text);
    }

    pub(crate) fn search(&self) -> PythonSearch {
        PythonSearch {
            option: Some(self.python.clone()),
            ..PythonSearch::default()
        }
    }

    pub(crate) fn launch(&self) -> Launch {
        Launch {
            config_file: Some(self.path("alembic.ini")),
            ..Launch::default()
        }
    }

    pub(crate) fn project_python(&self) -> Arc<ProjectPython> {
        ProjectPython::new(self.search(), self.launch())
    }

    /// The project, its Python scripts run by `python`.
    pub(crate) fn project(&self, python: &Arc<ProjectPython>) -> Project {
        let mut project = Project::from_directory(self.path("migrations/versions")).unwrap();
        project.run_python_with(|header| {
            Arc::new(python.script(header, 0, vec!["shop_app.Kind".to_owned()]))
        });
        project
    }

    pub(crate) async fn upgrade(&self, target: &str) -> Result<(), MigratorError> {
        let python = self.project_python();
        let project = self.project(&python);
        let mut migrator = Migrator::connect(&project, self.url.as_str()).await?;
        migrator.upgrade(target).await?;
        python.finish().await.unwrap();
        Ok(())
    }

    pub(crate) async fn downgrade(&self, target: &str) -> Result<(), MigratorError> {
        let python = self.project_python();
        let project = self.project(&python);
        let mut migrator = Migrator::connect(&project, self.url.as_str()).await?;
        migrator.downgrade(target).await?;
        python.finish().await.unwrap();
        Ok(())
    }

    /// What a query answers, rows parted by `;` and values by `|`.
    pub(crate) async fn ask(&self, sql: &str) -> String {
        let url = limbeck::config::DatabaseUrl::parse(&self.url).unwrap();
        let mut session: Session<'static> = limbeck::migrator::open(&url).await.unwrap();
        let rows = session.query(sql, &[]).await.unwrap();
        let value = |value: &Value| match value {
            Value::Null => "-".to_owned(),
            Value::Boolean(flag) => flag.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Bytes(bytes) => format!("{bytes:?}"),
            other => other
                .as_text()
                .map_or_else(|| other.as_integer().unwrap().to_string(), str::to_owned),
        };
        let rows: Vec<_> = rows
            .iter()
            .map(|row| row.iter().map(value).collect::<Vec<_>>().join("|"))
            .collect();
        rows.join(";")
    }

    /// The names of a SQLite database's tables.
    pub(crate) async fn tables(&self) -> String {
        self.ask("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            .await
    }

    /// A text with this project's directory taken out.
    pub(crate) fn shown(&self, text: &str) -> String {
        text.replace(&self.home.path().display().to_string(), "PROJECT")
    }
}

/// The error of a run, as people read it.
pub(crate) fn told(sample: &Sample, error: &MigratorError) -> String {
    sample.shown(&error.to_string())
}

/// Whether a process is there, and no zombie.
pub(crate) fn is_running(id: &str) -> bool {
    let status = Path::new("/proc").join(id).join("status");
    fs::read_to_string(status).is_ok_and(|status| !status.contains("State:\tZ"))
}

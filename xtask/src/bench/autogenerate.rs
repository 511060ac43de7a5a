//! Comparing models of many tables with a database: from SQL, from models of SQLAlchemy, and reading the catalogue alone.
//!
//! Each is measured against real Alembic, against the import of the models by Python alone, and against a database's own client
//! that asks the same catalogue queries.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use limbeck::{config::DatabaseUrl, dialect::Query, migrate::Session, migrator};

use super::{
    BenchError, Options, catalogue,
    many_tables::{self, Target},
    report::Report,
    rival::find,
    scenario::Programs,
    series::{Contender, Figure, growth, run},
};

/// Beyond this size the other tools are left out: they take minutes for each run.
const RIVALS_UP_TO: usize = 1000;

/// A place that is compared with its model.
struct Place {
    target: Target,
    /// Directory of everything that is written for it.
    root: PathBuf,
    /// The database.
    url: String,
    /// Python with SQLAlchemy.
    python: Option<PathBuf>,
    /// Real Alembic, where it is not left out.
    alembic: Option<PathBuf>,
    limbeck: PathBuf,
}

/// Measures every database that there is.
///
/// # Errors
/// [`BenchError`] when a schema cannot be built.
pub(crate) fn models(
    programs: &Programs,
    options: &Options,
    report: &mut Report,
) -> Result<(), BenchError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    for target in [Target::Sqlite, Target::Postgresql, Target::Mariadb] {
        report.heading(&format!("Autogenerate: {}", target.name()));
        let server = match target {
            Target::Sqlite => None,
            Target::Postgresql => Some("LIMBECK_TEST_POSTGRES_URL"),
            Target::Mariadb => Some("LIMBECK_TEST_MYSQL_URL"),
        };
        let server = match server.map(|name| (name, env::var(name))) {
            None => None,
            Some((_, Ok(server))) => Some(server),
            Some((name, Err(_))) => {
                report.line(&format!("Not measured: {name} is not set."));
                continue;
            }
        };
        let mut curves: Vec<(String, Vec<(f64, f64)>)> = Vec::new();
        // In fewer tables nothing is changed.
        for &size in options.sizes.iter().filter(|size| **size >= 100) {
            // A table is a file or two of its own there, and making one takes the server longer than reading it back.
            if target == Target::Mariadb && size > RIVALS_UP_TO {
                continue;
            }
            let root = tempfile::tempdir()?;
            let place = runtime.block_on(write(
                programs,
                target,
                server.as_deref(),
                size,
                root.path(),
            ))?;
            for (title, figures) in [
                ("from SQL models", place.sql_model(options)),
                ("from SQLAlchemy models", place.python_models(options)),
                ("inspection", place.inspection(options)),
            ] {
                report.table(&format!("**{title}**, {size} tables:"), &figures);
                let first = figures.first();
                if let Some(wall) = first.and_then(|figure| figure.median(|cost| cost.processor)) {
                    match curves.iter_mut().find(|(name, _)| name == title) {
                        Some((_, points)) => points.push((size as f64, wall)),
                        None => curves.push((title.to_owned(), vec![(size as f64, wall)])),
                    }
                }
            }
            if let Some(server) = &server {
                runtime.block_on(recreate(server, false))?;
            }
        }
        for (title, points) in curves {
            if let Some(exponent) = growth(&points) {
                report.line(&format!(
                    "Growth of limbeck's processor time {title}: size^{exponent:.2}."
                ));
            }
        }
    }
    Ok(())
}

impl Place {
    fn command(&self, project: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.limbeck);
        command.current_dir(self.root.join(project)).args(arguments);
        if let Some(python) = &self.python {
            command.arg("--python").arg(python);
        }
        command
    }

    fn ours<'a>(
        &'a self,
        project: &'static str,
        arguments: &'static [&'static str],
    ) -> Contender<'a> {
        let name = format!("limbeck {}", arguments.join(" "));
        Contender::new(name, move || self.command(project, arguments))
    }

    fn alembics<'a>(&'a self, arguments: &'static [&'static str]) -> Option<Contender<'a>> {
        let program = self.alembic.as_ref()?;
        let name = format!("alembic {}", arguments.join(" "));
        Some(Contender::new(name, move || {
            let mut command = Command::new(program);
            command
                .current_dir(self.root.join("alembic"))
                .args(arguments);
            command
        }))
    }

    /// Removes the revisions that were written, so that the next run writes the same again.
    fn without_revisions(&self, project: &str) -> io::Result<()> {
        let versions = self.root.join(project).join("migrations/versions");
        fs::remove_dir_all(&versions)?;
        fs::create_dir(&versions)
    }

    fn sql_model(&self, options: &Options) -> Vec<Figure> {
        let project = "sql";
        let mut contenders = vec![
            self.ours(project, &["check"]).ending_with(255),
            self.ours(project, &["diff", "database", "model"])
                .ending_with(3),
            self.ours(project, &REVISION)
                .prepared(|| self.without_revisions(project)),
        ];
        let alembic = self.alembics(&["check"]);
        contenders.extend(alembic.map(|one| one.ending_with(255)));
        run(&contenders, options.runs)
    }

    fn python_models(&self, options: &Options) -> Vec<Figure> {
        let Some(python) = &self.python else {
            return Vec::new();
        };
        let mut contenders = vec![
            self.ours("python", &["check"]).ending_with(255),
            self.ours("python", &REVISION)
                .prepared(|| self.without_revisions("python")),
            Contender::new("python -c 'import models'", || {
                let mut command = Command::new(python);
                command
                    .current_dir(self.root.join("python"))
                    .args(["-c", "import models"]);
                command
            }),
        ];
        let alembic = self.alembics(&["check"]);
        contenders.extend(alembic.map(|one| one.ending_with(255)));
        let alembic = self.alembics(&REVISION);
        contenders.extend(alembic.map(|one| one.prepared(|| self.without_revisions("alembic"))));
        run(&contenders, options.runs)
    }

    fn inspection(&self, options: &Options) -> Vec<Figure> {
        let mut contenders = vec![
            self.ours("sql", &["inspect", "--format", "json"]),
            self.ours("sql", &["inspect"]),
        ];
        let client = match self.target {
            Target::Sqlite => Some("sqlite3"),
            Target::Postgresql => Some("psql"),
            Target::Mariadb => None,
        };
        if let Some(program) = client {
            contenders.push(Contender::new(
                format!("{program}, the same queries"),
                move || {
                    let mut command = Command::new(program);
                    command.current_dir(&self.root);
                    match self.target {
                        Target::Sqlite => command.args(["sql/bench.db", ".read catalogue.sql"]),
                        _ => command.args([
                            "--no-psqlrc",
                            "--quiet",
                            "--file",
                            "catalogue.sql",
                            &self.url,
                        ]),
                    };
                    command
                },
            ));
        }
        run(&contenders, options.runs)
    }
}

const REVISION: [&str; 4] = ["revision", "--autogenerate", "-m", "change"];

/// Writes the projects and builds the database.
async fn write(
    programs: &Programs,
    target: Target,
    server: Option<&str>,
    size: usize,
    root: &Path,
) -> Result<Place, BenchError> {
    for project in ["sql", "python", "alembic"] {
        fs::create_dir_all(root.join(project).join("migrations/versions"))?;
    }
    let url = match server {
        Some(server) => {
            recreate(server, true).await?;
            in_database(server, DATABASE)
        }
        None => format!("sqlite:///{}", root.join("sql/bench.db").display()),
    };
    let mut session = open(&url).await?;
    // A transaction for all of them would need more locks than a server has.
    for some in many_tables::statements(target, size, false).chunks(30) {
        match target {
            Target::Mariadb => {
                for statement in some {
                    execute(&mut session, statement).await?;
                }
            }
            _ => execute(&mut session, &format!("BEGIN;{};COMMIT", some.join(";"))).await?,
        }
    }
    let asked = catalogue::queries(&mut session)
        .await
        .map_err(BenchError::Database)?;
    fs::write(root.join("catalogue.sql"), asked)?;
    let model = many_tables::statements(target, size, true).join(";\n\n") + ";\n";
    fs::write(root.join("sql/schema.sql"), model)?;
    fs::write(
        root.join("sql/limbeck.toml"),
        format!("url = {url:?}\nmodel = \"schema.sql\"\n"),
    )?;
    let models = many_tables::models(size);
    for project in ["python", "alembic"] {
        let root = root.join(project);
        fs::write(root.join("models.py"), &models)?;
        fs::write(root.join("migrations/env.py"), ENV_PY)?;
        fs::write(root.join("migrations/script.py.mako"), SCRIPT_MAKO)?;
        fs::write(
            root.join("alembic.ini"),
            format!(
                "[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\nsqlalchemy.url = {}\n",
                sqlalchemy_url(&url).replace('%', "%%")
            ),
        )?;
    }
    let python = programs.alembic.as_ref().and_then(|alembic| {
        let beside = alembic.parent()?.to_owned();
        find("python", &[beside])
    });
    Ok(Place {
        target,
        root: root.to_owned(),
        url,
        python,
        alembic: programs.alembic.clone().filter(|_| size <= RIVALS_UP_TO),
        limbeck: programs.limbeck.clone(),
    })
}

/// The same address as SQLAlchemy wants it, with the drivers that are usual.
fn sqlalchemy_url(url: &str) -> String {
    let bare = url.split('?').next().unwrap_or(url);
    match url.split_once("://") {
        Some(("postgres" | "postgresql", rest)) => format!("postgresql://{rest}"),
        Some(("mysql" | "mariadb", _)) => {
            let rest = bare.split_once("://").map_or(bare, |(_, rest)| rest);
            format!("mysql+pymysql://{rest}")
        }
        _ => url.to_owned(),
    }
}

const DATABASE: &str = "limbeck_bench_models";

/// The same server's address with another database.
fn in_database(server: &str, database: &str) -> String {
    let (address, parameters) = server.split_once('?').unwrap_or((server, ""));
    let start = address.rsplit_once('/').map_or(address, |(start, _)| start);
    match parameters {
        "" => format!("{start}/{database}"),
        _ => format!("{start}/{database}?{parameters}"),
    }
}

async fn open(url: &str) -> Result<Session<'static>, BenchError> {
    let failed = |error: &dyn ToString| BenchError::Database(error.to_string());
    let url = DatabaseUrl::parse(url).map_err(|error| failed(&error))?;
    migrator::open(&url).await.map_err(|error| failed(&error))
}

async fn execute(session: &mut Session<'static>, sql: &str) -> Result<(), BenchError> {
    let done = session.execute(sql, &[]).await;
    done.map(|_| ())
        .map_err(|error| BenchError::Database(error.to_string()))
}

/// Drops the benchmark's database, and makes it again if it is `wanted`.
async fn recreate(server: &str, wanted: bool) -> Result<(), BenchError> {
    let mut session = open(server).await?;
    execute(&mut session, &format!("DROP DATABASE IF EXISTS {DATABASE}")).await?;
    if wanted {
        execute(&mut session, &format!("CREATE DATABASE {DATABASE}")).await?;
    }
    Ok(())
}

const ENV_PY: &str = "\
from alembic import context
from sqlalchemy import engine_from_config, pool

from models import Base

section = context.config.get_section(context.config.config_ini_section, {})
engine = engine_from_config(section, prefix='sqlalchemy.', poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
";

const SCRIPT_MAKO: &str = r#""""${message}"""
from alembic import op
import sqlalchemy as sa
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
"#;

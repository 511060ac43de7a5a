//! A small Alembic project with models, in which Limbeck reads them natively or in a Python that has Alembic.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What tests say of a project.
#[derive(Clone, Copy)]
pub(crate) struct Sample<'a> {
    /// `models.py`, which has `metadata`.
    pub(crate) models: &'a str,
    /// Functions of env.py.
    pub(crate) functions: &'a str,
    /// What env.py passes to `context.configure()` besides connection and models.
    pub(crate) options: &'a str,
    /// SQL that makes the database.
    pub(crate) database: &'a str,
}

impl Default for Sample<'_> {
    fn default() -> Self {
        Sample {
            models: "import sqlalchemy as sa\nmetadata = sa.MetaData()\n",
            functions: "",
            options: "",
            database: "",
        }
    }
}

/// What a command said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

/// A project in a directory of its own.
pub(crate) struct Project {
    pub(crate) root: tempfile::TempDir,
    python: Option<PathBuf>,
}

impl Project {
    pub(crate) fn new(sample: &Sample<'_>, python: Option<&Path>) -> Self {
        let project = Project {
            root: tempfile::tempdir().unwrap(),
            python: python.map(Path::to_owned),
        };
        project.write(
            "alembic.ini",
            "[alembic]\nscript_location = %(here)s/alembic\nprepend_sys_path = %(here)s\npath_separator = os\n",
        );
        project.write("models.py", sample.models);
        project.write(
            "alembic/env.py",
            &format!(
                "from alembic import context\nfrom sqlalchemy import create_engine, pool\n\nfrom models import metadata\n\n\
                 {}\n\n\
                 with create_engine('sqlite:///app.db', poolclass=pool.NullPool).connect() as connection:\n    \
                 context.configure(connection=connection, target_metadata=metadata{})\n    \
                 with context.begin_transaction():\n        context.run_migrations()\n",
                sample.functions, sample.options
            ),
        );
        let template = "\"\"\"${message}\n\nRevision ID: ${up_revision}\n\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\
             ${imports if imports else \"\"}\n\nrevision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n\
             branch_labels = ${repr(branch_labels)}\ndepends_on = ${repr(depends_on)}\n\n\n\
             def upgrade():\n    ${upgrades if upgrades else \"pass\"}\n\n\ndef downgrade():\n    \
             ${downgrades if downgrades else \"pass\"}\n";
        project.write("alembic/script.py.mako", template);
        fs::create_dir(project.path("alembic/versions")).unwrap();
        if !sample.database.is_empty() {
            project.sqlite(sample.database);
        }
        project
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs SQL on the database.
    pub(crate) fn sqlite(&self, sql: &str) {
        use limbeck::{config::DatabaseUrl, dialect::Query, migrate::Session};
        let url = format!("sqlite:///{}", self.path("app.db").display());
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let options = DatabaseUrl::parse(&url)
                .unwrap()
                .to_sqlite_options()
                .unwrap();
            let mut session = Session::connect(options.create_if_missing(true))
                .await
                .unwrap();
            for statement in sql.split(";\n").filter(|sql| !sql.trim().is_empty()) {
                session.execute(statement, &[]).await.unwrap();
            }
        });
    }

    pub(crate) fn limbeck(&self, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limbeck"));
        let python = match &self.python {
            Some(python) => python.clone(),
            // No such file: nobody is asked.
            None => self.path("no-python"),
        };
        command
            .arg("--python")
            .arg(python)
            .args(arguments)
            .current_dir(self.root.path())
            .env_remove("VIRTUAL_ENV");
        let output = command.output().unwrap();
        let root = self.root.path().display().to_string();
        let told = |stream: &[u8]| String::from_utf8_lossy(stream).replace(&root, "[ROOT]");
        Said {
            stdout: told(&output.stdout),
            stderr: told(&output.stderr),
            code: output.status.code().unwrap_or(-1),
        }
    }

    /// Autogenerates a revision, and gives its text from the imports on; what was said when there is none.
    pub(crate) fn generate(&self, more: &[&str]) -> String {
        let mut arguments = vec!["revision", "--autogenerate", "--rev-id", "0001", "-m", "x"];
        arguments.extend(more);
        let said = self.limbeck(&arguments);
        let texts = self.scripts();
        match texts.is_empty() {
            true => format!("{}[exit {}]\n", said.stdout, said.code),
            false => texts.join("--------\n"),
        }
    }

    /// The texts of all scripts, without their header.
    pub(crate) fn scripts(&self) -> Vec<String> {
        let mut paths: Vec<PathBuf> = fs::read_dir(self.path("alembic/versions"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
            .collect();
        paths.sort();
        let text = |path: &PathBuf| {
            let text = fs::read_to_string(path).unwrap();
            let (_, rest) = text.split_once("import sqlalchemy as sa\n").unwrap();
            let header = |line: &&str| {
                let names = [
                    "revision =",
                    "down_revision =",
                    "branch_labels =",
                    "depends_on =",
                ];
                !names.iter().any(|name| line.starts_with(name)) && !line.trim().is_empty()
            };
            rest.lines()
                .filter(header)
                .map(|line| format!("{line}\n"))
                .collect()
        };
        paths.iter().map(text).collect()
    }
}

/// What a sample's revision is, natively and in a Python that has Alembic, which must be the same.
pub(crate) fn generated(sample: &Sample<'_>, more: &[&str]) -> String {
    let native = Project::new(sample, None).generate(more);
    if let Some(python) = limbeck_testing::python_with_alembic() {
        let there = Project::new(sample, Some(&python)).generate(more);
        assert_eq!(native, there, "natively, and in the project's Python");
    }
    native
}

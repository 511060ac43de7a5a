//! A project whose wanted schema is a file of SQL.

use crate::{
    support::{Ran, Sandbox},
    support_database::Database,
};

/// A project of our own on a database.
pub(crate) struct Project {
    sandbox: Sandbox,
    pub(crate) database: Database,
}

impl Project {
    /// On a SQLite file that does not exist yet.
    pub(crate) fn sqlite() -> Self {
        let sandbox = Sandbox::empty();
        let file = sandbox.path().join("shop.db");
        Project::on(sandbox, Database::Sqlite(file))
    }

    /// On a server; `None` where there is none.
    pub(crate) fn server(database: Option<Database>) -> Option<Self> {
        Some(Project::on(Sandbox::empty(), database?))
    }

    fn on(sandbox: Sandbox, database: Database) -> Self {
        let project = Project { sandbox, database };
        assert_eq!(project.run("init migrations").code, 0);
        let url = match &project.database {
            Database::Sqlite(_) => "sqlite:///shop.db".to_owned(),
            server => server.url(),
        };
        project.write(
            "limbeck.toml",
            &format!("script_location = \"migrations\"\nurl = \"{url}\"\nmodel = \"schema.sql\"\n"),
        );
        project
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        self.sandbox.write(name, text);
    }

    pub(crate) fn read(&self, name: &str) -> String {
        self.sandbox.read(name)
    }

    /// Says what the database should look like.
    pub(crate) fn model(&self, sql: &str) {
        self.write("schema.sql", sql);
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.sandbox.path().join(name)
    }

    pub(crate) fn run(&self, line: &str) -> Ran {
        self.sandbox.run(line)
    }

    pub(crate) fn run_arguments(&self, arguments: &[&str]) -> Ran {
        self.sandbox.run_arguments(arguments)
    }

    /// Runs statements behind the project's back.
    pub(crate) fn execute(&self, sql: &str) {
        for statement in sql.split(";\n").filter(|one| !one.trim().is_empty()) {
            self.database.texts(statement);
        }
    }

    /// Makes the database what this model says, as revision `a1`.
    pub(crate) fn start(&self, sql: &str) {
        self.model(sql);
        assert_eq!(self.autogenerate("a1", &[]).code, 0);
        let ran = self.run("upgrade head");
        assert_eq!(ran.code, 0, "{ran}");
    }

    /// Writes revision `id` from the model.
    pub(crate) fn autogenerate(&self, id: &str, more: &[&str]) -> Ran {
        let mut arguments = vec!["revision", "--autogenerate", "-m", "x", "--rev-id", id];
        arguments.extend(more);
        self.run_arguments(&arguments)
    }

    /// The statements of revision `id`: its text below the header.
    pub(crate) fn script(&self, id: &str) -> String {
        let text = self.read(&format!("migrations/versions/{id}_x.sql"));
        let (_, sections) = text.split_once("\n\n").unwrap();
        sections.to_owned()
    }

    /// What the database holds, as it is inspected.
    pub(crate) fn snapshot(&self) -> String {
        let ran = self.run("inspect --format json");
        assert_eq!(ran.code, 0, "{ran}");
        ran.stdout
    }

    /// Runs what was written: up, where the model has to be met; down, where everything has to be as it was; and up again.
    pub(crate) fn holds(&self) {
        let before = self.snapshot();
        for line in ["upgrade head", "check"] {
            let ran = self.run(line);
            assert_eq!(ran.code, 0, "{line}: {ran}");
        }
        let after = self.snapshot();
        let ran = self.run("downgrade -1");
        assert_eq!(ran.code, 0, "{ran}");
        assert_eq!(self.snapshot(), before);
        let ran = self.run("upgrade head");
        assert_eq!(ran.code, 0, "{ran}");
        assert_eq!(self.snapshot(), after);
    }
}

//! A small project with something wrong in it.

use std::{ops::Deref, process::Command};

use limbeck_testing::TestDatabase;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};

use crate::support::{Ran, Sandbox};

/// The password in every address of these tests. No output may contain it.
pub(crate) const PASSWORD: &str = "hunter2";

/// A project of `.sql` scripts on a SQLite file.
pub(crate) struct Project {
    sandbox: Sandbox,
    /// What differs from run to run, with what is shown instead.
    masks: Vec<(String, &'static str)>,
}

impl Deref for Project {
    type Target = Sandbox;

    fn deref(&self) -> &Sandbox {
        &self.sandbox
    }
}

impl Project {
    /// A directory with nothing in it.
    pub(crate) fn empty() -> Self {
        Project {
            sandbox: Sandbox::empty(),
            masks: Vec::new(),
        }
    }

    /// A project without scripts whose database does not exist yet.
    pub(crate) fn new() -> Self {
        Project::with_settings("url = \"sqlite:///app.db\"\n")
    }

    /// A project without scripts, with this `limbeck.toml`.
    pub(crate) fn with_settings(settings: &str) -> Self {
        let project = Project::empty();
        project.write("limbeck.toml", settings);
        project.write("migrations/README", "");
        project
    }

    /// A project without scripts on a server's database, with some more settings.
    pub(crate) fn on(database: &TestDatabase, settings: &str) -> Self {
        let mut project =
            Project::with_settings(&format!("url = \"{}\"\n{settings}", database.url));
        project.masks = vec![(database.name.clone(), "[DATABASE]")];
        let after = database.url.split_once('@').map(|(_, after)| after);
        if let Some(server) = after.and_then(|after| after.split('/').next()) {
            project.masks.push((server.to_owned(), "[SERVER]"));
        }
        project
    }

    /// Adds `migrations/versions/ID.sql`. Its statements begin in line 6.
    pub(crate) fn revision(self, id: &str, revises: &str, sections: &str) -> Self {
        self.script(
            &format!("{id}.sql"),
            &format!("-- make {id}\n--\n-- revision: {id}\n-- revises: {revises}\n\n{sections}"),
        )
    }

    /// Adds a revision that makes a table of its name.
    pub(crate) fn table(self, id: &str, revises: &str) -> Self {
        let sections = format!(
            "-- limbeck: upgrade\nCREATE TABLE {id} (n INTEGER);\n\n-- limbeck: downgrade\nDROP TABLE {id};\n"
        );
        self.revision(id, revises, &sections)
    }

    /// Adds a revision with one more header line.
    pub(crate) fn header(self, id: &str, revises: &str, line: &str) -> Self {
        self.script(
            &format!("{id}.sql"),
            &format!("-- make {id}\n--\n-- revision: {id}\n-- revises: {revises}\n-- {line}\n\n-- limbeck: upgrade\n\n-- limbeck: downgrade\n"),
        )
    }

    /// Adds a file to the versions directory.
    pub(crate) fn script(self, name: &str, text: &str) -> Self {
        self.write(&format!("migrations/versions/{name}"), text);
        self
    }

    /// `a1 -> b1`, `a1 -> c1 (left)`: two heads.
    pub(crate) fn forked() -> Self {
        Project::new().table("a1", "base").table("b1", "a1").header(
            "c1",
            "a1",
            "branch labels: left",
        )
    }

    /// What a command line says and leaves with.
    pub(crate) fn told(&self, line: &str) -> String {
        self.told_arguments(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub(crate) fn told_arguments(&self, arguments: &[&str]) -> String {
        let mut command = self.command();
        command.args(arguments);
        self.told_by(&mut command)
    }

    /// The same for a command that has been prepared.
    pub(crate) fn told_by(&self, command: &mut Command) -> String {
        let ran = self.masked(command.output().unwrap());
        decent(&ran);
        let lines: Vec<&str> = ran
            .stderr
            .lines()
            .filter(|line| !line.starts_with("INFO  [alembic.runtime.migration] Context impl"))
            .filter(|line| !line.starts_with("INFO  [alembic.runtime.migration] Will assume"))
            .collect();
        let stderr = match lines.as_slice() {
            [] => String::new(),
            lines => format!("{}\n", lines.join("\n")),
        };
        let mut told = Ran { stderr, ..ran }.to_string();
        for (text, mask) in &self.masks {
            told = told.replace(text, mask);
        }
        told
    }

    /// Runs statements on the project's database.
    pub(crate) fn sqlite(self, sql: &str) -> Self {
        let options = SqliteConnectOptions::new()
            .filename(self.path().join("app.db"))
            .create_if_missing(true);
        wait(async {
            let mut connection = options.connect().await.unwrap();
            let statements = sqlx::raw_sql(AssertSqlSafe(sql));
            statements.execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        });
        self
    }
}

/// What no output may show.
#[track_caller]
pub(crate) fn decent(ran: &Ran) {
    let text = ran.to_string();
    assert!(!text.contains(PASSWORD), "a password is shown: {text}");
    assert!(!text.contains("panicked"), "a panic: {text}");
    assert!(ran.code >= 0, "killed by a signal: {text}");
}

/// Runs something asynchronous to its end.
pub(crate) fn wait<Output>(future: impl Future<Output = Output>) -> Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

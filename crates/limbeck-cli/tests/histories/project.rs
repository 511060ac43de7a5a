//! One history on one database: runs the command, and looks at what it has left behind.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use crate::{
    database::{self, Database},
    dump::{self, Dump},
};

/// A history and the database it is run on.
pub(crate) struct Project<'d> {
    history: &'static str,
    database: &'d Database,
}

impl<'d> Project<'d> {
    pub(crate) fn new(history: &'static str, database: &'d Database) -> Self {
        Project { history, database }
    }

    /// Runs `limbeck`, which has to succeed.
    #[track_caller]
    pub(crate) fn limbeck(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "limbeck {arguments:?}:\n{error}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs `limbeck`, which has to refuse; what it says on standard error.
    #[track_caller]
    pub(crate) fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        assert!(
            !output.status.success(),
            "limbeck {arguments:?} should have been refused"
        );
        String::from_utf8(output.stderr).unwrap()
    }

    fn output(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_limbeck"))
            .args(arguments)
            .current_dir(self.directory())
            .env("DATABASE_URL", self.database.url())
            .env("NO_COLOR", "1")
            .output()
            .unwrap()
    }

    fn directory(&self) -> PathBuf {
        [env!("CARGO_MANIFEST_DIR"), "tests/histories", self.history]
            .iter()
            .collect()
    }

    /// What the database contains now.
    pub(crate) fn dump(&self) -> Dump {
        database::wait(async {
            match self.database {
                Database::Sqlite { file, .. } => dump::sqlite(file).await,
                Database::Postgresql { url, .. } => dump::postgresql(url).await,
                Database::Mariadb { url, .. } => dump::mariadb(url).await,
            }
        })
    }
}

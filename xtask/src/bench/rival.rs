//! The other tools, where they are installed: how each is asked to do the job that is measured.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// A tool that moves a database along a line of SQL files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rival {
    Diesel,
    Sqlx,
    Refinery,
    Dbmate,
}

impl Rival {
    pub(crate) const ALL: [Rival; 4] = [Rival::Diesel, Rival::Sqlx, Rival::Refinery, Rival::Dbmate];

    /// The tool's program and the directory its migrations are written to.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Rival::Diesel => "diesel",
            Rival::Sqlx => "sqlx",
            Rival::Refinery => "refinery",
            Rival::Dbmate => "dbmate",
        }
    }

    /// The command that brings `bench.db` in the tool's directory under `root` to the newest migration.
    pub(crate) fn upgrade(self, program: &Path, root: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(root.join(self.name()));
        match self {
            Rival::Diesel => command.args(["migration", "run", "--database-url", "bench.db"]),
            Rival::Sqlx => command.args([
                "migrate",
                "run",
                "--database-url",
                "sqlite://bench.db?mode=rwc",
            ]),
            Rival::Refinery => command.args(["migrate", "-g"]),
            Rival::Dbmate => command.args([
                "-u",
                "sqlite:bench.db",
                "-d",
                "migrations",
                "--no-dump-schema",
                "up",
            ]),
        };
        command
    }
}

/// The program called `name`, looked for in `extra` first and then on the search path.
pub(crate) fn find(name: &str, extra: &[PathBuf]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    extra
        .iter()
        .cloned()
        .chain(env::split_paths(&path))
        .map(|directory| directory.join(name))
        .find(|program| program.is_file())
}

//! One project on one database: from empty to head in one run, every revision on its own, down as far as it goes, and up again.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use tempfile::TempDir;

use super::{
    Options, alembic, compare,
    error::CorpusError,
    expectation,
    manifest::Entry,
    process::{Finished, run},
    project::{self, Dialect},
    snapshot,
};

/// What is replayed.
pub(crate) struct Case<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) dialect: Dialect,
    /// The unpacked wheel.
    pub(crate) files: &'a Path,
    /// Alembic's record.
    pub(crate) expected: PathBuf,
}

/// What became of it.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Why the whole history did not reach its head.
    pub(crate) stopped: Option<String>,
    /// Lines by which the final schema differs from the record.
    pub(crate) schema: Vec<String>,
    /// Revisions whose own effect differs from the record, with the lines.
    pub(crate) steps: Vec<(String, Vec<String>)>,
    /// How many revisions were compared on their own.
    pub(crate) compared: usize,
    /// How the way down ended, and what differed after the way up that followed.
    pub(crate) down: String,
    pub(crate) again: Vec<String>,
    pub(crate) took: Duration,
    pub(crate) alembic: Option<Duration>,
}

/// A project on a fresh database.
struct Replay {
    _directory: TempDir,
    ini: PathBuf,
    url: String,
}

impl Replay {
    async fn new(case: &Case<'_>) -> Result<Option<Self>, CorpusError> {
        let directory = tempfile::tempdir()?;
        let url = match case.dialect {
            Dialect::Sqlite => {
                format!("sqlite:///{}", directory.path().join("corpus.db").display())
            }
            Dialect::Postgresql => match limbeck_testing::postgres().await {
                Some(database) => database.url.replacen("postgres://", "postgresql://", 1),
                None => return Ok(None),
            },
            Dialect::Mysql => match limbeck_testing::mariadb().await {
                Some(database) => {
                    let sql = format!(
                        "ALTER DATABASE `{}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                        database.name
                    );
                    snapshot::execute(&database.url, &sql).await?;
                    database.url
                }
                None => return Ok(None),
            },
        };
        let ini = project::write(directory.path(), case.entry, case.dialect, case.files, &url)?;
        Ok(Some(Replay {
            _directory: directory,
            ini,
            url,
        }))
    }

    fn limbeck(&self, limbeck: &Path, arguments: &[&str]) -> Result<Finished, CorpusError> {
        let mut command = Command::new(limbeck);
        command.arg("-c").arg(&self.ini).args(arguments);
        // Whatever Python this machine has must not lend a hand.
        command
            .env_remove("VIRTUAL_ENV")
            .env("PATH", "/nonexistent");
        run(&mut command)
    }

    /// Upgrades to head, with the rows that only the application would have written in between.
    async fn up(&self, limbeck: &Path, case: &Case<'_>) -> Result<Finished, CorpusError> {
        let mut took = Duration::ZERO;
        for stage in &case.entry.stages {
            let finished = self.limbeck(limbeck, &["upgrade", &stage.at])?;
            took += finished.took;
            if !finished.success {
                return Ok(finished);
            }
            snapshot::execute(&self.url, &stage.sql).await?;
        }
        let mut finished = self.limbeck(limbeck, &["upgrade", "heads"])?;
        finished.took += took;
        Ok(finished)
    }
}

/// Replays one project on one database.
pub(crate) async fn replay(
    case: &Case<'_>,
    limbeck: &Path,
    options: &Options,
) -> Result<Outcome, CorpusError> {
    let mut outcome = Outcome::default();
    let Some(whole) = Replay::new(case).await? else {
        outcome.stopped = Some("no server on this machine".to_owned());
        return Ok(outcome);
    };
    let finished = whole.up(limbeck, case).await?;
    outcome.took = finished.took;
    if !finished.success {
        outcome.stopped = Some(finished.output);
    }
    let (found, file) = snapshot::whole(&whole.url, case.dialect).await?;
    outcome.schema = compare::texts(&expectation::schema(&case.expected, file)?, &found);
    if outcome.stopped.is_none() {
        let down = whole.limbeck(limbeck, &["downgrade", "base"])?;
        outcome.down = match down.success {
            true => "base".to_owned(),
            false => last_line(&down.output),
        };
        if !down.success {
            // One revision after the other gets as far as it goes.
            while whole.limbeck(limbeck, &["downgrade", "-1"])?.success {}
        }
        let up = whole.limbeck(limbeck, &["upgrade", "heads"])?;
        outcome.again = match up.success {
            true => compare::texts(&found, &snapshot::whole(&whole.url, case.dialect).await?.0),
            false => vec![last_line(&up.output)],
        };
    }
    if !options.quick {
        steps(case, limbeck, &mut outcome).await?;
    }
    if let Some(program) = &options.alembic
        && let Some(replay) = Replay::new(case).await?
    {
        outcome.alembic = alembic::time(program, &replay.ini, case.entry)?;
    }
    Ok(outcome)
}

/// Every revision on its own, in the order of the record.
async fn steps(case: &Case<'_>, limbeck: &Path, outcome: &mut Outcome) -> Result<(), CorpusError> {
    let Some(replay) = Replay::new(case).await? else {
        return Ok(());
    };
    let mut before = snapshot::read(&replay.url, case.dialect).await?;
    for expected in expectation::steps(&case.expected)? {
        let finished = replay.limbeck(limbeck, &["upgrade", &expected.revision])?;
        if !finished.success {
            outcome.steps.push((
                expected.revision,
                finished.output.lines().map(str::to_owned).collect(),
            ));
            break;
        }
        let after = snapshot::read(&replay.url, case.dialect).await?;
        let difference = compare::effects(&expected.effect, &after.since(&before));
        outcome.compared += 1;
        if !difference.is_empty() {
            outcome.steps.push((expected.revision.clone(), difference));
        }
        before = after;
        for stage in &case.entry.stages {
            if stage.at == expected.revision {
                snapshot::execute(&replay.url, &stage.sql).await?;
            }
        }
    }
    Ok(())
}

fn last_line(output: &str) -> String {
    let mut lines = output
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.next_back().unwrap_or("no output").to_owned()
}

//! Where the statements of a run pass on their way from a script to the session.
//!
//! Knows which step is under way, how much of it has run, and how much of that is permanent.

use std::time::{Duration, Instant};

use super::{
    error::{Aftermath, PartialStep, RunFailure, StatementFailure},
    foreign_keys::Suspended,
    options::RunOptions,
    report::StepReport,
    script_transactions::refuse_transaction_control,
    table_changes::{ChangeReader, PendingChanges},
};
use crate::{
    dialect::{
        Dialect, DialectName, Isolation, QueryError, Statement, StatementResult,
        sqlite::connection_settings::ConnectionSettings,
    },
    migrate::{
        lock::{self, LockError},
        observer::{Event, Observer},
        session::{Progress, SendError, Session, commits_implicitly, note},
        version_table::{VersionTable, VersionTableError},
    },
    revision::{Step, VersionRows, VersionWrite},
    script::RanBy,
};

/// The statements of a run on their way.
pub(super) struct Desk<'r, 'c> {
    pub(super) session: &'r mut Session<'c>,
    pub(super) observer: &'r mut dyn Observer,
    pub(super) options: &'r RunOptions,
    /// What the version table should hold now.
    pub(super) rows: VersionRows,
    /// Steps that are done.
    pub(super) done: Vec<StepReport>,
    /// How many of them are permanent.
    pub(super) permanent: usize,
    /// The step under way.
    pub(super) current: Option<Current>,
    /// Statements that wait to be sent together.
    pub(super) waiting: Vec<Statement>,
    /// Changes of one table that wait for more of them; they come after what waits to be sent.
    pub(super) altering: Option<PendingChanges>,
    pub(super) changes: ChangeReader,
    /// Foreign keys that are off for the time of the run.
    pub(super) suspended: Option<Suspended>,
    /// Whether the script under way is code, which may leave the run's transaction.
    pub(super) is_code: bool,
    /// Whether it has left it.
    pub(super) has_left: bool,
    /// The answer to the script's statement under way, where the script wants it.
    pub(super) asking: Option<StatementResult>,
    /// The calls that led to the error of a script that is code.
    pub(super) traceback: Option<String>,
    /// The server's language.
    pub(super) language: Box<dyn Dialect>,
    /// SQLite's own patience, while ours takes its place.
    busy_timeout: Option<i64>,
    /// How a SQLite connection was found, until it is left like that.
    found: Option<ConnectionSettings>,
    /// After how many statements of the script under way its own transaction began, while that is open.
    pub(super) begun_after: Option<usize>,
}

/// A run that is dropped half way must leave neither its transaction nor its settings to whoever uses the connection next.
impl Drop for Desk<'_, '_> {
    fn drop(&mut self) {
        self.session.abandon();
        if let Some(found) = self.found.take() {
            // A change of a table outside our transactions has one of its own, as a script may have.
            let stray = !self.session.in_callers_transaction();
            let rollback = stray.then(|| "ROLLBACK".to_owned());
            for sql in rollback.into_iter().chain(found.restore()) {
                self.session.send_unheard(&sql);
            }
        }
    }
}

pub(super) struct Current {
    step: Step,
    began: Instant,
    /// Statements of the script that ran.
    pub(super) ran: usize,
    /// How many of those are permanent.
    pub(super) permanent: usize,
    /// Who ran the script, when that was another program.
    pub(super) ran_by: Option<RanBy>,
}

impl<'r, 'c> Desk<'r, 'c> {
    pub(super) fn new(
        session: &'r mut Session<'c>,
        observer: &'r mut dyn Observer,
        options: &'r RunOptions,
    ) -> Self {
        Desk {
            language: session.server().language(),
            changes: ChangeReader::new(session.server()),
            altering: None,
            suspended: None,
            is_code: false,
            has_left: false,
            asking: None,
            traceback: None,
            session,
            observer,
            options,
            rows: VersionRows::default(),
            done: Vec::new(),
            permanent: 0,
            current: None,
            waiting: Vec::new(),
            busy_timeout: None,
            found: None,
            begun_after: None,
        }
    }

    pub(super) fn dialect_name(&self) -> DialectName {
        self.session.dialect()
    }

    fn table(&self) -> &'r VersionTable {
        &self.options.version_table
    }

    /// Begins a transaction; on SQLite this is the lock, and may have to wait.
    pub(super) async fn begin(&mut self) -> Result<(), RunFailure> {
        let Desk {
            session,
            observer,
            options,
            ..
        } = self;
        let limit = options.lock.wait;
        lock::begin_waiting(session, &options.lock, &mut |holder, waited| {
            observer.event(Event::Waiting {
                holder,
                waited,
                limit,
            });
        })
        .await
        .map_err(|error| match error {
            // Not a question of who holds what.
            LockError::Database(error) => RunFailure::Transaction {
                action: "begin a transaction",
                error,
            },
            held => held.into(),
        })
    }

    /// Commits what is open; what was done is then permanent.
    pub(super) async fn commit(&mut self) -> Result<(), RunFailure> {
        if !self.session.in_transaction() || self.session.in_callers_transaction() {
            self.note_permanent();
            return Ok(());
        }
        self.check_foreign_keys().await?;
        let Desk {
            session,
            observer,
            options,
            ..
        } = self;
        let limit = options.lock.wait;
        let committed = lock::commit_waiting(session, &options.lock, &mut |holder, waited| {
            observer.event(Event::Waiting {
                holder,
                waited,
                limit,
            });
        })
        .await;
        committed.map_err(|error| RunFailure::Transaction {
            action: "commit",
            error,
        })?;
        self.note_permanent();
        self.observer.event(Event::Committed);
        Ok(())
    }

    /// Notes how a SQLite connection is set, before anything changes that.
    pub(super) async fn note_settings(&mut self) -> Result<(), RunFailure> {
        if self.dialect_name() == DialectName::Sqlite {
            let found = ConnectionSettings::read(self.session).await;
            self.found = Some(found.map_err(Self::broken)?);
        }
        Ok(())
    }

    /// Leaves the connection's settings as they were found, after COMMIT or ROLLBACK.
    pub(super) async fn restore_settings(&mut self) {
        self.resume_foreign_keys().await;
        self.restore_busy_timeout().await;
        self.found = None;
    }

    /// Makes SQLite answer at once when somebody else is writing, so that the wait is ours.
    pub(super) async fn shorten_busy_timeout(&mut self) -> Result<(), RunFailure> {
        self.busy_timeout = lock::shorten_busy_timeout(self.session)
            .await
            .map_err(Self::broken)?;
        Ok(())
    }

    /// Leaves SQLite's wait as it was found.
    async fn restore_busy_timeout(&mut self) {
        if let Err(error) = lock::restore_busy_timeout(self.session, self.busy_timeout.take()).await
        {
            tracing::warn!(%error, "the connection's busy timeout could not be put back");
        }
    }

    fn broken(error: QueryError) -> RunFailure {
        RunFailure::Transaction {
            action: "go on",
            error,
        }
    }

    fn note_permanent(&mut self) {
        if self.session.in_callers_transaction() {
            return;
        }
        self.permanent = self.done.len();
        if let Some(current) = &mut self.current {
            current.permanent = current.ran;
        }
    }

    pub(super) fn step_begins(&mut self, step: &Step) {
        self.current = Some(Current {
            step: step.clone(),
            began: Instant::now(),
            ran: 0,
            permanent: 0,
            ran_by: None,
        });
    }

    pub(super) fn step_ends(&mut self) -> Duration {
        let Some(current) = self.current.take() else {
            return Duration::ZERO;
        };
        let duration = current.began.elapsed();
        self.rows.apply(&current.step);
        self.done.push(StepReport {
            revision: current.step.revision,
            direction: current.step.direction,
            from: current.step.from,
            to: current.step.to,
            statements: current.ran,
            duration,
            ran_by: current.ran_by,
        });
        if !self.session.in_transaction() {
            self.permanent = self.done.len();
        }
        duration
    }

    /// What is in the database once the open transaction is rolled back.
    pub(super) fn aftermath(&self, statements_total: Option<usize>) -> Aftermath {
        let revisions =
            |steps: &[StepReport]| steps.iter().map(|step| step.revision.clone()).collect();
        let (kept, rolled_back) = self.done.split_at(self.permanent.min(self.done.len()));
        Aftermath {
            kept: revisions(kept),
            rolled_back: revisions(rolled_back),
            partial: self
                .current
                .as_ref()
                .filter(|current| current.permanent > 0)
                .map(|current| PartialStep {
                    revision: current.step.revision.clone(),
                    statements_kept: current.permanent,
                    statements_total,
                }),
        }
    }

    pub(super) fn current_step(&self) -> Option<&Step> {
        self.current.as_ref().map(|current| &current.step)
    }

    /// Takes a statement of the script.
    pub(super) async fn take(&mut self, statement: Statement) -> Result<(), RunFailure> {
        if statement.batches.is_some() && self.may_leave_transaction() {
            return self.in_batches(statement).await;
        }
        if statement.isolation == Isolation::Autocommit {
            return self.alone(statement).await;
        }
        if self.moves_out_of_transaction(&statement).await? {
            return Ok(());
        }
        match self.session.in_transaction() {
            true => refuse_transaction_control(&statement)?,
            false => self.follow_transaction_of_script(&statement.sql),
        }
        self.waiting.push(statement);
        // Sending together pays on SQLite only; elsewhere an early answer is worth more.
        let together = self.dialect_name() == DialectName::Sqlite && self.session.in_transaction();
        match together {
            true => Ok(()),
            false => self.flush(&[]).await,
        }
    }

    /// Runs a statement outside a transaction: what came before it is committed first, without the version row of
    /// the step under way.
    pub(super) async fn alone(&mut self, statement: Statement) -> Result<(), RunFailure> {
        let reason = if self.options.dry_run {
            Some("it runs outside a transaction, so a dry run could not take it back")
        } else if self.session.in_callers_transaction() {
            Some(
                "it runs outside a transaction, but the connection was lent inside one; \
                 hand over a connection without an open transaction",
            )
        } else {
            None
        };
        if let Some(reason) = reason {
            let location = statement.location.clone();
            let reason = format!("this statement cannot be run: {reason}");
            return Err(RunFailure::Refused { location, reason });
        }
        let interrupted = self.session.in_transaction();
        match interrupted {
            true => refuse_transaction_control(&statement)?,
            false => self.follow_transaction_of_script(&statement.sql),
        }
        self.flush(&[]).await?;
        self.commit().await?;
        self.waiting.push(statement);
        self.leave_transaction().await?;
        self.flush(&[]).await?;
        self.note_permanent();
        if interrupted {
            self.enter_transaction().await?;
        }
        Ok(())
    }

    /// Sets the connection up for statements outside a transaction of ours.
    pub(super) async fn leave_transaction(&mut self) -> Result<(), RunFailure> {
        lock::restore_busy_timeout(self.session, self.busy_timeout)
            .await
            .map_err(Self::broken)?;
        self.enforce_foreign_keys(true).await
    }

    /// Begins the next transaction of the run.
    pub(super) async fn enter_transaction(&mut self) -> Result<(), RunFailure> {
        self.enforce_foreign_keys(false).await?;
        self.shorten_busy_timeout().await?;
        self.begin().await?;
        self.check_rows().await
    }

    /// Between two transactions on SQLite anybody may have come in: the file was not locked.
    pub(super) async fn check_rows(&mut self) -> Result<(), RunFailure> {
        if self.dialect_name() != DialectName::Sqlite {
            return Ok(());
        }
        let found = self.read_rows_again().await?;
        if self.same_rows(&found) {
            return Ok(());
        }
        let expected = self
            .rows
            .iter()
            .map(|id| id.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        Err(VersionTableError::Moved {
            expected: format!("its version rows were [{expected}]"),
            found: format!("now they are [{}]", found.join(", ")),
        }
        .into())
    }

    pub(super) async fn read_rows(&mut self) -> Result<Vec<String>, VersionTableError> {
        let table = self.table();
        table.rows(self.language.as_ref(), self.session).await
    }

    /// On SQLite, in a run that has made sure that the table is there.
    pub(super) async fn read_rows_again(&mut self) -> Result<Vec<String>, VersionTableError> {
        let table = self.table();
        table.rows_again(self.language.as_ref(), self.session).await
    }

    pub(super) fn same_rows(&self, found: &[String]) -> bool {
        found.len() == self.rows.len() && found.iter().all(|id| self.rows.contains(id))
    }

    /// Does everything that waits, and after it writes to the version table.
    pub(super) async fn flush(&mut self, writes: &[VersionWrite]) -> Result<(), RunFailure> {
        self.finish_altering().await?;
        self.send_waiting(writes).await
    }

    /// A statement of the script has run.
    pub(super) fn statement_ran(&mut self) {
        let permanent = !self.session.in_transaction();
        if let Some(current) = &mut self.current {
            current.ran += 1;
            if permanent {
                current.permanent = current.ran;
            }
        }
    }

    /// Sends what waits, and after it writes to the version table, each of which must change one row.
    pub(super) async fn send_waiting(&mut self, writes: &[VersionWrite]) -> Result<(), RunFailure> {
        let statements = std::mem::take(&mut self.waiting);
        let table = self.table();
        let language = self.language.as_ref();
        let own: Vec<Statement> = writes
            .iter()
            .map(|write| table.write(language, write))
            .collect();
        let all: Vec<&Statement> = statements.iter().chain(&own).collect();
        if all.is_empty() {
            return Ok(());
        }
        let mut changed = vec![0; all.len()];
        let sent = self.send(&all, statements.len(), &mut changed).await;
        if let Err(SendError { index, error }) = sent {
            return Err(
                match index
                    .checked_sub(statements.len())
                    .and_then(|index| writes.get(index))
                {
                    Some(write @ VersionWrite::Insert(_)) if VersionTable::is_conflict(&error) => {
                        table.moved(write, 1).into()
                    }
                    Some(_) => table.failed("written", error).into(),
                    None => self.refused(statements.into_iter().nth(index), error),
                },
            );
        }
        for (write, rows) in writes.iter().zip(&changed[statements.len()..]) {
            if *rows != 1 {
                return Err(table.moved(write, *rows).into());
            }
        }
        Ok(())
    }

    pub(super) async fn send(
        &mut self,
        statements: &[&Statement],
        from_script: usize,
        changed: &mut [u64],
    ) -> Result<(), SendError> {
        let mysql = matches!(
            self.dialect_name(),
            DialectName::Mysql | DialectName::Mariadb
        );
        let permanent_at_once = !self.session.in_transaction();
        let Desk {
            session,
            observer,
            current,
            asking,
            ..
        } = self;
        session
            .send(statements, &mut |progress| match progress {
                Progress::Row(_) | Progress::Columns(_) => {
                    if let Some(asking) = asking {
                        note(asking, progress);
                    }
                }
                Progress::Started { index } => {
                    let statement = statements[index];
                    if let Some(current) = current
                        .as_mut()
                        .filter(|_| mysql && commits_implicitly(&statement.sql))
                    {
                        // Committed whatever becomes of this one.
                        current.permanent = current.ran;
                    }
                    observer.event(Event::StatementStarted { statement });
                }
                Progress::Finished {
                    index,
                    duration,
                    rows_changed,
                    ..
                } => {
                    let statement = statements[index];
                    changed[index] = rows_changed;
                    if let Some(asking) = asking {
                        note(asking, progress);
                    }
                    if let Some(current) = current.as_mut().filter(|_| index < from_script) {
                        current.ran += 1;
                        if permanent_at_once || mysql && commits_implicitly(&statement.sql) {
                            current.permanent = current.ran;
                        }
                    }
                    observer.event(Event::StatementFinished {
                        statement,
                        duration,
                        rows_changed,
                    });
                }
            })
            .await
    }

    fn refused(&self, statement: Option<Statement>, error: QueryError) -> RunFailure {
        let mysql = matches!(
            self.dialect_name(),
            DialectName::Mysql | DialectName::Mariadb
        );
        match (self.current_step(), statement) {
            (Some(step), Some(statement)) => RunFailure::Statement(Box::new(StatementFailure {
                revision: step.revision.clone(),
                direction: step.direction,
                in_transaction: self.session.in_transaction()
                    && !(mysql && commits_implicitly(&statement.sql)),
                statement,
                error,
            })),
            _ => RunFailure::Transaction {
                action: "go on",
                error,
            },
        }
    }
}

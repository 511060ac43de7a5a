//! Runs a plan on a database.
//!
//! The order of things: the rows are read without a lock, and when nothing is to be done that is all. Otherwise the
//! lock is taken, the rows are read again, and the plan is made for what they say now.

mod batches;
mod context;
mod desk;
mod error;
mod foreign_keys;
mod options;
mod report;
mod script_transactions;
mod scripts;
mod table_changes;

pub use error::{
    Aftermath, PartialStep, RunError, RunFailure, StatementFailure, TableChangeFailure,
};
pub use options::{RunOptions, TransactionMode, WideIds};
pub use report::{Report, StepReport};
pub use scripts::ScriptIndex;

use std::time::Instant;

use super::{
    lock::{RunLock, heartbeat},
    observer::{Event, Observer},
    session::Session,
    version_table::Present,
};
use crate::{
    dialect::{DialectName, Query},
    revision::{Direction, Plan, PlanError, RevisionId, Step, VersionRows},
    script::{self, ContextError, ScriptError, python::check_decided},
};
pub(super) use context::{nothing_to_ask, statements};
use desk::Desk;
pub(super) use table_changes::ChangeReader;

/// Makes a plan for the version rows of a database, such as `|rows| graph.upgrade(&target, rows)`.
///
/// Asked again whenever the rows may have changed: another run may have come first.
pub trait Planner: FnMut(&[String]) -> Result<Plan, PlanError> + Send {}

impl<F: FnMut(&[String]) -> Result<Plan, PlanError> + Send> Planner for F {}

/// Brings a database to where `planner` wants it.
///
/// Dropping the future rolls back what is not committed.
///
/// # Errors
/// [`RunError`]: why, and what is in the database now.
pub async fn run(
    session: &mut Session<'_>,
    mut planner: impl Planner,
    scripts: &ScriptIndex<'_>,
    options: &RunOptions,
    observer: &mut dyn Observer,
) -> Result<Report, RunError> {
    let began = Instant::now();
    let mut desk = Desk::new(session, observer, options);
    let finished = locked(&mut desk, &mut planner, scripts).await;
    let mut cause = match finished {
        Ok(mut report) => {
            report.duration = began.elapsed();
            return Ok(report);
        }
        Err(cause) => cause,
    };
    if let Err(error) = desk.session.rollback().await {
        tracing::warn!(%error, "the rollback was not answered; the database rolls back when the connection ends");
        if let RunFailure::Statement(failure) = &mut cause {
            failure.error.connection_lost |= error.connection_lost;
        }
    }
    let total = match desk.current_step().cloned() {
        Some(step) => count_statements(&step, desk.dialect_name(), scripts).await,
        None => None,
    };
    Err(RunError {
        aftermath: desk.aftermath(total),
        traceback: desk.traceback.take(),
        cause,
    })
}

/// Takes the lock around the steps, and keeps it alive.
async fn locked(
    desk: &mut Desk<'_, '_>,
    planner: &mut impl Planner,
    scripts: &ScriptIndex<'_>,
) -> Result<Report, RunFailure> {
    let rows = desk.read_rows().await?;
    let plan = planner(&rows)?;
    if nothing_to_do(&plan) {
        return Ok(Report {
            rows_before: sorted(rows.clone()),
            rows_after: sorted(rows),
            ..Report::default()
        });
    }
    check(desk, &plan, scripts)?;
    check_scripts(&plan, scripts, desk.dialect_name()).await?;
    let options = desk.options;
    let limit = options.lock.wait;
    let observer = &mut *desk.observer;
    let mut lock = RunLock::acquire(
        desk.session,
        &options.version_table,
        &options.lock,
        &mut |holder, waited| {
            observer.event(Event::Waiting {
                holder,
                waited,
                limit,
            });
        },
    )
    .await?;
    let alive = heartbeat(&lock);
    let steps = settled(desk, &mut lock, planner, scripts, &plan);
    // Dropping the loser is what makes a run stop at once when its lease is lost.
    let outcome = tokio::select! {
        outcome = steps => outcome,
        lost = alive => Err(lost.into()),
    };
    if outcome.is_err() {
        // Before others are let in.
        if let Err(error) = desk.session.rollback().await {
            tracing::warn!(%error, "the rollback was not answered");
        }
        desk.end_transaction_of_script().await;
    }
    desk.restore_settings().await;
    if let Err(error) = lock.release(desk.session).await {
        tracing::warn!(%error, "the lock was not given back");
    }
    outcome
}

/// Sets the connection up for the steps of `plan`, which may be others once the lock is held.
async fn settled(
    desk: &mut Desk<'_, '_>,
    lock: &mut RunLock,
    planner: &mut impl Planner,
    scripts: &ScriptIndex<'_>,
    plan: &Plan,
) -> Result<Report, RunFailure> {
    let mode = match desk.options.dry_run {
        true => TransactionMode::WholeRun,
        false => desk.options.transaction.on(desk.dialect_name()),
    };
    desk.note_settings().await?;
    // Without a transaction every change of a table looks after itself.
    if mode != TransactionMode::None {
        desk.shorten_busy_timeout().await?;
        desk.suspend_foreign_keys(plan, scripts).await?;
    }
    transacted(desk, lock, planner, scripts, mode).await
}

async fn transacted(
    desk: &mut Desk<'_, '_>,
    lock: &mut RunLock,
    planner: &mut impl Planner,
    scripts: &ScriptIndex<'_>,
    mode: TransactionMode,
) -> Result<Report, RunFailure> {
    if mode != TransactionMode::None {
        desk.begin().await?;
    }
    let before = desk.read_rows().await?;
    let mut plan = planner(&before)?;
    if nothing_to_do(&plan) {
        // Somebody else did it while we waited.
        desk.session
            .rollback()
            .await
            .map_err(|error| RunFailure::Transaction {
                action: "roll back",
                error,
            })?;
        return Ok(Report {
            rows_before: sorted(before.clone()),
            rows_after: sorted(before),
            ..Report::default()
        });
    }
    check(desk, &plan, scripts)?;
    desk.observer.event(Event::Planned {
        rows: &before,
        steps: &plan.steps,
    });
    prepare_table(desk, &plan).await?;
    desk.rows = plan.first_rows();
    let goal = plan.final_rows();
    let mut index = 0;
    while let Some(step) = plan.steps.get(index).cloned() {
        if mode == TransactionMode::PerRevision && !desk.session.in_transaction() {
            desk.begin().await?;
            if desk.dialect_name() == DialectName::Sqlite {
                let found = desk.read_rows_again().await?;
                if !desk.same_rows(&found) {
                    plan = follow(desk, planner, &found, &goal)?;
                    check(desk, &plan, scripts)?;
                    desk.rows = plan.first_rows();
                    index = 0;
                    continue;
                }
            }
        }
        lock.prove(desk.session).await?;
        one_step(desk, &step, (index, plan.steps.len()), scripts).await?;
        if mode == TransactionMode::PerRevision {
            desk.commit().await?;
        }
        index += 1;
    }
    let dry_run = desk.options.dry_run;
    match dry_run {
        true => {
            let undone = desk.session.rollback().await;
            undone.map_err(|error| RunFailure::Transaction {
                action: "roll back",
                error,
            })?;
        }
        false => desk.commit().await?,
    }
    Ok(Report {
        rows_before: sorted(before),
        rows_after: desk.rows.iter().map(|id| id.as_str().to_owned()).collect(),
        steps: std::mem::take(&mut desk.done),
        dry_run,
        ..Report::default()
    })
}

/// Another run took over between two transactions. When it is on its way to the same end, we go on from where it is.
fn follow(
    desk: &Desk<'_, '_>,
    planner: &mut impl Planner,
    found: &[String],
    goal: &VersionRows,
) -> Result<Plan, RunFailure> {
    match planner(found) {
        Ok(plan) if plan.final_rows() == *goal => Ok(plan),
        _ => {
            let expected = desk
                .rows
                .iter()
                .map(RevisionId::as_str)
                .collect::<Vec<_>>()
                .join(", ");
            Err(super::version_table::VersionTableError::Moved {
                expected: format!("its version rows were [{expected}]"),
                found: format!("now they are [{}]", found.join(", ")),
            }
            .into())
        }
    }
}

/// What can be known to fail is refused before anything runs.
fn check(desk: &Desk<'_, '_>, plan: &Plan, scripts: &ScriptIndex<'_>) -> Result<(), RunFailure> {
    let missing = plan
        .steps
        .iter()
        .find(|step| !step.direction.is_stamp() && scripts.get(&step.revision).is_none());
    if let Some(step) = missing {
        return Err(RunFailure::NoScript {
            revision: step.revision.clone(),
        });
    }
    let refused = match desk.dialect_name() {
        DialectName::Mysql | DialectName::Mariadb if desk.options.dry_run => Some(
            "a dry run is not possible on MySQL and MariaDB: they commit at every DDL statement. \
             Look at the statements with `plan`, or run them on a copy",
        ),
        _ if desk.options.dry_run && desk.session.in_callers_transaction() => Some(
            "a dry run is not possible inside a transaction of the caller's: only the caller can roll it back",
        ),
        _ => None,
    };
    match refused {
        Some(reason) => Err(RunFailure::Refused {
            location: None,
            reason: reason.to_owned(),
        }),
        None => Ok(()),
    }
}

/// Asks every script of the plan what is wrong with it, before the first of them runs.
async fn check_scripts(
    plan: &Plan,
    scripts: &ScriptIndex<'_>,
    dialect: DialectName,
) -> Result<(), RunFailure> {
    for step in &plan.steps {
        let script = script_direction(step.direction).zip(scripts.get(&step.revision));
        if let Some((direction, script)) = script {
            let failed = |error| RunFailure::Script {
                revision: step.revision.clone(),
                error,
            };
            check_decided(script.header()).map_err(failed)?;
            script.check(direction, dialect).await.map_err(failed)?;
        }
    }
    Ok(())
}

/// Makes the version table fit for the plan.
async fn prepare_table(desk: &mut Desk<'_, '_>, plan: &Plan) -> Result<(), RunFailure> {
    let options = desk.options;
    let table = &options.version_table;
    let dialect = desk.dialect_name();
    let longest = plan.longest_id();
    let present = table.present(desk.language.as_ref(), desk.session).await?;
    let width = match present {
        Some(Present { width }) => width,
        None => (dialect != DialectName::Sqlite).then_some(super::version_table::ALEMBIC_WIDTH),
    };
    if let (Some(id), Some(width), WideIds::Refuse) = (longest, width, options.wide_ids)
        && id.chars() > width
    {
        let (id, length, table) = (id.clone(), id.chars(), table.display_name());
        return Err(RunFailure::IdTooLong {
            id,
            length,
            width,
            table,
        });
    }
    table
        .ensure(
            desk.language.as_ref(),
            desk.session,
            longest.map_or(0, RevisionId::chars),
        )
        .await?;
    if plan.purge {
        let sql = format!("DELETE FROM {}", table.quoted(desk.language.as_ref()));
        let purged = desk.session.execute(&sql, &[]).await;
        purged.map_err(|error| table.failed("emptied", error))?;
    }
    Ok(())
}

async fn one_step(
    desk: &mut Desk<'_, '_>,
    step: &Step,
    (index, total): (usize, usize),
    scripts: &ScriptIndex<'_>,
) -> Result<(), RunFailure> {
    desk.observer
        .event(Event::StepStarted { index, total, step });
    desk.step_begins(step);
    hook(desk, step, "before").await?;
    if let Some(direction) = script_direction(step.direction) {
        let script = scripts.get(&step.revision);
        let script = script.ok_or_else(|| RunFailure::NoScript {
            revision: step.revision.clone(),
        })?;
        desk.is_code = !script.is_list();
        script
            .run(direction, desk)
            .await
            .map_err(|error| script_failure(desk, step, error))?;
        if let Some(current) = &mut desk.current {
            current.ran_by = script.ran_by();
        }
        desk.come_back().await?;
        desk.refuse_open_transaction()?;
    }
    desk.flush(&step.writes).await?;
    // Without a transaction the step is done, whatever the hook says.
    let ended = (!desk.session.in_transaction()).then(|| desk.step_ends());
    hook(desk, step, "after").await?;
    let duration = ended.unwrap_or_else(|| desk.step_ends());
    desk.observer.event(Event::StepFinished {
        index,
        total,
        step,
        duration,
    });
    Ok(())
}

async fn hook(desk: &mut Desk<'_, '_>, step: &Step, when: &'static str) -> Result<(), RunFailure> {
    // The observer is put aside while it works, because the desk it works with reports to it.
    let called = match when {
        "before" => desk.observer.before_step(step, desk.session).await,
        _ => desk.observer.after_step(step, desk.session).await,
    };
    called.map_err(|error| RunFailure::Hook {
        when,
        revision: step.revision.clone(),
        error,
    })
}

/// Takes out what the desk put into a script's error.
fn script_failure(desk: &mut Desk<'_, '_>, step: &Step, error: ScriptError) -> RunFailure {
    let error = match error {
        ScriptError::Code(mut code) => match code.refused.take() {
            Some(refused) => {
                desk.traceback = code.traceback.take();
                ScriptError::Context(refused)
            }
            None => ScriptError::Code(code),
        },
        error => error,
    };
    match error {
        ScriptError::Context(context) => match context.into_inner().downcast::<RunFailure>() {
            Ok(failure) => *failure,
            Err(other) => RunFailure::Script {
                revision: step.revision.clone(),
                error: ScriptError::Context(ContextError::new(other)),
            },
        },
        error => RunFailure::Script {
            revision: step.revision.clone(),
            error,
        },
    }
}

pub(super) fn script_direction(direction: Direction) -> Option<script::Direction> {
    match direction {
        Direction::Upgrade => Some(script::Direction::Upgrade),
        Direction::Downgrade => Some(script::Direction::Downgrade),
        Direction::StampUp | Direction::StampDown => None,
    }
}

/// How many statements the script of the step under way has, for a message.
async fn count_statements(
    step: &Step,
    dialect: DialectName,
    scripts: &ScriptIndex<'_>,
) -> Option<usize> {
    let direction = script_direction(step.direction)?;
    let script = scripts
        .get(&step.revision)
        .filter(|script| script.is_list())?;
    let language = super::session::language(dialect, None);
    super::preview::statements(script, direction, language.as_ref())
        .await
        .ok()
        .map(|statements| statements.len())
}

fn nothing_to_do(plan: &Plan) -> bool {
    plan.steps.is_empty() && !plan.purge
}

fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort_unstable();
    rows
}

#[cfg(test)]
mod tests;

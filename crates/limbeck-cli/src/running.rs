//! What `upgrade`, `downgrade` and `stamp` have in common: a run that is told as it happens, and summed up at its end.

use limbeck::{
    dialect::DialectName,
    migrate::{Report, Server},
    migrator::Project,
    revision,
};

use crate::{
    answer::{Direction, RanBy, RunAnswer, RunStep},
    command::Context,
    database,
    environment::Invocation,
    error::CommandError,
    exit_code,
    foreign_spans::spans,
    output::{Level, MIGRATION, Output, readable},
    task::{Motion, Run},
};

/// Runs on the project's databases.
pub(crate) fn run(
    context: &Context,
    project: &Project,
    invocation: &Invocation,
    dry_run: bool,
    motion: Motion<'_>,
) -> Result<u8, CommandError> {
    let output = context.output;
    let task = Run {
        motion,
        dry_run,
        output,
    };
    database::each(
        context,
        project,
        invocation,
        &task,
        |project, address, report| {
            for span in spans(&report.steps) {
                output.log(Level::Info, "limbeck", &span.to_string());
            }
            sum_up(&output, &report);
            Ok(RunAnswer {
                database: address.to_owned(),
                dry_run: report.dry_run,
                steps: steps(project, &report),
                before: report.rows_before,
                after: report.rows_after,
                duration_ms: milliseconds(report.duration),
            })
        },
    )?;
    Ok(exit_code::OK)
}

fn steps(project: &Project, report: &Report) -> Vec<RunStep> {
    report
        .steps
        .iter()
        .map(|step| RunStep {
            revision: step.revision.to_string(),
            direction: direction(step.direction),
            message: project
                .message(step.revision.as_str())
                .unwrap_or_default()
                .to_owned(),
            duration_ms: (!step.direction.is_stamp()).then(|| milliseconds(step.duration)),
            ran_by: step.ran_by.as_ref().map(|ran_by| RanBy {
                program: ran_by.program.clone(),
                needs: ran_by.needs.clone(),
            }),
        })
        .collect()
}

/// A step's direction in an answer.
pub(crate) fn direction(direction: revision::Direction) -> Direction {
    match direction {
        revision::Direction::Upgrade => Direction::Upgrade,
        revision::Direction::Downgrade => Direction::Downgrade,
        revision::Direction::StampUp | revision::Direction::StampDown => Direction::Stamp,
    }
}

fn milliseconds(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Alembic's two lines about the database.
pub(crate) fn tell_server(output: &Output, server: &Server, transactional: bool) {
    if output.is_live() {
        return;
    }
    let name = implementation(server.dialect);
    output.log(Level::Info, MIGRATION, &format!("Context impl {name}."));
    output.log(Level::Info, MIGRATION, assumption(transactional));
}

/// Alembic's line about what a failed step leaves.
pub(crate) fn assumption(transactional: bool) -> &'static str {
    match transactional {
        true => "Will assume transactional DDL.",
        false => "Will assume non-transactional DDL.",
    }
}

/// Alembic's name for its implementation of a dialect.
pub(crate) fn implementation(dialect: DialectName) -> &'static str {
    match dialect {
        DialectName::Sqlite => "SQLiteImpl",
        DialectName::Postgresql => "PostgresqlImpl",
        DialectName::Mysql => "MySQLImpl",
        DialectName::Mariadb => "MariaDBImpl",
        _ => "DefaultImpl",
    }
}

fn sum_up(output: &Output, report: &Report) {
    if output.is_quiet() {
        return;
    }
    let at = match report.rows_after.as_slice() {
        [] => "base".to_owned(),
        rows => rows.join(", "),
    };
    let count = report.steps.len();
    let steps = if count == 1 { "step" } else { "steps" };
    let took = readable(report.duration);
    let moved = report.rows_before != report.rows_after;
    let summary = match (count, report.dry_run) {
        // A stamp that purges the rows of an empty plan.
        (0, _) if moved => format!("Done: the version rows are deleted; the database is at {at}."),
        (0, _) => format!("Nothing to do: the database is at {at}."),
        (_, true) => {
            format!("Dry run: {count} {steps} to {at} in {took}; everything was rolled back.")
        }
        (_, false) => format!("Done: {count} {steps} in {took}; the database is at {at}."),
    };
    if output.is_live() {
        output.explain(&format!("{summary}\n"));
    } else {
        output.log(Level::Info, "limbeck", &summary);
    }
}

/// The name of this machine, for whoever has to wait for our lock.
pub(crate) fn host() -> String {
    let told = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    told.or_else(|| std::env::var("HOSTNAME").ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "an unnamed machine".to_owned())
}

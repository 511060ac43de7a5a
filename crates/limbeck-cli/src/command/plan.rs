//! `plan`: the steps and statements that would run on this database.

use limbeck::{
    dialect::{Isolation, Statement},
    migrator::{PlannedStep, Project},
};

use crate::{
    answer::{self, PlanAnswer, PlannedQuestion, PlannedStatement},
    arguments::Plan,
    command::Context,
    database,
    environment::Invocation,
    error::CommandError,
    exit_code,
    running::direction,
    task,
};

pub(super) fn run(options: &Plan, context: &Context) -> Result<u8, CommandError> {
    let project = context.project()?;
    let target = options.revision.as_str();
    let down = options.downgrade || target.starts_with('-') || target.contains("@-");
    let invocation = Invocation::of("plan", context)
        .option("revision", target)
        .destination(target);
    let task = task::Plan { target, down };
    database::each(
        context,
        &project,
        &invocation,
        &task,
        |project, address, steps| {
            Ok(PlanAnswer {
                database: address.to_owned(),
                target: target.to_owned(),
                steps: steps
                    .into_iter()
                    .map(|planned| describe(project, planned))
                    .collect(),
            })
        },
    )?;
    Ok(exit_code::OK)
}

fn describe(project: &Project, planned: PlannedStep) -> answer::PlannedStep {
    let step = planned.step;
    let ids = |ids: &[limbeck::revision::RevisionId]| ids.iter().map(ToString::to_string).collect();
    answer::PlannedStep {
        revision: step.revision.to_string(),
        direction: direction(step.direction),
        from: ids(&step.from),
        to: ids(&step.to),
        message: project
            .message(step.revision.as_str())
            .unwrap_or_default()
            .to_owned(),
        statements: planned.statements.into_iter().map(statement).collect(),
        depends_on: planned.question.map(|(after, question)| PlannedQuestion {
            sql: question.sql,
            location: question.location.map(|place| place.to_string()),
            after,
        }),
    }
}

fn statement(statement: Statement) -> PlannedStatement {
    PlannedStatement {
        autocommit: statement.isolation == Isolation::Autocommit,
        location: statement.location.map(|place| place.to_string()),
        sql: statement.sql,
    }
}

//! What a plan would send to a database, without sending it.

use crate::{
    dialect::{BoxFuture, Dialect, DialectName, Statement, StatementResult, Values},
    operation::{Operation, SourceLocation},
    revision::{Plan, Step},
    script::{ContextError, Direction, Script, ScriptContext, ScriptError},
};

use super::run::{ScriptIndex, nothing_to_ask, script_direction, statements as stated};

/// One step and its statements.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewedStep {
    /// The step.
    pub step: Step,
    /// The statements of its script, in order, without the version row.
    pub statements: Vec<Statement>,
}

/// The statements of every step of a plan in `language`, such as [`Server::language`](super::Server::language).
/// Nothing is sent.
///
/// # Errors
/// [`ScriptError`] of the first script that cannot be read; a revision without a script counts as one without
/// statements.
pub async fn preview(
    plan: &Plan,
    scripts: &ScriptIndex<'_>,
    language: &dyn Dialect,
) -> Result<Vec<PreviewedStep>, ScriptError> {
    let mut previewed = Vec::with_capacity(plan.steps.len());
    for step in &plan.steps {
        let script = script_direction(step.direction).zip(scripts.get(&step.revision));
        let statements = match script {
            Some((direction, script)) => statements(script, direction, language).await?,
            None => Vec::new(),
        };
        previewed.push(PreviewedStep {
            step: step.clone(),
            statements,
        });
    }
    Ok(previewed)
}

/// The statements of one script in one direction.
pub(super) async fn statements(
    script: &dyn Script,
    direction: Direction,
    language: &dyn Dialect,
) -> Result<Vec<Statement>, ScriptError> {
    let mut collected = Collected {
        language,
        statements: Vec::new(),
    };
    script.run(direction, &mut collected).await?;
    Ok(collected.statements)
}

struct Collected<'l> {
    language: &'l dyn Dialect,
    statements: Vec<Statement>,
}

impl ScriptContext for Collected<'_> {
    fn dialect(&self) -> DialectName {
        self.language.name()
    }

    fn is_offline(&self) -> bool {
        true
    }

    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>> {
        let stated = stated(self.language, operation, location, Values::Bound)
            .map(|statements| self.statements.extend(statements))
            .map_err(ContextError::new);
        Box::pin(std::future::ready(stated))
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        Box::pin(std::future::ready(Err(nothing_to_ask(statement))))
    }
}

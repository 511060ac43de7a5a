//! What a plan would send to a database, without sending it.

use crate::{
    dialect::{BoxFuture, Dialect, DialectName, Query, Statement, StatementResult, Values},
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
    /// The statements of its script, in order, without the version row; those before a question where there is one.
    pub statements: Vec<Statement>,
    /// What the script asks of the database. All that follows depends on the answer.
    pub question: Option<Question>,
}

/// What a script asks of the database, which nobody answers while a plan is only looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The statement; `None` when the script inspects the schema.
    pub sql: Option<String>,
    /// Where the script asks it.
    pub location: Option<SourceLocation>,
}

/// The statements of every step of a plan in `language`, such as [`Server::language`](super::Server::language).
/// Nothing is sent.
///
/// # Errors
/// [`ScriptError`] of the first script that cannot be read; a revision without a script counts as one without
/// statements. A script that asks the database is no error: it is shown as far as it can be.
pub async fn preview(
    plan: &Plan,
    scripts: &ScriptIndex<'_>,
    language: &dyn Dialect,
) -> Result<Vec<PreviewedStep>, ScriptError> {
    let mut previewed = Vec::with_capacity(plan.steps.len());
    for step in &plan.steps {
        let script = script_direction(step.direction).zip(scripts.get(&step.revision));
        let mut collected = Collected::new(language);
        if let Some((direction, script)) = script {
            let ran = script.run(direction, &mut collected).await;
            // What an unanswered question makes of a script says nothing about it.
            if collected.question.is_none() {
                ran?;
            }
        }
        previewed.push(PreviewedStep {
            step: step.clone(),
            statements: collected.statements,
            question: collected.question,
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
    let mut collected = Collected::new(language);
    script.run(direction, &mut collected).await?;
    Ok(collected.statements)
}

struct Collected<'l> {
    language: &'l dyn Dialect,
    statements: Vec<Statement>,
    question: Option<Question>,
}

impl<'l> Collected<'l> {
    fn new(language: &'l dyn Dialect) -> Self {
        Collected {
            language,
            statements: Vec::new(),
            question: None,
        }
    }

    fn asked(&mut self, sql: Option<String>, location: Option<SourceLocation>) {
        if self.question.is_none() {
            self.question = Some(Question { sql, location });
        }
    }
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
            .map(|statements| {
                // Whatever a script does that lets the refusal pass depends on it.
                if self.question.is_none() {
                    self.statements.extend(statements);
                }
            })
            .map_err(ContextError::new);
        Box::pin(std::future::ready(stated))
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        self.asked(
            Some(statement.sql.trim().to_owned()),
            statement.location.clone(),
        );
        Box::pin(std::future::ready(Err(nothing_to_ask(statement))))
    }

    fn as_query(&mut self) -> Option<&mut dyn Query> {
        self.asked(None, None);
        None
    }
}

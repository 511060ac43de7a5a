//! `on_version_apply`: env.py's functions that are called after each step, in its transaction.

use std::{path::Path, sync::Arc};

use limbeck::{
    dialect::{BoxFuture, DialectName, Query, ResultColumn, Statement, StatementResult},
    migrate::{Event, HookError, Observer},
    revision::Step,
    script::ScriptContext,
};
use serde_json::json;

use super::{
    error::{ProjectPythonError, PythonFailure},
    service::{self, OnContext, Refusal, Target},
    stage::{ProjectPython, State},
};
use crate::environment::Heads;

/// Calls the functions after each step.
pub(super) struct OnVersionApply {
    pub(super) python: Arc<ProjectPython>,
    pub(super) stage: usize,
    pub(super) dialect: DialectName,
    pub(super) heads: Heads,
}

impl Observer for OnVersionApply {
    fn event(&mut self, event: Event<'_>) {
        self.heads.note(&event);
    }

    fn after_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        let dialect = self.dialect;
        Box::pin(async move {
            let mut target = OnQuery {
                query: database,
                dialect,
            };
            self.call(step, false, &mut target).await
        })
    }

    fn after_written_step<'a>(
        &'a mut self,
        step: &'a Step,
        script: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        Box::pin(async move { self.call(step, true, &mut OnContext(script)).await })
    }
}

impl OnVersionApply {
    async fn call(
        &mut self,
        step: &Step,
        offline: bool,
        target: &mut dyn Target,
    ) -> Result<(), HookError> {
        let command = json!({
            "do": "applied",
            "dialect": self.dialect.as_str(),
            "offline": offline,
            "step": self.heads.applied(step),
        });
        let mut state = self.python.reach(self.stage).await?;
        let broken = State::Broken(ProjectPythonError::Interrupted);
        let State::Waiting(mut waiting) = std::mem::replace(&mut *state, broken) else {
            return Err(ProjectPythonError::Interrupted.into());
        };
        let path = Path::new("env.py");
        let outcome = service::command(&mut waiting.process, &command, path, target).await?;
        let program = waiting.process.program().to_owned();
        *state = State::Waiting(waiting);
        match outcome.failure {
            Some(failure) => {
                let failure = PythonFailure::new(*failure, None, &program);
                let raised = ProjectPythonError::Raised(Arc::new(failure));
                Err(HookError::from(raised))
            }
            None => Ok(()),
        }
    }
}

struct OnQuery<'q> {
    query: &'q mut dyn Query,
    dialect: DialectName,
}

impl Target for OnQuery<'_> {
    fn dialect(&self) -> DialectName {
        self.dialect
    }

    fn run(&mut self, statement: Statement) -> BoxFuture<'_, Result<StatementResult, Refusal>> {
        Box::pin(async move {
            let refusal = |error| Refusal {
                error,
                context: None,
            };
            let sql = statement.sql.trim_start();
            let first = sql.split(|end: char| !end.is_alphabetic()).next();
            let reads = ["SELECT", "SHOW", "PRAGMA", "WITH", "VALUES"];
            let first = first.unwrap_or_default().to_ascii_uppercase();
            if !reads.contains(&first.as_str()) {
                let changed = self.query.execute(&statement.sql, &statement.parameters);
                return Ok(StatementResult {
                    rows_changed: changed.await.map_err(refusal)?,
                    ..StatementResult::default()
                });
            }
            let rows = self.query.query(&statement.sql, &statement.parameters);
            let rows = rows.await.map_err(refusal)?;
            // A hook's way to the database does not tell names; SQLAlchemy finds what it asked for by place.
            let width = rows.first().map_or(0, Vec::len);
            let columns = (1..=width).map(|place| ResultColumn {
                name: format!("column_{place}"),
                type_name: String::new(),
            });
            Ok(StatementResult {
                columns: Some(columns.collect()),
                rows,
                ..StatementResult::default()
            })
        })
    }
}

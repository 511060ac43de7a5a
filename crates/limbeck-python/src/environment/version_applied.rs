//! `on_version_apply`: functions of env.py that are called after each step, in its transaction.

use limbeck::{
    dialect::{BoxFuture, DialectName, Query, Statement, StatementResult, Values, dialect},
    migrate::{Event, HookError, Observer},
    operation::{Operation, SourceLocation},
    revision::Step,
    script::{ContextError, ScriptContext},
};

use super::applied_step::Heads;
use crate::{
    FrontEnd,
    bridge::{Services, data_to_python},
    failure::{Failure, function},
};

/// Calls them.
pub(super) struct VersionApplied {
    front_end: FrontEnd,
    dialect: DialectName,
    heads: Heads,
}

impl VersionApplied {
    pub(super) fn boxed<'a>(front_end: FrontEnd, dialect: DialectName) -> Box<dyn Observer + 'a> {
        Box::new(VersionApplied {
            front_end,
            dialect,
            heads: Heads::default(),
        })
    }
}

impl Observer for VersionApplied {
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
            let mut context = HookContext { database, dialect };
            self.call(step, &mut context).await
        })
    }

    fn after_written_step<'a>(
        &'a mut self,
        step: &'a Step,
        script: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        Box::pin(self.call(step, script))
    }
}

impl VersionApplied {
    async fn call(
        &mut self,
        step: &Step,
        context: &mut dyn ScriptContext,
    ) -> Result<(), HookError> {
        let told = self.heads.applied(step);
        let mut services = Services::new(self.front_end.shared(), Some(context));
        let called = self.front_end.run(&mut services, move |vm| {
            data_to_python(&told, vm)
                .and_then(|told| {
                    function("limbeck_runtime.environment", "version_applied", vm)?
                        .call((told,), vm)
                })
                .map_err(|error| Failure::read(&error, vm))
        });
        match called.await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(failure)) => Err(HookError::from(failure.into_error())),
            Err(error) => Err(HookError::from(error)),
        }
    }
}

/// A hook's connection as a script's: what Python asks of it is done at once.
struct HookContext<'a> {
    database: &'a mut dyn Query,
    dialect: DialectName,
}

impl ScriptContext for HookContext<'_> {
    fn dialect(&self) -> DialectName {
        self.dialect
    }

    fn is_offline(&self) -> bool {
        false
    }

    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>> {
        Box::pin(async move {
            let language = dialect(self.dialect, None);
            let statements = match operation {
                Operation::Execute(execute) => {
                    vec![Statement::new(execute.sql).with_parameters(execute.parameters)]
                }
                operation => language
                    .statements(&operation, Values::Bound)
                    .map_err(ContextError::new)?,
            };
            for statement in statements {
                self.execute(statement.at(location.clone())).await?;
            }
            Ok(())
        })
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        Box::pin(async move {
            let answered = self.database.answer(&statement).await;
            answered.map_err(ContextError::new)
        })
    }

    fn as_query(&mut self) -> Option<&mut dyn Query> {
        Some(self.database)
    }
}

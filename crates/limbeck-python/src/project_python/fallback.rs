//! A revision that runs natively where it can, and in the project's own Python where it needs the application.

use std::sync::{Arc, Mutex, PoisonError};

use limbeck::{
    dialect::{BoxFuture, DialectName, Query, Statement, StatementResult},
    operation::{Operation, SourceLocation},
    script::{
        CodeError, ConnectedDatabase, ContextError, Direction, Header, Script, ScriptContext,
        ScriptError,
    },
};

use super::{script::ProjectScript, stage::ProjectPython};

/// Tries the native script first.
struct Fallback {
    native: Arc<dyn Script>,
    python: Arc<ProjectPython>,
    stage: usize,
    /// The way into the project's Python, once the native script has said what it needs.
    there: Mutex<Option<Arc<ProjectScript>>>,
}

impl ProjectPython {
    /// The script, to be run here when it says that it needs what only the application has; otherwise as it is.
    pub fn behind(self: &Arc<Self>, native: Arc<dyn Script>, stage: usize) -> Arc<dyn Script> {
        Arc::new(Fallback {
            native,
            python: Arc::clone(self),
            stage,
            there: Mutex::default(),
        })
    }
}

impl Fallback {
    fn there(&self) -> Option<Arc<ProjectScript>> {
        self.there
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn go_there(&self, needs: &str) -> Arc<ProjectScript> {
        let script = self
            .python
            .script(self.native.header(), self.stage, vec![needs.to_owned()]);
        let script = Arc::new(script);
        let mut there = self.there.lock().unwrap_or_else(PoisonError::into_inner);
        *there = Some(Arc::clone(&script));
        script
    }
}

/// What a script needs of the application, when that is why it cannot run.
fn needs(error: &ScriptError) -> Option<&str> {
    match error {
        ScriptError::Code(code) => code.needs.as_deref(),
        _ => None,
    }
}

impl Script for Fallback {
    fn header(&self) -> &Header {
        self.native.header()
    }

    fn check(
        &self,
        direction: Direction,
        dialect: DialectName,
    ) -> BoxFuture<'_, Result<(), ScriptError>> {
        Box::pin(async move {
            if let Some(there) = self.there() {
                return there.check(direction, dialect).await;
            }
            match self.native.check(direction, dialect).await {
                Err(error) => match needs(&error) {
                    Some(needs) => self.go_there(needs).check(direction, dialect).await,
                    None => Err(error),
                },
                Ok(()) => Ok(()),
            }
        })
    }

    fn is_list(&self) -> bool {
        self.native.is_list()
    }

    fn may_rebuild_tables(&self, direction: Direction) -> bool {
        self.native.may_rebuild_tables(direction)
    }

    fn run<'a>(
        &'a self,
        direction: Direction,
        context: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), ScriptError>> {
        Box::pin(async move {
            if let Some(there) = self.there() {
                return there.run(direction, context).await;
            }
            let mut counted = Counted { context, asked: 0 };
            let error = match self.native.run(direction, &mut counted).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            let Counted { context, asked } = counted;
            let Some(needs) = needs(&error) else {
                return Err(error);
            };
            if asked == 0 {
                return self.go_there(needs).run(direction, context).await;
            }
            Err(too_late(error, asked))
        })
    }
}

/// The script had begun, so it cannot begin anew somewhere else.
fn too_late(error: ScriptError, asked: usize) -> ScriptError {
    let ScriptError::Code(code) = error else {
        return error;
    };
    let message = format!(
        "{}. This came to light after {asked} of its statements had run, too late to run it in the project's own Python instead",
        code.message
    );
    ScriptError::Code(Box::new(CodeError { message, ..*code }))
}

/// Counts what a script asks for.
struct Counted<'c> {
    context: &'c mut dyn ScriptContext,
    asked: usize,
}

impl ScriptContext for Counted<'_> {
    fn dialect(&self) -> DialectName {
        self.context.dialect()
    }

    fn is_offline(&self) -> bool {
        self.context.is_offline()
    }

    fn apply<'a>(
        &'a mut self,
        operation: Operation,
        location: Option<SourceLocation>,
    ) -> BoxFuture<'a, Result<(), ContextError>> {
        self.asked += 1;
        self.context.apply(operation, location)
    }

    fn execute(
        &mut self,
        statement: Statement,
    ) -> BoxFuture<'_, Result<StatementResult, ContextError>> {
        self.asked += 1;
        self.context.execute(statement)
    }

    fn settle(&mut self) -> BoxFuture<'_, Result<(), ContextError>> {
        self.context.settle()
    }

    fn database(&self) -> ConnectedDatabase {
        self.context.database()
    }

    fn as_query(&mut self) -> Option<&mut dyn Query> {
        self.context.as_query()
    }
}

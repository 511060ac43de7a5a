//! A revision that runs natively where it can, and in the project's own Python where it needs the application.

use std::sync::{Arc, Mutex, PoisonError};

use limbeck::{
    dialect::{BoxFuture, DialectName, Query, Statement, StatementResult},
    operation::{Operation, SourceLocation},
    schema::Value,
    script::{
        CodeError, ConnectedDatabase, ContextError, Direction, Header, RanBy, RowError, Script,
        ScriptContext, ScriptError,
    },
};

use super::{error::ProjectPythonError, script::ProjectScript, stage::ProjectPython};

/// Tries the native script first.
struct Fallback {
    native: Arc<dyn Script>,
    python: Arc<ProjectPython>,
    stage: usize,
    /// Where it runs, once the native script has said that it needs the application.
    way: Mutex<Option<Way>>,
}

/// Where a script runs that needs the application.
#[derive(Clone)]
enum Way {
    /// In the project's Python.
    There(Arc<ProjectScript>),
    /// Natively, because no Python has what it needs; it fails where it uses that.
    Here(Arc<ProjectPythonError>),
}

impl ProjectPython {
    /// The script, to be run here when it says that it needs what only the application has; otherwise as it is.
    ///
    /// Where no Python has the application, it is run natively as far as that goes, and a notice says so: what a script can
    /// reach it mostly does not use, as a loop over the rows of an empty table.
    pub fn behind(self: &Arc<Self>, native: Arc<dyn Script>, stage: usize) -> Arc<dyn Script> {
        Arc::new(Fallback {
            native,
            python: Arc::clone(self),
            stage,
            way: Mutex::default(),
        })
    }
}

impl Fallback {
    fn way(&self) -> Option<Way> {
        let way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        way.clone()
    }

    fn set(&self, way: Way) -> Way {
        let mut kept = self.way.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(way.clone());
        way
    }

    /// Decides where a script runs that needs the application.
    async fn choose(&self, needs: &str, direction: Direction) -> Result<Way, ScriptError> {
        let needs = vec![needs.to_owned()];
        let header = self.native.header();
        if let Err(error) = self.python.usable(self.stage).await
            && error.is_absence()
        {
            return Ok(self.set(Way::Here(Arc::new(error))));
        }
        let script = self.python.script(header, self.stage, needs);
        match script.load(direction).await {
            Ok(()) => Ok(self.set(Way::There(Arc::new(script)))),
            Err(unable) => match unable.absence() {
                Some(error) => Ok(self.set(Way::Here(Arc::new(error)))),
                None => Err(script.told(unable)),
            },
        }
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
            match self.way() {
                Some(Way::There(there)) => return there.check(direction, dialect).await,
                Some(Way::Here(_)) => return Ok(()),
                None => {}
            }
            let Err(error) = self.native.check(direction, dialect).await else {
                return Ok(());
            };
            let Some(needs) = needs(&error) else {
                return Err(error);
            };
            if let Way::Here(why) = self.choose(needs, direction).await? {
                let revision = &self.native.header().revision;
                self.python.note_gap(revision, needs, &why);
            }
            Ok(())
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
            if context.is_offline() {
                // A script that is only written is not checked before; what it has written cannot be taken back either.
                self.check(direction, context.dialect()).await?;
            }
            self.python.tell_gaps();
            let way = self.way();
            if let Some(Way::There(there)) = &way {
                return there.run(direction, context).await;
            }
            let mut counted = Counted { context, asked: 0 };
            let error = match self.native.run(direction, &mut counted).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            let Counted { context, asked } = counted;
            let Some(missing) = needs(&error).map(str::to_owned) else {
                return Err(error);
            };
            if let Some(Way::Here(why)) = way {
                return Err(used(error, &why));
            }
            if asked > 0 {
                return Err(match self.python.chosen().await {
                    Ok(_) => too_late(error, asked),
                    Err(why) => used(error, &why),
                });
            }
            match self.choose(&missing, direction).await? {
                Way::There(there) => there.run(direction, context).await,
                Way::Here(why) => Err(used(error, &why)),
            }
        })
    }

    fn ran_by(&self) -> Option<RanBy> {
        match self.way()? {
            Way::There(there) => there.ran_by(),
            Way::Here(_) => None,
        }
    }
}

/// The script has used what no Python has.
fn used(error: ScriptError, why: &ProjectPythonError) -> ScriptError {
    let ScriptError::Code(code) = error else {
        return error;
    };
    let what = match code.message.strip_prefix("needs ") {
        Some(needs) => {
            format!("this revision uses {needs}, which only the application has")
        }
        None => code.message,
    };
    ScriptError::Code(Box::new(CodeError {
        message: format!("{what}; {}", why.reason()),
        hint: Some(why.choices()),
        ..*code
    }))
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

    fn execute_many(
        &mut self,
        statement: Statement,
        rows: Vec<Vec<Value>>,
    ) -> BoxFuture<'_, Result<StatementResult, RowError>> {
        self.asked += rows.len();
        self.context.execute_many(statement, rows)
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

//! How a run tells its caller what happens while it happens. Must not decide anything.

use std::{error::Error, time::Duration};

use crate::{
    dialect::{BoxFuture, Query, Statement},
    revision::Step,
    script::ScriptContext,
};

/// Something that happened during a run.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another run holds the lock; reported each time it was asked for in vain.
    Waiting {
        /// Who holds it, in words; `None` when the database doesn't tell.
        holder: Option<&'a str>,
        /// How long we have waited so far.
        waited: Duration,
        /// When we give up, counted from the beginning.
        limit: Duration,
    },
    /// The plan is made and the lock is held.
    Planned {
        /// The version rows before the first step.
        rows: &'a [String],
        /// What will be done.
        steps: &'a [Step],
    },
    /// A step begins.
    StepStarted {
        /// Its place in the plan, counted from 0.
        index: usize,
        /// How many steps the plan has.
        total: usize,
        /// The step.
        step: &'a Step,
    },
    /// A statement is sent.
    StatementStarted {
        /// The statement.
        statement: &'a Statement,
    },
    /// A statement is done.
    StatementFinished {
        /// The statement.
        statement: &'a Statement,
        /// How long it took.
        duration: Duration,
        /// Rows inserted, updated or deleted, as the database counts them.
        rows_changed: u64,
    },
    /// A step and its version row are done; not yet permanent when the transaction is still open.
    StepFinished {
        /// Its place in the plan, counted from 0.
        index: usize,
        /// How many steps the plan has.
        total: usize,
        /// The step.
        step: &'a Step,
        /// How long it took.
        duration: Duration,
    },
    /// What was done so far is permanent.
    Committed,
}

/// Takes events and may do something of its own around each step. Every method has an empty default.
pub trait Observer: Send {
    /// Takes one event. Called often: it should be quick.
    fn event(&mut self, event: Event<'_>) {
        let _ = event;
    }

    /// Runs before the first statement of a step, in its transaction.
    ///
    /// # Errors
    /// Any error stops the run; the step's transaction is rolled back.
    fn before_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        let _ = (step, database);
        Box::pin(async { Ok(()) })
    }

    /// Runs after the version row of a step was written, in its transaction.
    ///
    /// # Errors
    /// Any error stops the run; the step's transaction is rolled back.
    fn after_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        let _ = (step, database);
        Box::pin(async { Ok(()) })
    }

    /// Runs after a step was written into a script instead of being run; what it does with `script` is written there too.
    ///
    /// # Errors
    /// Any error ends the writing.
    fn after_written_step<'a>(
        &'a mut self,
        step: &'a Step,
        script: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        let _ = (step, script);
        Box::pin(async { Ok(()) })
    }
}

impl<O: Observer + ?Sized> Observer for Box<O> {
    fn event(&mut self, event: Event<'_>) {
        (**self).event(event);
    }

    fn before_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        (**self).before_step(step, database)
    }

    fn after_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        (**self).after_step(step, database)
    }

    fn after_written_step<'a>(
        &'a mut self,
        step: &'a Step,
        script: &'a mut dyn ScriptContext,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        (**self).after_written_step(step, script)
    }
}

/// An error of a caller's hook.
pub type HookError = Box<dyn Error + Send + Sync>;

/// An observer that looks away.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {}

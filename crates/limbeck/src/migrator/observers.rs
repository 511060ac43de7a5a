//! Several observers as one, and closures as observers. Must not decide anything.

use crate::{
    dialect::{BoxFuture, Query},
    migrate::{Event, HookError, Observer},
    revision::Step,
};

/// Observers that are called in order. The first hook that fails keeps the rest from being called.
#[derive(Default)]
pub(super) struct Observers<'p>(Vec<Box<dyn Observer + 'p>>);

impl<'p> Observers<'p> {
    pub(super) fn add(&mut self, observer: impl Observer + 'p) {
        self.0.push(Box::new(observer));
    }
}

impl Observer for Observers<'_> {
    fn event(&mut self, event: Event<'_>) {
        for observer in &mut self.0 {
            observer.event(event);
        }
    }

    fn before_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        Box::pin(async move {
            for observer in &mut self.0 {
                observer.before_step(step, &mut *database).await?;
            }
            Ok(())
        })
    }

    fn after_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        Box::pin(async move {
            for observer in &mut self.0 {
                observer.after_step(step, &mut *database).await?;
            }
            Ok(())
        })
    }
}

/// A closure that takes events.
pub(super) struct OnEvent<F>(pub(super) F);

impl<F: FnMut(Event<'_>) + Send> Observer for OnEvent<F> {
    fn event(&mut self, event: Event<'_>) {
        (self.0)(event);
    }
}

/// A closure that acts before each step.
pub(super) struct Before<F>(pub(super) F);

impl<F> Observer for Before<F>
where
    F: for<'a> FnMut(&'a Step, &'a mut dyn Query) -> BoxFuture<'a, Result<(), HookError>> + Send,
{
    fn before_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        (self.0)(step, database)
    }
}

/// A closure that acts after each step.
pub(super) struct After<F>(pub(super) F);

impl<F> Observer for After<F>
where
    F: for<'a> FnMut(&'a Step, &'a mut dyn Query) -> BoxFuture<'a, Result<(), HookError>> + Send,
{
    fn after_step<'a>(
        &'a mut self,
        step: &'a Step,
        database: &'a mut dyn Query,
    ) -> BoxFuture<'a, Result<(), HookError>> {
        (self.0)(step, database)
    }
}

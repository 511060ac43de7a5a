//! A statement that runs a batch of rows at a time, each batch in a transaction of its own.
//!
//! The table is walked along a key: one question finds where the next batch ends, one statement changes it. So no row is looked
//! at twice, and none is locked for longer than its batch takes.

use super::{desk::Desk, error::RunFailure};
use crate::{
    dialect::Statement,
    script::sql::{Batched, Stretch},
};

impl Desk<'_, '_> {
    /// Whether what is done may become permanent before the run ends. A rehearsal, and a transaction that somebody else has
    /// begun, run such a statement as a whole.
    pub(super) fn may_leave_transaction(&self) -> bool {
        !self.options.dry_run && !self.session.in_callers_transaction()
    }

    /// Runs a statement in the batches that it asks for.
    pub(super) async fn in_batches(&mut self, statement: Statement) -> Result<(), RunFailure> {
        let Some(batches) = statement.batches.clone() else {
            return self.alone(statement).await;
        };
        let refused = |reason: String| RunFailure::Refused {
            location: statement.location.clone(),
            reason,
        };
        let batched = Batched::read(&statement.sql, self.dialect_name()).map_err(|problem| {
            refused(format!("this statement cannot run in batches: {problem}"))
        })?;
        // What waits counts first: the batches are one statement of the script.
        self.flush(&[]).await?;
        let before = self.current.as_ref().map_or(0, |current| current.ran);
        let mut after: Option<String> = None;
        loop {
            let question = batched.last_key(&batches.key, after.as_deref(), batches.rows);
            let question = Statement::new(question)
                .at(statement.location.clone())
                .autocommit();
            let answer = Box::pin(self.answer(question)).await?;
            let last = match answer.rows.first().and_then(|row| row.first()) {
                Some(key) => Some(
                    self.language
                        .literal(key)
                        .map_err(|error| refused(error.to_string()))?,
                ),
                None => None,
            };
            let stretch = Stretch {
                after: after.as_deref(),
                last: last.as_deref(),
            };
            let part = batched.statement(&batches.key, stretch);
            let part = Statement::new(part)
                .at(statement.location.clone())
                .autocommit();
            let ran = self.alone(part).await;
            let done = before + usize::from(last.is_none() && ran.is_ok());
            if let Some(current) = &mut self.current {
                (current.ran, current.permanent) = (done, done);
            }
            ran?;
            if last.is_none() {
                return Ok(());
            }
            after = last;
        }
    }
}

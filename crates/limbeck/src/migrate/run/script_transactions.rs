//! BEGIN and COMMIT in scripts: refused where a run has its own transactions, followed where it has none, so that no version row
//! is written into a transaction that nobody commits.

use super::{desk::Desk, error::RunFailure};
use crate::{
    dialect::{Query, Statement},
    migrate::session::literal::words,
};

impl Desk<'_, '_> {
    /// Ends what a script began by itself and did not get to commit; where a run has transactions no script may begin one.
    pub(super) async fn end_transaction_of_script(&mut self) {
        if let Some(ran) = self.begun_after.take() {
            // Some errors have ended it already.
            let _ = self.session.execute("ROLLBACK", &[]).await;
            if let Some(current) = &mut self.current {
                current.permanent = current.permanent.min(ran);
            }
        }
    }

    /// Follows the transactions that a script begins and ends by itself, where the run has none.
    pub(super) fn follow_transaction_of_script(&mut self, sql: &str) {
        let mut words = words(sql).map(str::to_ascii_uppercase);
        let first = words.next().unwrap_or_default();
        let second = words.next().unwrap_or_default();
        match (first.as_str(), second.as_str()) {
            ("BEGIN", _) | ("START", "TRANSACTION") => {
                self.begun_after = self.current.as_ref().map(|current| current.ran);
            }
            ("ROLLBACK", second) if second == "TO" || words.next().is_some_and(|w| w == "TO") => {}
            ("COMMIT" | "END" | "ROLLBACK" | "ABORT", _) => self.begun_after = None,
            _ => {}
        }
    }

    /// Lets code leave the run's transaction with a plain COMMIT, and come back with a plain BEGIN, as scripts do for statements
    /// that must not be in one. What came before is permanent then, without the version row. True when it was that.
    pub(super) async fn moves_out_of_transaction(
        &mut self,
        statement: &Statement,
    ) -> Result<bool, RunFailure> {
        if !self.is_code || self.options.dry_run || self.session.in_callers_transaction() {
            return Ok(false);
        }
        let plain = statement.sql.trim().trim_end_matches(';').trim_end();
        let is = |words: [&str; 3]| words.iter().any(|one| plain.eq_ignore_ascii_case(one));
        match (self.session.in_transaction(), self.has_left) {
            (true, false) if is(["COMMIT", "COMMIT WORK", "COMMIT TRANSACTION"]) => {
                self.flush(&[]).await?;
                self.commit().await?;
                self.leave_transaction().await?;
                self.has_left = true;
            }
            // What a transaction of the script's own would be.
            (false, true) if is(["BEGIN", "BEGIN TRANSACTION", "START TRANSACTION"]) => {
                self.come_back().await?;
            }
            // There is nothing left to commit.
            (false, true) if is(["COMMIT", "COMMIT WORK", "COMMIT TRANSACTION"]) => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Begins a transaction again after a script that left it, for the version row.
    pub(super) async fn come_back(&mut self) -> Result<(), RunFailure> {
        if std::mem::take(&mut self.has_left) {
            self.flush(&[]).await?;
            self.enter_transaction().await?;
        }
        Ok(())
    }

    /// Refuses to record a script that leaves its own transaction open: the version row would be in it.
    pub(super) fn refuse_open_transaction(&self) -> Result<(), RunFailure> {
        match self.begun_after {
            None => Ok(()),
            Some(_) => Err(RunFailure::Refused {
                location: None,
                reason: "the script begins a transaction and does not end it; add COMMIT after its last statement"
                    .to_owned(),
            }),
        }
    }
}

/// A script that ends the run's transaction would make half a revision permanent without anybody knowing.
pub(super) fn refuse_transaction_control(statement: &Statement) -> Result<(), RunFailure> {
    let mut words = words(&statement.sql).map(str::to_ascii_uppercase);
    let word = words.next().unwrap_or_default();
    let refused = match word.as_str() {
        "BEGIN" | "COMMIT" | "END" | "ABORT" | "START" => true,
        // Back to a savepoint of the script's own is no end: ROLLBACK [WORK | TRANSACTION] TO …
        "ROLLBACK" => !words.take(2).any(|word| word == "TO"),
        // PREPARE alone names a statement.
        "PREPARE" => words.next().is_some_and(|word| word == "TRANSACTION"),
        _ => false,
    };
    if !refused {
        return Ok(());
    }
    Err(RunFailure::Refused {
        location: statement.location.clone(),
        reason: format!(
            "{word} is not allowed here: this script runs in a transaction of the migration. \
             Leave it out, or let the script run outside a transaction"
        ),
    })
}

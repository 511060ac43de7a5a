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

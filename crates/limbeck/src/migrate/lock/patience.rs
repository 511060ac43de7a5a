//! How long a lock is asked for, and how often. Must not know what is asked.

use std::time::{Duration, Instant};

use super::{LockError, OnWait};

/// How long we go on asking.
pub(super) struct Patience {
    began: Instant,
    limit: Duration,
    next: Duration,
}

impl Patience {
    /// The first pause is short, because most runs are; the last ones are long enough not to be noticed.
    const FIRST: Duration = Duration::from_millis(20);
    const LONGEST: Duration = Duration::from_millis(500);

    /// Patience that begins now.
    pub(super) fn new(limit: Duration) -> Self {
        Patience {
            began: Instant::now(),
            limit,
            next: Self::FIRST,
        }
    }

    /// Sleeps a little, or gives up.
    ///
    /// # Errors
    /// [`LockError::Held`] when the time is over.
    pub(super) async fn pause(
        &mut self,
        holder: Option<String>,
        on_wait: OnWait<'_>,
    ) -> Result<(), LockError> {
        let waited = self.began.elapsed();
        if waited >= self.limit {
            return Err(LockError::Held { holder, waited });
        }
        on_wait(holder.as_deref(), waited);
        // Up to half as much again, so that twenty processes don't ask in step.
        let jitter = getrandom::u32().map_or(0.5, |random| f64::from(random) / f64::from(u32::MAX));
        let pause = self
            .next
            .mul_f64(1.0 + jitter / 2.0)
            .min(self.limit - waited);
        tokio::time::sleep(pause).await;
        self.next = (self.next * 2).min(Self::LONGEST);
        Ok(())
    }
}

//! How SQLite says that somebody else holds the write lock. The file is its own lock: a lock file beside it would
//! outlive a killed process, and a lease would expire under a long rebuild.

use crate::dialect::QueryError;

/// Whether a statement was refused because another connection is writing.
pub(crate) fn is_busy(error: &QueryError) -> bool {
    // SQLITE_BUSY and, between connections that share a cache, SQLITE_LOCKED; the rest of the code says more.
    let code: Option<u32> = error.code.as_deref().and_then(|code| code.parse().ok());
    code.is_some_and(|code| matches!(code & 0xff, 5 | 6))
}

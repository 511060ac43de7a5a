//! PostgreSQL.

pub(crate) mod lease;
pub(crate) mod lock;
